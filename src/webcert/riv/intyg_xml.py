"""The intyg document as XML: written exactly as the contract RegisterCertificate 3 says, and read from any message that carries it."""

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from webcert.riv.intyg import Intyg, Issuer, Patient, Relation, Unit
from webcert.riv.xml import UnreadableXml
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded, Odd, PartialDate, PeriodText, Svar, Value

RESPONDER = "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3"
CORE = "urn:riv:clinicalprocess:healthcond:certificate:3"
TYPES = "urn:riv:clinicalprocess:healthcond:certificate:types:3"

_NSMAP = {"p": RESPONDER, "c": CORE, "t": TYPES}
"""Never a default name space: the stylesheet in a signature would inherit it, and others' software then verify nothing at all."""

_C, _T = f"{{{CORE}}}", f"{{{TYPES}}}"


def register_certificate(intyg: Intyg) -> bytes:
    """The RegisterCertificate message for the certificate, UTF-8 without XML declaration. These bytes are what is signed, kept and sent."""
    root = etree.Element(f"{{{RESPONDER}}}RegisterCertificate", nsmap=_NSMAP)
    _write_intyg(etree.SubElement(root, f"{{{RESPONDER}}}intyg"), intyg)
    return etree.tostring(root, encoding="utf-8")


def _write_intyg(element: etree._Element, intyg: Intyg) -> None:
    _ii(element, "intygs-id", intyg.issuer.unit.id, intyg.id)
    _cv(element, f"{_C}typ", Coded(intyg.type_code, intyg.type_system, intyg.type_name))
    _text(element, "version", intyg.version)
    if intyg.signed_at:
        signed = intyg.signed_at.strftime("%Y-%m-%dT%H:%M:%S")
        _text(element, "signeringstidpunkt", signed)
        _text(element, "skickatTidpunkt", signed)
    _write_patient(etree.SubElement(element, f"{_C}patient"), intyg.patient)
    write_issuer(etree.SubElement(element, f"{_C}skapadAv"), intyg.issuer)
    for relation in intyg.relations:
        part = etree.SubElement(element, f"{_C}relation")
        _cv(part, f"{_C}typ", Coded(relation.code, oids.RELATION))
        _ii(part, "intygs-id", relation.unit_id, relation.certificate_id)
    for svar in intyg.svar:
        _write_svar(etree.SubElement(element, f"{_C}svar", id=svar.id), svar)


def _write_patient(element: etree._Element, patient: Patient) -> None:
    _ii(element, "person-id", patient.root, patient.personal_id)
    _text(element, "fornamn", patient.given_name)
    _text(element, "efternamn", patient.surname)
    if patient.middle_name:
        _text(element, "mellannamn", patient.middle_name)
    _text(element, "postadress", patient.address)
    _text(element, "postnummer", patient.postcode)
    _text(element, "postort", patient.town)


def write_issuer(element: etree._Element, issuer: Issuer) -> None:
    """Fill the element, of the contract's type HosPersonal, with the person and her unit."""
    unit = issuer.unit
    _ii(element, "personal-id", oids.HSA_ID, issuer.hsa_id)
    _text(element, "fullstandigtNamn", issuer.name)
    _text(element, "forskrivarkod", issuer.prescriber_code)
    for position in issuer.positions:
        _cv(element, f"{_C}befattning", position)
    enhet = etree.SubElement(element, f"{_C}enhet")
    _ii(enhet, "enhets-id", oids.HSA_ID, unit.id)
    _ii(enhet, "arbetsplatskod", oids.WORKPLACE_CODE, unit.workplace_code or oids.NO_WORKPLACE_CODE)
    for tag, text in (
        ("enhetsnamn", unit.name),
        ("postadress", unit.address),
        ("postnummer", unit.postcode),
        ("postort", unit.town),
        ("telefonnummer", unit.phone),
    ):
        _text(enhet, tag, text)
    if unit.email:
        _text(enhet, "epost", unit.email)
    provider = etree.SubElement(enhet, f"{_C}vardgivare")
    _ii(provider, "vardgivare-id", oids.HSA_ID, unit.care_provider_id)
    _text(provider, "vardgivarnamn", unit.care_provider_name)
    for name in issuer.specialities:
        _cv(element, f"{_C}specialistkompetens", Coded("N/A", "", name))


def _write_svar(element: etree._Element, svar: Svar) -> None:
    if svar.instance is not None:
        _text(element, "instans", str(svar.instance))
    for id, value in svar.parts:
        delsvar = etree.SubElement(element, f"{_C}delsvar", id=id)
        if isinstance(value, str):
            delsvar.text = value
        elif isinstance(value, Coded):
            _cv(delsvar, f"{_T}cv", value)
        elif isinstance(value, PeriodText):
            period = etree.SubElement(delsvar, f"{_T}datePeriod")
            etree.SubElement(period, f"{_T}start").text = value.start
            etree.SubElement(period, f"{_T}end").text = value.end
        elif isinstance(value, PartialDate):
            date = etree.SubElement(delsvar, f"{_T}partialDate")
            etree.SubElement(date, f"{_T}format").text = value.format
            etree.SubElement(date, f"{_T}value").text = value.value


def _text(parent: etree._Element, tag: str, text: str) -> None:
    etree.SubElement(parent, f"{_C}{tag}").text = text or None


def _ii(parent: etree._Element, tag: str, root: str, extension: str) -> None:
    element = etree.SubElement(parent, f"{_C}{tag}")
    etree.SubElement(element, f"{_T}root").text = root
    etree.SubElement(element, f"{_T}extension").text = extension


def _cv(parent: etree._Element, tag: str, coded: Coded) -> None:
    element = etree.SubElement(parent, tag)
    etree.SubElement(element, f"{_T}code").text = coded.code
    if coded.system:  # specialistkompetens is the one coded value without a code system
        etree.SubElement(element, f"{_T}codeSystem").text = coded.system
    if coded.display:
        etree.SubElement(element, f"{_T}displayName").text = coded.display


# Reading.

NAMES = ("intyg",)


def is_document(element: etree._Element) -> bool:
    """Whether the element is a certificate, and not a reference to one."""
    return _local(element) == "intyg" and _child(element, "typ") is not None


def read(element: etree._Element) -> Intyg:
    """The certificate. Raises UnreadableXml when it lacks what every certificate has."""
    type = _need(element, "typ")
    return Intyg(
        id=_deep(element, "intygs-id", "extension"),
        type_code=_deep(type, "code").upper(),
        type_name=_text_of(type, "displayName"),
        type_system=_text_of(type, "codeSystem").strip(),
        version=_deep(element, "version"),
        signed_at=_moment(_text_of(element, "signeringstidpunkt")),
        patient=_read_patient(_need(element, "patient")),
        issuer=_read_issuer(_need(element, "skapadAv")),
        svar=tuple(_read_svar(child) for child in _children(element, "svar")),
        relations=tuple(_read_relation(child) for child in _children(element, "relation")),
    )


def _read_patient(element: etree._Element) -> Patient:
    return Patient(
        root=_deep(element, "person-id", "root"),
        personal_id=_deep(element, "person-id", "extension").replace("-", ""),
        given_name=_text_of(element, "fornamn"),
        middle_name=_text_of(element, "mellannamn"),
        surname=_text_of(element, "efternamn"),
        address=_text_of(element, "postadress"),
        postcode=_text_of(element, "postnummer"),
        town=_text_of(element, "postort"),
    )


def _read_relation(element: etree._Element) -> Relation:
    return Relation(_deep(element, "typ", "code"), _deep(element, "intygs-id", "root"), _deep(element, "intygs-id", "extension"))


def _read_issuer(element: etree._Element) -> Issuer:
    enhet = _need(element, "enhet")
    provider = _need(enhet, "vardgivare")
    unit = Unit(
        id=_deep(enhet, "enhets-id", "extension"),
        name=_text_of(enhet, "enhetsnamn"),
        workplace_code=_deep(enhet, "arbetsplatskod", "extension"),
        address=_text_of(enhet, "postadress"),
        postcode=_text_of(enhet, "postnummer"),
        town=_text_of(enhet, "postort"),
        phone=_text_of(enhet, "telefonnummer"),
        email=_text_of(enhet, "epost"),
        care_provider_id=_deep(provider, "vardgivare-id", "extension"),
        care_provider_name=_text_of(provider, "vardgivarnamn"),
    )
    return Issuer(
        hsa_id=_deep(element, "personal-id", "extension"),
        name=_text_of(element, "fullstandigtNamn"),
        unit=unit,
        positions=tuple(_coded(child) for child in _children(element, "befattning")),
        specialities=tuple(_text_of(child, "displayName") for child in _children(element, "specialistkompetens")),
        prescriber_code=_text_of(element, "forskrivarkod").strip(),
    )


def _read_svar(element: etree._Element) -> Svar:
    instances = [_instance(child.text) for child in _children(element, "instans")]
    parts = tuple((child.get("id", ""), _value(child)) for child in _children(element, "delsvar"))
    return Svar(element.get("id", ""), parts, min(instances, default=None))


def _value(element: etree._Element) -> Value:
    if len(element) == 0:
        return element.text or ""
    inside = element[0]
    kind = _local(inside)
    names = [_local(child) for child in inside]
    if len(element) > 1:
        return Odd("flera värden")
    if kind == "cv" and names.count("code") == names.count("codeSystem") == 1 and names.count("displayName") <= 1:
        return _coded(inside)
    if kind == "datePeriod" and names.count("start") == names.count("end") == 1:
        return PeriodText(_text_of(inside, "start"), _text_of(inside, "end"))
    if kind == "partialDate" and names.count("format") == names.count("value") == 1:
        return PartialDate(_text_of(inside, "format"), _text_of(inside, "value"))
    return Odd(kind)


def _coded(element: etree._Element) -> Coded:
    return Coded(_text_of(element, "code"), _text_of(element, "codeSystem"), _text_of(element, "displayName") or None)


def _instance(text: str | None) -> int:
    """The instance number; 0, which is no instance number, for anything else."""
    stripped = (text or "").strip()
    return int(stripped) if stripped.isascii() and stripped.isdigit() and len(stripped) < 10 else 0


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        raise UnreadableXml("the time of signing is no time") from None


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]


def _children(element: etree._Element, name: str) -> Iterable[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(element.iterchildren(f"{{*}}{name}"), None)


def _need(element: etree._Element, name: str) -> etree._Element:
    child = _child(element, name)
    if child is None:
        raise UnreadableXml(f"{_local(element)} has no {name}")
    return child


def _deep(element: etree._Element, *names: str) -> str:
    for name in names:
        element = _need(element, name)
    return (element.text or "").strip()


def _text_of(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return (child.text or "") if child is not None else ""
