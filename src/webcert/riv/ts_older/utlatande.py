"""What Transportstyrelsen was sent: the "utlåtande" of RegisterCertificate 1, with its observations, activities and recommendations.

Each of them has a code; the tables tell which delsvar its parts are. They are read off the contract's list of codes
(specializations/TS-Bas and TS-Diabetes) and the sample documents, whose older twins say the same in plain words.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from webcert.riv.intyg import Fault, Intyg, Issuer, Patient
from webcert.riv.older import Element, unit_of
from webcert.riv.ts_older.faults import PERSON, STAFF, faults
from webcert.riv.ts_older.svar import TYPE_NAMES, svar_of
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded, Svar

NAMES = ("utlatande",)

Parts = Mapping[str, str]
"""The parts of a statement: where its content stands → delsvar. "code" is the code itself, when what it means is so."""

_YES = "forekomst"
_RIGHT, _LEFT, _BOTH = "24028007", "7771000", "51440002"
_PLAIN, _CORRECTED, _LENS = "420050001", "397535007", "285049007"
_ACUITY: Mapping[str, Parts] = {
    f"{_PLAIN} {_RIGHT}": {"varde": "8.1"},
    f"{_PLAIN} {_LEFT}": {"varde": "8.2"},
    f"{_PLAIN} {_BOTH}": {"varde": "8.3"},
    f"{_CORRECTED} {_RIGHT}": {"varde": "8.4"},
    f"{_CORRECTED} {_LEFT}": {"varde": "8.5"},
    f"{_CORRECTED} {_BOTH}": {"varde": "8.6"},
    f"{_LENS} {_RIGHT}": {_YES: "8.7"},
    f"{_LENS} {_LEFT}": {_YES: "8.8"},
}
_DIET, _TABLETS, _INSULIN = "170745003", "170746002", "170747006"
_SHARED: Mapping[str, Parts] = {
    "86944008": {},  # confrontation test of the visual field, and
    "AKT18": {},  # test of the eyes' mobility: how something was found, which the question says itself
    **_ACUITY,
    "H53.2": {_YES: "6.1"},
    _DIET: {_YES: "19.1"},
    _TABLETS: {_YES: "19.2"},
    "REK9": {"beskrivning": "34.1"},
}

TS_BAS: Mapping[str, Parts] = {
    **_SHARED,
    "H53.4": {_YES: "3.1"},
    "H53.6": {_YES: "4.1"},
    "OBS1": {_YES: "5.1"},
    "H55.9": {_YES: "7.1"},
    "AKT17": {_YES: "9.1"},
    "OBS2": {_YES: "10.1"},
    "OBS3": {_YES: "11.1"},
    "OBS4": {_YES: "12.1", "beskrivning": "12.2"},
    "OBS5": {_YES: "13.1"},
    "OBS6": {_YES: "14.1"},
    "OBS8": {_YES: "15.1"},
    "OBS7": {_YES: "16.1", "beskrivning": "16.2"},
    "73211009": {_YES: "17.1"},
    "E10": {"code": "18.1"},
    "E11": {"code": "18.1"},
    "OBS9": {_YES: "19.1"},
    _INSULIN: {_YES: "19.3"},
    "407624006": {_YES: "20.1"},
    "G40.9": {_YES: "21.1", "beskrivning": "21.2"},
    "OBS11": {_YES: "22.1"},
    "OBS12": {_YES: "23.1"},
    "OBS13": {_YES: "24.1"},
    "OBS14": {_YES: "25.1"},
    "AKT15": {_YES: "25.2"},
    "AKT14": {_YES: "25.3"},
    "OBS15": {_YES: "26.1", "beskrivning": "26.2"},
    "OBS16": {_YES: "27.1"},
    "129104009": {_YES: "28.1"},
    "OBS17": {_YES: "29.1"},
    "AKT19": {_YES: "30.1", "ostruktureradtid": "30.2", "plats": "30.3", "beskrivning": "30.4"},
    "OBS18": {_YES: "31.1", "beskrivning": "31.2"},
}

TS_DIABETES: Mapping[str, Parts] = {
    **_SHARED,
    "E10": {"code": "18.1", "observationsperiod/from": "35.1"},
    "E11": {"code": "18.1", "observationsperiod/from": "35.1"},
    _INSULIN: {_YES: "19.3", "observationsperiod/from": "19.4"},
    "OBS10": {"beskrivning": "19.5"},
    "OBS19": {_YES: "36.1"},
    "OBS20": {_YES: "37.1"},
    "OBS21": {_YES: "38.1"},
    "OBS22": {_YES: "39.1", "beskrivning": "39.2"},
    "OBS23": {_YES: "40.1", "beskrivning": "40.2"},
    "308113006": {_YES: "41.1"},
    "OBS24": {_YES: "42.1", "observationstid": "42.2"},
    "BIL1": {_YES: "43.1"},
    "OBS25": {_YES: "44.1"},
    "REK10": {"varde": "45.1"},
}

SAYS = {"TSTRK1007": TS_BAS, "TSTRK1031": TS_DIABETES}
_MEETS = "REK8"
_STATEMENTS = {
    "aktivitet": "aktivitetskod",
    "observation": "observationskod",
    "rekommendation": "rekommendationskod",
    "bilaga": "bilagetyp",
}
_DOCTOR, _UNIT = "skapadAv", "skapadAv/enhet"


def is_document(element: etree._Element) -> bool:
    """Whether the element is such a certificate, and not an order for one, news of one or a line in a list, which have the same name."""
    document = Element(element)
    return element.tag.endswith("}utlatande") and all(map(document.find, ("typAvUtlatande", "vardkontakt")))


def read(element: etree._Element) -> Intyg:
    """The certificate. What is missing reads as empty text and is told in `faults`; nothing is refused."""
    document = Element(element)
    code = document.attribute("typAvUtlatande", "code").upper()
    says = SAYS.get(code, {})
    return Intyg(
        id=document.id_of("utlatande-id"),
        type_code=code,
        type_name=TYPE_NAMES.get(code, ""),
        type_system=document.attribute("typAvUtlatande", "codeSystem"),
        version=f"{document.text('version').strip().lstrip('0')}.{document.text('utgava').strip().lstrip('0')}",
        signed_at=document.moment("signeringsdatum"),
        patient=_patient(document),
        issuer=_issuer(document),
        svar=tuple(_svar(document, says)),
        faults=tuple(_faults(document, says)),
    )


def _patient(document: Element) -> Patient:
    return Patient(
        root=document.attribute("patient/person-id", "root"),
        personal_id=document.id_of("patient/person-id").replace("-", ""),
        given_name=" ".join(document.texts("patient/fornamn")),
        surname=document.text("patient/efternamn"),
        address=document.text("patient/postadress"),
        postcode=document.text("patient/postnummer"),
        town=document.text("patient/postort"),
    )


def _issuer(document: Element) -> Issuer:
    return Issuer(
        hsa_id=document.id_of(f"{_DOCTOR}/personal-id"),
        name=document.text(f"{_DOCTOR}/fullstandigtNamn"),
        unit=unit_of(document, _UNIT),
        positions=tuple(Coded(title.strip(), oids.POSITION) for title in document.texts(f"{_DOCTOR}/befattning")),
        specialities=tuple(speciality.get("code", "") for speciality in document.find(f"{_DOCTOR}/specialitet")),
    )


def _svar(document: Element, says: Mapping[str, Parts]) -> Iterator[Svar]:
    statements = list(_statements(document))
    comment = "\n".join(document.texts("kommentar")).strip()
    return svar_of(
        concerns=[category.get("code", "") for category in document.find("intygAvser")],
        identity=document.attribute("vardkontakt/idKontroll", "code"),
        said=[*_said(statements, says), *([("32.1", comment)] if comment else [])],
        meets=[category.get("code", "") for code, one in statements if code == _MEETS for category in one.find("varde")],
    )


def _statements(document: Element) -> Iterator[tuple[str, Element]]:
    """Each statement with its code, and with the side of the body where it has one."""
    for name, kind in _STATEMENTS.items():
        for one in map(Element, document.find(name)):
            yield f"{one.attribute(kind, 'code')} {one.attribute('lateralitet', 'code')}".strip(), one


def _said(statements: list[tuple[str, Element]], says: Mapping[str, Parts]) -> Iterator[tuple[str, str]]:
    for code, one in statements:
        for part, delsvar in says.get(code, {}).items():
            if text := _content(code, one, part):
                yield delsvar, text


def _content(code: str, one: Element, part: str) -> str:
    if part == "code":
        return code if one.text(_YES).strip() in ("true", "1") else ""
    return one.attribute(part, "value") or one.text(part).strip()


def _faults(document: Element, says: Mapping[str, Parts]) -> Iterator[Fault]:
    ids = {
        "patient/person-id": PERSON,
        f"{_DOCTOR}/personal-id": STAFF,
        f"{_UNIT}/enhets-id": STAFF,
        f"{_UNIT}/vardgivare/vardgivare-id": STAFF,
    }
    yield from faults(
        {
            "utlatande-id": document.id_of("utlatande-id"),
            "fullstandigtNamn": document.text(f"{_DOCTOR}/fullstandigtNamn"),
            "person-id": document.id_of("patient/person-id"),
        },
        ("signeringsdatum", document.text("signeringsdatum")),
        [(path.rpartition("/")[2], document.attribute(path, "root"), allowed) for path, allowed in ids.items()],
    )
    if says and any(code not in says and code != _MEETS for code, _ in _statements(document)):
        yield Fault("utlatande", "Intyget innehåller en kod som är okänd.")
