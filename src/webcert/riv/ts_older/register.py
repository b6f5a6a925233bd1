"""What care systems wrote: RegisterTSBas and RegisterTSDiabetes, and stored documents of theirs under other names.

The document has an element for each field. Source: reference/certificates/tstrk1007.md §5.4, tstrk1031.md §3.3.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from webcert.riv.intyg import Fault, Intyg, Issuer, Patient, Unit
from webcert.riv.older import Element
from webcert.riv.ts_older.faults import PERSON, STAFF, faults
from webcert.riv.ts_older.svar import TYPE_NAMES, svar_of
from webcert.vocabulary import oids
from webcert.vocabulary.svar import Coded, Svar

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

PLACES = {"TSTRK1007": TS_BAS, "TSTRK1031": TS_DIABETES}
CODES = {"ts-bas": "TSTRK1007", "TSTRK1007 (U06, V06)": "TSTRK1007", "ts-diabetes": "TSTRK1031"}
"""intygsTyp → the code of the type. The middle one stands in documents that are older still."""

NAMES = ("intyg", "basIntyg", "diabetesIntyg", "TSBasIntyg", "TSDiabetesIntyg")
"""What the certificate is called: in its contract, in answers, and where it stands without a message."""

_DOCTOR, _UNIT, _PATIENT = "grundData/skapadAv", "grundData/skapadAv/vardenhet", "grundData/patient"
_SIGNED = "grundData/signeringsTidstampel"


def is_document(element: etree._Element) -> bool:
    """Whether the element is such a certificate. What stands round it may have any name: some stored documents have a wrong one."""
    return etree.QName(element).localname in NAMES and _text(element, "intygsTyp") in CODES


def read(element: etree._Element) -> Intyg:
    """The certificate. What is missing reads as empty text and is told in `faults`; nothing is refused."""
    code = CODES[_text(element, "intygsTyp")]
    return Intyg(
        id=_text(element, "intygsId"),
        type_code=code,
        type_name=TYPE_NAMES[code],
        type_system=oids.STATEMENT_TYPE,
        version=f"{_text(element, 'version').lstrip('0')}.{_text(element, 'utgava').lstrip('0')}",
        signed_at=_moment(_text(element, _SIGNED)),
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
        svar=tuple(_svar(element, PLACES[code])),
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


def _svar(element: etree._Element, places: Places) -> Iterator[Svar]:
    said = ((delsvar, _text(element, path)) for delsvar, path in places.items())
    undecided = [UNDECIDED] if _text(element, "bedomning/kanInteTaStallning") in ("true", "1") else []
    return svar_of(
        concerns=(IAV.get(name, name) for name in _texts(element, "intygAvser/korkortstyp")),
        identity=_text(element, "identitetStyrkt/idkontroll"),
        said=((delsvar, DIABETES.get(text, text)) for delsvar, text in said if text),
        meets=[*(VAR.get(name, name) for name in _texts(element, "bedomning/korkortstyp")), *undecided],
    )


def _faults(element: etree._Element) -> Iterator[Fault]:
    needed = ("intygsId", f"{_DOCTOR}/fullstandigtNamn", f"{_PATIENT}/personId/extension")
    ids = {
        f"{_PATIENT}/personId": PERSON,
        f"{_DOCTOR}/personId": STAFF,
        f"{_UNIT}/enhetsId": STAFF,
        f"{_UNIT}/vardgivare/vardgivarid": STAFF,
    }
    return faults(
        {_last(path): _text(element, path) for path in needed},
        (_last(_SIGNED), Element(element).text(_SIGNED)),
        [(_last(path), _text(element, f"{path}/root"), allowed) for path, allowed in ids.items()],
    )


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _text(element: etree._Element, path: str) -> str:
    return Element(element).text(path).strip()


def _texts(element: etree._Element, path: str) -> list[str]:
    return [text.strip() for text in Element(element).texts(path)]
