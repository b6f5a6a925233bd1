"""Reads the original's internal JSON, as the samples of FK 7800, FK 7801, FK 7802 and FK 7804 are written in it.

Source: reference/certificates/fk7804.md §3 and fk-common.md §3. Each property means the same in all types that have it, but for 17.
"""

from datetime import datetime
from typing import Any

from webcert.riv.intyg import Intyg, Issuer, Patient, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.personal_id import PersonalId
from webcert.vocabulary.svar import Coded, Svar

Json = dict[str, Any]

BASED_ON = {
    "undersokningAvPatienten": "UNDERSOKNING",
    "telefonkontaktMedPatienten": "TELEFONKONTAKT",
    "journaluppgifter": "JOURNALUPPGIFTER",
    "anhorigsBeskrivningAvPatienten": "ANHORIG",
    "annatGrundForMU": "ANNAT",
}
TEXTS = {
    "annatGrundForMUBeskrivning": "1.3",
    "motiveringTillInteBaseratPaUndersokning": "1.motivering",
    "nuvarandeArbete": "29",
    "pagaendeBehandling": "19",
    "planeradBehandling": "20",
    "motiveringTillTidigtStartdatumForSjukskrivning": "32.motivering",
    "forsakringsmedicinsktBeslutsstod": "37",
    "arbetstidsforlaggningMotivering": "33.2",
    "arbetslivsinriktadeAtgarderBeskrivning": "44",
    "ovrigt": "25",
    "anledningTillKontakt": "26.2",
    "kannedomOmPatient": "2",
    "sjukdomsforlopp": "5",
    "diagnosgrund": "7",
    "diagnosForNyBedomning": "45.2",
    "funktionsnedsattningIntellektuell": "8",
    "funktionsnedsattningKommunikation": "9",
    "funktionsnedsattningKoncentration": "10",
    "funktionsnedsattningPsykisk": "11",
    "funktionsnedsattningSynHorselTal": "12",
    "funktionsnedsattningBalansKoordination": "13",
    "funktionsnedsattningAnnan": "14",
    "funktionsnedsattningDebut": "15",
    "funktionsnedsattningPaverkan": "16",
    "avslutadBehandling": "18",
    "substansintag": "21",
    "medicinskaForutsattningarForArbete": "22",
    "formagaTrotsBegransning": "23",
    "forslagTillAtgard": "24",
}
FLAGS = {
    "avstangningSmittskydd": "27",
    "arbetstidsforlaggning": "33",
    "arbetsresor": "34",
    "kontaktMedFk": "26",
    "underlagFinns": "3",
    "nyBedomningDiagnosgrund": "45",
}
ICF = {"funktionsnedsattning": ("35", "funktionsKategorier"), "aktivitetsbegransning": ("17", "aktivitetsKategorier")}
CHOICES = {"sysselsattning": "28", "arbetslivsinriktadeAtgarder": "40"}

POSITIONS = {"204010": "Läkare ej legitimerad, allmäntjänstgöring", "206090": "Sjuksköterska, allmän"}
"""Titles of the positions in the samples, which the original looks up in its code list."""


def answers_of(document: Json) -> dict[str, Any]:
    """Our answers, the unit's address left out. Truth values may be the strings "true" and "false"."""
    prognosis = document.get("prognos") or {}
    answers: dict[str, Any] = {
        "1": [{"code": code, "date": document[name]} for name, code in BASED_ON.items() if document.get(name)],
        "4": [_document(row) for row in document.get("underlag") or []],
        "6": _diagnoses(document.get("diagnoser") or []),
        "32": [_period(row) for row in document.get("sjukskrivningar") or []],
        "39": prognosis.get("typ"),
        "39.3": prognosis.get("dagarTillArbete"),
        "9000": [{"id": row["id"], "text": row["svar"]} for row in document.get("tillaggsfragor") or []],
    }
    answers |= {id: document.get(name) for name, id in TEXTS.items()}
    answers |= {id: _flag(document.get(name)) for name, id in FLAGS.items()}
    answers |= {id: [row["typ"] for row in document.get(name) or []] for name, id in CHOICES.items()}
    for name, (id, categories) in ICF.items():
        if document.get(name):
            in_icf = {"text": document[name], "categories": document.get(categories) or []}
            answers[id] = in_icf if document["typ"] == "lisjp" else document[name]
    return {id: answer for id, answer in answers.items() if answer not in (None, "", [])}


def _document(row: Json) -> dict[str, str]:
    return {"type": row.get("typ") or "", "date": row.get("datum") or "", "source": row.get("hamtasFran") or ""}


def _diagnoses(rows: list[Json]) -> Json | None:
    if not rows:
        return None
    first = rows[0].get("diagnosKodSystem")
    return {"system": first, "rows": [_diagnosis(row, first) for row in rows]}


def _diagnosis(row: Json, first: str | None) -> dict[str, str]:
    diagnosis = {"code": row.get("diagnosKod") or "", "text": row.get("diagnosBeskrivning") or ""}
    return diagnosis if row.get("diagnosKodSystem") == first else {**diagnosis, "system": row["diagnosKodSystem"]}


def _period(row: Json) -> dict[str, str]:
    period = row.get("period") or {}
    return {"code": row["sjukskrivningsgrad"], "from": period.get("from") or "", "to": period.get("tom") or ""}


def _flag(value: bool | str | None) -> bool | None:
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else value


def titles_of(document: Json) -> dict[str, str]:
    """Diagnosis code → its official title, for the rows that carry one."""
    return {row["diagnosKod"]: row["diagnosDisplayName"] for row in document.get("diagnoser") or [] if row.get("diagnosDisplayName")}


def intyg_of(document: Json, type_name: str, svar: tuple[Svar, ...]) -> Intyg:
    """The document with those svar."""
    data = document["grundData"]
    issuer, unit = data["skapadAv"], data["skapadAv"]["vardenhet"]
    patient = PersonalId(data["patient"]["personId"].replace("-", ""))
    return Intyg(
        id=document["id"],
        type_code=document["typ"].upper(),
        type_name=type_name,
        version=document["textVersion"],
        signed_at=datetime.fromisoformat(data["signeringsdatum"]),
        patient=Patient(patient.oid, patient.digits),
        issuer=Issuer(
            hsa_id=issuer["personId"],
            name=issuer["fullstandigtNamn"],
            unit=Unit(
                id=unit["enhetsid"],
                name=unit["enhetsnamn"],
                workplace_code=unit["arbetsplatsKod"],
                address=unit["postadress"],
                postcode=unit["postnummer"],
                town=unit["postort"],
                phone=unit["telefonnummer"],
                email=unit.get("epost") or "",
                care_provider_id=unit["vardgivare"]["vardgivarid"],
                care_provider_name=unit["vardgivare"]["vardgivarnamn"],
            ),
            positions=tuple(Coded(code, oids.POSITION, POSITIONS.get(code)) for code in issuer["befattningar"]),
            specialities=tuple(issuer["specialiteter"]),
        ),
        svar=svar,
    )
