"""Reads the original's internal JSON of TSTRK1007 and TSTRK1031: where each of our answers stands in it, generation by generation.

Source: reference/certificates/tstrk1007.md §2 and §3; tstrk1031.md §2.3, §3.5 and §4.1.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from webcert.riv.intyg import Intyg, Issuer, Patient, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.personal_id import PersonalId
from webcert.vocabulary.svar import Coded, Svar

Json = dict[str, Any]

NAMES = ["C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE", "TAXI", "ANNAT"]
LOWER = ["AM", "A1", "A2", "A", "B", "BE", "TRAKTOR"]
IAV = {name: f"IAV{number}" for number, name in enumerate([*NAMES, *LOWER], 1)}
VAR = {name: f"VAR{number}" for number, name in enumerate([*NAMES, "KAN_INTE_TA_STALLNING", *LOWER], 1)}
IDENTITIES = ("ID_KORT", "FORETAG_ELLER_TJANSTEKORT", "KORKORT", "PERS_KANNEDOM", "FORSAKRAN_KAP18", "PASS")
IDK = {name: f"IDK{number}" for number, name in enumerate(IDENTITIES, 1)}
TYPES = {"DIABETES_TYP_1": "E10", "DIABETES_TYP_2": "E11", "TYP1": "E10", "TYP2": "E11", "LADA": "E109"}

EYES = {
    1007: {"right": "hogerOga", "left": "vansterOga", "both": "binokulart"},
    1031: {"right": "hoger", "left": "vanster", "both": "binokulart"},
}
POSITIONS = {
    "203010": "Läkare legitimerad, specialiseringstjänstgöring",
    "204010": "Läkare ej legitimerad, allmäntjänstgöring",
    "206090": "Sjuksköterska, allmän",
}
CODE_OF = {title: code for code, title in POSITIONS.items()}

PLACES: dict[str, dict[str, str]] = {
    "ts-bas": {
        "3": "syn.synfaltsdefekter",
        "4": "syn.nattblindhet",
        "5": "syn.progressivOgonsjukdom",
        "6": "syn.diplopi",
        "7": "syn.nystagmus",
        "8.1": "syn.synskarpaSkickasSeparat",
        "9": "syn.korrektionsglasensStyrka",
        "10": "horselBalans.balansrubbningar",
        "11": "horselBalans.svartUppfattaSamtal4Meter",
        "12": "funktionsnedsattning.funktionsnedsattning",
        "12.2": "funktionsnedsattning.beskrivning",
        "13": "funktionsnedsattning.otillrackligRorelseformaga",
        "14": "hjartKarl.hjartKarlSjukdom",
        "15": "hjartKarl.hjarnskadaEfterTrauma",
        "16": "hjartKarl.riskfaktorerStroke",
        "16.2": "hjartKarl.beskrivningRiskfaktorer",
        "17": "diabetes.harDiabetes",
        "18": "diabetes.diabetesTyp",
        "20": "neurologi.neurologiskSjukdom",
        "21": "medvetandestorning.medvetandestorning",
        "21.2": "medvetandestorning.beskrivning",
        "22": "njurar.nedsattNjurfunktion",
        "23": "kognitivt.sviktandeKognitivFunktion",
        "24": "somnVakenhet.teckenSomnstorningar",
        "25.1": "narkotikaLakemedel.teckenMissbruk",
        "25.2": "narkotikaLakemedel.foremalForVardinsats",
        "25.3": "narkotikaLakemedel.provtagningBehovs",
        "26": "narkotikaLakemedel.lakarordineratLakemedelsbruk",
        "26.2": "narkotikaLakemedel.lakemedelOchDos",
        "27": "psykiskt.psykiskSjukdom",
        "28": "utvecklingsstorning.psykiskUtvecklingsstorning",
        "29": "utvecklingsstorning.harSyndrom",
        "30": "sjukhusvard.sjukhusEllerLakarkontakt",
        "30.2": "sjukhusvard.tidpunkt",
        "30.3": "sjukhusvard.vardinrattning",
        "30.4": "sjukhusvard.anledning",
        "31": "medicinering.stadigvarandeMedicinering",
        "31.2": "medicinering.beskrivning",
        "32": "kommentar",
        "34": "bedomning.lakareSpecialKompetens",
    },
    "ts-diabetes 2": {
        "35": "diabetes.observationsperiod",
        "18": "diabetes.diabetestyp",
        "19.4": "diabetes.insulinBehandlingsperiod",
        "19.5": "diabetes.annanBehandlingBeskrivning",
        "36": "hypoglykemier.kunskapOmAtgarder",
        "37": "hypoglykemier.teckenNedsattHjarnfunktion",
        "38": "hypoglykemier.saknarFormagaKannaVarningstecken",
        "39": "hypoglykemier.allvarligForekomst",
        "39.2": "hypoglykemier.allvarligForekomstBeskrivning",
        "40": "hypoglykemier.allvarligForekomstTrafiken",
        "40.2": "hypoglykemier.allvarligForekomstTrafikBeskrivning",
        "41": "hypoglykemier.egenkontrollBlodsocker",
        "42": "hypoglykemier.allvarligForekomstVakenTid",
        "42.2": "hypoglykemier.allvarligForekomstVakenTidObservationstid",
        "43": "syn.separatOgonlakarintyg",
        "44": "syn.synfaltsprovningUtanAnmarkning",
        "6": "syn.diplopi",
        "45": "bedomning.lamplighetInnehaBehorighet",
        "32": "kommentar",
        "34": "bedomning.lakareSpecialKompetens",
    },
    "ts-diabetes 3": {
        "35": "allmant.diabetesDiagnosAr",
        "18": "allmant.typAvDiabetes",
        "18.2": "allmant.beskrivningAnnanTypAvDiabetes",
        "109.4": "allmant.behandling.insulinSedanAr",
        "109.6": "allmant.behandling.annanBehandlingBeskrivning",
        "109.7": "allmant.behandling.riskHypoglykemi",
        "41": "hypoglykemier.egenkontrollBlodsocker",
        "37": "hypoglykemier.nedsattHjarnfunktion",
        "100": "hypoglykemier.sjukdomenUnderKontroll",
        "110": "hypoglykemier.formagaVarningstecken",
        "106": "hypoglykemier.aterkommandeSenasteAret",
        "106.2": "hypoglykemier.aterkommandeSenasteTidpunkt",
        "107": "hypoglykemier.aterkommandeSenasteKvartalet",
        "107.2": "hypoglykemier.senasteTidpunktVaken",
        "108": "hypoglykemier.forekomstTrafik",
        "108.2": "hypoglykemier.forekomstTrafikTidpunkt",
        "103": "synfunktion.misstankeOgonsjukdom",
        "8.1": "synfunktion.skickasSeparat",
        "32": "ovrigt",
        "45": "bedomning.lampligtInnehav",
        "34": "bedomning.borUndersokasBeskrivning",
    },
    "ts-diabetes 4": {
        "205": "allmant.patientenFoljsAv",
        "35": "allmant.diabetesDiagnosAr",
        "18": "allmant.typAvDiabetes",
        "18.2": "allmant.beskrivningAnnanTypAvDiabetes",
        "207": "allmant.medicineringForDiabetes",
        "208": "allmant.medicineringMedforRiskForHypoglykemi",
        "209.4": "allmant.behandling.annanAngeVilken",
        "210": "allmant.medicineringMedforRiskForHypoglykemiTidpunkt",
        "200": "hypoglykemi.kontrollSjukdomstillstand",
        "200.2": "hypoglykemi.kontrollSjukdomstillstandVarfor",
        "201": "hypoglykemi.forstarRiskerMedHypoglykemi",
        "110": "hypoglykemi.formagaKannaVarningstecken",
        "202": "hypoglykemi.vidtaAdekvataAtgarder",
        "106": "hypoglykemi.aterkommandeSenasteAret",
        "106.2": "hypoglykemi.aterkommandeSenasteAretTidpunkt",
        "106.3": "hypoglykemi.aterkommandeSenasteAretKontrolleras",
        "106.5": "hypoglykemi.aterkommandeSenasteAretTrafik",
        "107": "hypoglykemi.aterkommandeVaketSenasteTolv",
        "107.3": "hypoglykemi.aterkommandeVaketSenasteTre",
        "107.5": "hypoglykemi.aterkommandeVaketSenasteTreTidpunkt",
        "203": "hypoglykemi.allvarligSenasteTolvManaderna",
        "203.2": "hypoglykemi.allvarligSenasteTolvManadernaTidpunkt",
        "204": "hypoglykemi.regelbundnaBlodsockerkontroller",
        "206": "ovrigt.komplikationerAvSjukdomen",
        "206.2": "ovrigt.komplikationerAvSjukdomenAnges",
        "34": "ovrigt.borUndersokasAvSpecialist",
        "32": "bedomning.ovrigaKommentarer",
    },
}
"""Generation → our question → the property, for answers that are one value."""

TICKS: dict[str, dict[str, str]] = {
    "ts-bas": {"19.1": "diabetes.kost", "19.2": "diabetes.tabletter", "19.3": "diabetes.insulin"},
    "ts-diabetes 2": {"19.1": "diabetes.endastKost", "19.2": "diabetes.tabletter", "19.3": "diabetes.insulin"},
    "ts-diabetes 3": {
        "109.1": "allmant.behandling.endastKost",
        "109.2": "allmant.behandling.tabletter",
        "109.3": "allmant.behandling.insulin",
        "109.5": "allmant.behandling.annanBehandling",
    },
    "ts-diabetes 4": {
        "209.1": "allmant.behandling.insulin",
        "209.2": "allmant.behandling.tabletter",
        "209.3": "allmant.behandling.annan",
    },
}
"""Generation → the box's delsvar → the property."""


def generation(document: Json) -> str:
    """Which questions the document answers. Some old ones do not say their version; then the properties tell."""
    if "bas" in document["typ"].lower():
        return "ts-bas"
    if "diabetes" in document or "textVersion" not in document:
        return "ts-diabetes 2"
    return f"ts-diabetes {document['textVersion'][0]}"


def at(document: Json, path: str) -> Any:
    """The property at the path; None when there is none."""
    found: Any = document
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def answers_of(document: Json) -> Json:
    """Our answers, with the addresses."""
    asked = generation(document)
    answers = {id: at(document, path) for id, path in PLACES[asked].items()}
    answers["1"] = _categories(at(document, "intygAvser.korkortstyp") or at(document, "intygAvser.kategorier"), IAV)
    answers["33"] = _categories(at(document, "bedomning.korkortstyp") or at(document, "bedomning.uppfyllerBehorighetskrav"), VAR)
    if at(document, "bedomning.kanInteTaStallning"):
        answers["33"] = [*answers["33"], "VAR11"]
    identity = at(document, "vardkontakt.idkontroll") or at(document, "identitetStyrktGenom.typ")
    answers["2"] = IDK.get(identity, identity)
    answers["18"] = TYPES.get(answers["18"], answers["18"])
    ticks = TICKS[asked]
    answers[next(iter(ticks)).partition(".")[0]] = [id for id, path in ticks.items() if at(document, path)]
    eyes = document.get("syn") or document.get("synfunktion") or {}
    answers["8"] = dict(_acuity(eyes, EYES[1007 if asked == "ts-bas" else 1031]))
    answers["unit"] = _address(at(document, "grundData.skapadAv.vardenhet"), ("address", "postcode", "town", "phone"))
    if asked in ("ts-bas", "ts-diabetes 2"):
        answers["patient"] = _address(at(document, "grundData.patient"), ("address", "postcode", "town"))
    return {id: answer for id, answer in answers.items() if answer not in (None, [], {}, "")}


def _categories(rows: list[Json] | None, code_of: dict[str, str]) -> list[str]:
    return [code_of.get(row["type"], row["type"]) for row in rows or [] if row["selected"]]


def _acuity(eyes: Json, names: dict[str, str]) -> Iterable[tuple[str, str]]:
    for row, name in names.items():
        eye = eyes.get(name) or {}
        for part, value in (("plain", eye.get("utanKorrektion")), ("corrected", eye.get("medKorrektion"))):
            if value is not None:
                yield f"{row}.{part}", str(value).replace(".", ",")
        if eye.get("kontaktlins"):
            yield f"{row}.lens", "on"


_LINES = {"address": "postadress", "postcode": "postnummer", "town": "postort", "phone": "telefonnummer"}


def _address(place: Json, parts: Iterable[str]) -> dict[str, str]:
    return {part: place.get(_LINES[part]) or "" for part in parts}


def intyg_of(document: Json, type: Any, svar: tuple[Svar, ...]) -> Intyg:
    """The document with those svar, as that type writes it."""
    data = document["grundData"]
    issuer, unit, person = data["skapadAv"], data["skapadAv"]["vardenhet"], data["patient"]
    number = PersonalId(person["personId"].replace("-", ""))
    patient = Patient(number.oid, number.digits)
    if generation(document) == "ts-diabetes 2" or document["textVersion"].startswith("6"):
        patient = replace(
            patient,
            given_name=person["fornamn"],
            middle_name=person.get("mellannamn") or "",
            surname=person["efternamn"],
            address=person["postadress"],
            postcode=person["postnummer"],
            town=person["postort"],
        )
    return Intyg(
        id=document["id"],
        type_code=type.external_code,
        type_name=type.contract_name,
        type_system=type.type_system,
        version=document["textVersion"],
        signed_at=datetime.fromisoformat(data["signeringsdatum"]),
        patient=patient,
        issuer=Issuer(
            hsa_id=issuer["personId"],
            name=issuer["fullstandigtNamn"],
            unit=Unit(
                id=unit["enhetsid"],
                name=unit["enhetsnamn"],
                workplace_code=unit.get("arbetsplatsKod") or "N/A",
                address=unit["postadress"],
                postcode=unit["postnummer"],
                town=unit["postort"],
                phone=unit["telefonnummer"],
                email=unit.get("epost") or "",
                care_provider_id=unit["vardgivare"]["vardgivarid"],
                care_provider_name=unit["vardgivare"]["vardgivarnamn"],
            ),
            positions=tuple(_position(text) for text in issuer.get("befattningar") or ()),
            specialities=tuple(issuer.get("specialiteter") or ()),
        ),
        svar=svar,
    )


def _position(text: str) -> Coded:
    """Older documents hold the title instead of the code."""
    code = CODE_OF.get(text, text)
    return Coded(code, oids.POSITION, POSITIONS.get(code))
