"""Transportstyrelsen's certificates as the older contracts carry them (RegisterTSBas, RegisterTSDiabetes), read into `riv.intyg`.

The document has an element for each field; here they become the svar of the RIV-TA form of the same certificate, so that one declaration
reads both. Nothing is written in this form. Source: reference/certificates/tstrk1007.md §5.4, tstrk1031.md §3.3.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from webcert.riv.intyg import Fault, Intyg, Issuer, Patient, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PartialDate, Svar, Value

CONCERNS = "24c41b8d-258a-46bf-a08a-b90738b28770"
IDENTITY = "e7cc8f30-a353-4c42-b17a-a189b6876647"
LICENCE = "e889fa20-1dee-4f79-8b37-03853e75a9f8"

_HIGHER = ("C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "TAXI", "ANNAT")
_LOWER = ("AM", "A1", "A2", "A", "B", "BE", "TRAKTOR")
IAV = {name: f"IAV{number}" for number, name in enumerate((*_HIGHER, *_LOWER), 1)}
VAR = {name: f"VAR{number}" for number, name in enumerate((*_HIGHER, "", *_LOWER), 1)}
UNDECIDED = "VAR11"
DIABETES = {"TYP1": "E10", "TYP2": "E11"}

Places = Mapping[str, str]
"""Delsvar → the element that holds its text."""

_ACUITY = {
    "8.1": "synfunktion/synskarpaUtanKorrektion/hogerOga",
    "8.2": "synfunktion/synskarpaUtanKorrektion/vansterOga",
    "8.3": "synfunktion/synskarpaUtanKorrektion/binokulart",
    "8.4": "synfunktion/synskarpaMedKorrektion/hogerOga",
    "8.5": "synfunktion/synskarpaMedKorrektion/vansterOga",
    "8.6": "synfunktion/synskarpaMedKorrektion/binokulart",
}
_ASSESSMENT = {"34.1": "bedomning/behovAvLakareSpecialistKompetens", "32.1": "ovrigKommentar"}

TS_BAS: Places = {
    "3.1": "synfunktion/harSynfaltsdefekt",
    "4.1": "synfunktion/harNattblindhet",
    "5.1": "synfunktion/harProgressivOgonsjukdom",
    "6.1": "synfunktion/harDiplopi",
    "7.1": "synfunktion/harNystagmus",
    **_ACUITY,
    "8.7": "synfunktion/synskarpaMedKorrektion/harKontaktlinsHogerOga",
    "8.8": "synfunktion/synskarpaMedKorrektion/harKontaktlinsVansterOga",
    "9.1": "synfunktion/harGlasStyrkaOver8Dioptrier",
    "10.1": "horselBalanssinne/harBalansrubbningYrsel",
    "11.1": "horselBalanssinne/harSvartUppfattaSamtal4Meter",
    "12.1": "rorelseorganensFunktioner/harRorelsebegransning",
    "12.2": "rorelseorganensFunktioner/rorelsebegransningBeskrivning",
    "13.1": "rorelseorganensFunktioner/harOtillrackligRorelseformagaPassagerare",
    "14.1": "hjartKarlSjukdomar/harRiskForsamradHjarnFunktion",
    "15.1": "hjartKarlSjukdomar/harHjarnskadaICNS",
    "16.1": "hjartKarlSjukdomar/harRiskfaktorerStroke",
    "16.2": "hjartKarlSjukdomar/riskfaktorerStrokeBeskrivning",
    "17.1": "diabetes/harDiabetes",
    "18.1": "diabetes/diabetesTyp",
    "19.1": "diabetes/harBehandlingKost",
    "19.2": "diabetes/harBehandlingTabletter",
    "19.3": "diabetes/harBehandlingInsulin",
    "20.1": "neurologiskaSjukdomar",
    "21.1": "medvetandestorning/harMedvetandestorning",
    "21.2": "medvetandestorning/medvetandestorningBeskrivning",
    "22.1": "harNjurSjukdom",
    "23.1": "harKognitivStorning",
    "24.1": "harSomnVakenhetStorning",
    "25.1": "alkoholNarkotikaLakemedel/harTeckenMissbruk",
    "25.2": "alkoholNarkotikaLakemedel/harVardinsats",
    "25.3": "alkoholNarkotikaLakemedel/harVardinsatsProvtagningBehov",
    "26.1": "alkoholNarkotikaLakemedel/harLakarordineratLakemedelsbruk",
    "26.2": "alkoholNarkotikaLakemedel/lakarordineratLakemedelOchDos",
    "27.1": "harPsykiskStorning",
    "28.1": "utvecklingsstorning/harPsykiskUtvecklingsstorning",
    "29.1": "utvecklingsstorning/harAndrayndrom",
    "30.1": "sjukhusvard/harSjukhusvardEllerLakarkontakt",
    "30.2": "sjukhusvard/sjukhusvardEllerLakarkontaktDatum",
    "30.3": "sjukhusvard/sjukhusvardEllerLakarkontaktVardinrattning",
    "30.4": "sjukhusvard/sjukhusvardEllerLakarkontaktAnledning",
    "31.1": "ovrigMedicinering/harStadigvarandeMedicinering",
    "31.2": "ovrigMedicinering/stadigvarandeMedicineringBeskrivning",
    **_ASSESSMENT,
}

TS_DIABETES: Places = {
    "35.1": "diabetes/debutArDiabetes",
    "18.1": "diabetes/diabetesTyp",
    "19.1": "diabetes/harBehandlingKost",
    "19.2": "diabetes/harBehandlingTabletter",
    "19.3": "diabetes/harBehandlingInsulin",
    "19.4": "diabetes/insulinBehandlingSedanAr",
    "19.5": "diabetes/annanBehandlingBeskrivning",
    "36.1": "hypoglykemier/harKunskapOmAtgarder",
    "37.1": "hypoglykemier/harTeckenNedsattHjarnfunktion",
    "38.1": "hypoglykemier/saknarFormagaKannaVarningstecken",
    "39.1": "hypoglykemier/harAllvarligForekomst",
    "39.2": "hypoglykemier/allvarligForekomstBeskrivning",
    "40.1": "hypoglykemier/harAllvarligForekomstTrafiken",
    "40.2": "hypoglykemier/allvarligForekomstTrafikBeskrivning",
    "41.1": "hypoglykemier/genomforEgenkontrollBlodsocker",
    "42.1": "hypoglykemier/harAllvarligForekomstVakenTid",
    "42.2": "hypoglykemier/allvarligForekomstVakenTidAr",
    "43.1": "separatOgonLakarintygKommerSkickas",
    "44.1": "synfunktion/synfaltsprovningUtanAnmarkning",
    **_ACUITY,
    "6.1": "synfunktion/harDiplopi",
    "45.1": "bedomning/lamplighetInnehaBehorighetSpecial",
    **_ASSESSMENT,
}
_YEARS = ("35.1", "19.4")


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    name: str
    places: Places


KINDS = {
    "ts-bas": _Kind("TSTRK1007", "Transportstyrelsens läkarintyg", TS_BAS),
    "ts-diabetes": _Kind("TSTRK1031", "Transportstyrelsens läkarintyg, diabetes", TS_DIABETES),
}

_DOCTOR, _UNIT, _PATIENT = "grundData/skapadAv", "grundData/skapadAv/vardenhet", "grundData/patient"
_PERSON, _HSA = (oids.PERSONAL_NUMBER, oids.COORDINATION_NUMBER), (oids.HSA_ID,)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*", re.ASCII)


def is_document(element: etree._Element) -> bool:
    """Whether the element is such a certificate. What stands round it may have any name: some stored documents have a wrong one."""
    return element.tag.endswith("}intyg") and _text(element, "intygsTyp").lower() in KINDS


def read(element: etree._Element) -> Intyg:
    """The certificate. What is missing reads as empty text and is told in `faults`; nothing is refused."""
    kind = KINDS[_text(element, "intygsTyp").lower()]
    return Intyg(
        id=_text(element, "intygsId"),
        type_code=kind.code,
        type_name=kind.name,
        type_system=oids.STATEMENT_TYPE,
        version=f"{_text(element, 'version').lstrip('0')}.{_text(element, 'utgava').lstrip('0')}",
        signed_at=_moment(_text(element, "grundData/signeringsTidstampel")),
        patient=Patient(
            root=_text(element, f"{_PATIENT}/personId/root"),
            personal_id=_text(element, f"{_PATIENT}/personId/extension").replace("-", ""),
            given_name=_text(element, f"{_PATIENT}/fornamn"),
            surname=_text(element, f"{_PATIENT}/efternamn"),
            address=_text(element, f"{_PATIENT}/postadress"),
            postcode=_text(element, f"{_PATIENT}/postnummer"),
            town=_text(element, f"{_PATIENT}/postort"),
        ),
        issuer=_issuer(element),
        svar=tuple(_svar(element, kind)),
        faults=tuple(_faults(element)),
    )


def _issuer(element: etree._Element) -> Issuer:
    unit = Unit(
        id=_text(element, f"{_UNIT}/enhetsId/extension"),
        name=_text(element, f"{_UNIT}/enhetsnamn"),
        workplace_code="",
        address=_text(element, f"{_UNIT}/postadress"),
        postcode=_text(element, f"{_UNIT}/postnummer"),
        town=_text(element, f"{_UNIT}/postort"),
        phone=_text(element, f"{_UNIT}/telefonnummer"),
        email="",
        care_provider_id=_text(element, f"{_UNIT}/vardgivare/vardgivarid/extension"),
        care_provider_name=_text(element, f"{_UNIT}/vardgivare/vardgivarnamn"),
    )
    return Issuer(
        hsa_id=_text(element, f"{_DOCTOR}/personId/extension"),
        name=_text(element, f"{_DOCTOR}/fullstandigtNamn"),
        unit=unit,
        positions=tuple(Coded(title, oids.POSITION) for title in _texts(element, f"{_DOCTOR}/befattningar")),
        specialities=tuple(_texts(element, f"{_DOCTOR}/specialiteter")),
    )


def _svar(element: etree._Element, kind: _Kind) -> Iterator[Svar]:
    yield from _categories("1", CONCERNS, (IAV.get(name, name) for name in _texts(element, "intygAvser/korkortstyp")))
    if identity := _text(element, "identitetStyrkt/idkontroll"):
        yield Svar("2", (("2.1", Coded(identity, IDENTITY)),))
    parts: dict[str, list[tuple[str, Value]]] = {}
    for delsvar, path in kind.places.items():
        if text := _text(element, path):
            parts.setdefault(delsvar.partition(".")[0], []).append((delsvar, _value(delsvar, text)))
    for id, found in parts.items():
        yield Svar(id, tuple(found))
    undecided = [UNDECIDED] if _text(element, "bedomning/kanInteTaStallning") in ("true", "1") else []
    yield from _categories("33", LICENCE, [*(VAR.get(name, name) for name in _texts(element, "bedomning/korkortstyp")), *undecided])


def _categories(id: str, system: str, codes: Iterable[str]) -> Iterator[Svar]:
    return (Svar(id, ((f"{id}.1", Coded(code, system)),), instance) for instance, code in enumerate(codes, 1))


def _value(delsvar: str, text: str) -> Value:
    if delsvar == "18.1":
        return Coded(DIABETES.get(text, text), SYSTEM_OIDS[ICD_10_SE])
    return PartialDate("YYYY", text) if delsvar in _YEARS else text


def _faults(element: etree._Element) -> Iterator[Fault]:
    """What the older contracts' schemas and the checks on receipt refuse, beside the answers."""
    for path in ("intygsId", "grundData/signeringsTidstampel", f"{_DOCTOR}/fullstandigtNamn", f"{_PATIENT}/personId/extension"):
        if not _text(element, path):
            yield Fault(path.rpartition("/")[2], "Uppgiften saknas.")
    moment = element.findtext(_path("grundData/signeringsTidstampel"), "")
    if moment and not _MOMENT.fullmatch(moment):
        yield Fault("signeringsTidstampel", "Tidpunkten är inte skriven som datum och klockslag.")
    staff = ((f"{_DOCTOR}/personId", _HSA), (f"{_UNIT}/enhetsId", _HSA), (f"{_UNIT}/vardgivare/vardgivarid", _HSA))
    for path, allowed in ((f"{_PATIENT}/personId", _PERSON), *staff):
        if (root := _text(element, f"{path}/root")) and root not in allowed:
            yield Fault(path.rpartition("/")[2], "Uppgiftens rot är fel.")


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _path(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def _text(element: etree._Element, path: str) -> str:
    return (element.findtext(_path(path)) or "").strip()


def _texts(element: etree._Element, path: str) -> list[str]:
    return [(found.text or "").strip() for found in element.iterfind(_path(path))]
