"""Reads FK 7263 in the original's internal JSON, as its samples are written in it. Source: reference/certificates/fk7263.md §3 and §6.3."""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

BOXES = {
    "avstangningSmittskydd": "27",
    "rekommendationKontaktArbetsformedlingen": "10003.1",
    "rekommendationKontaktForetagshalsovarden": "10003.2",
    "kontaktMedFk": "26",
}
TEXTS = {
    "sjukdomsforlopp": "10002",
    "funktionsnedsattning": "35",
    "annanReferensBeskrivning": "1.annat",
    "aktivitetsbegransning": "17",
    "rekommendationOvrigt": "10003.3",
    "atgardInomSjukvarden": "10004.1",
    "annanAtgard": "10004.2",
    "nuvarandeArbetsuppgifter": "29",
    "arbetsformagaPrognos": "37",
    "arbetsformagaPrognosGarInteAttBedomaBeskrivning": "10006.fortydligande",
    "kommentar": "25",
}
BASED_ON = {
    "undersokningAvPatienten": "UNDERSOKNING",
    "telefonkontaktMedPatienten": "TELEFONKONTAKT",
    "journaluppgifter": "JOURNALUPPGIFTER",
    "annanReferens": "ANNAT",
}
DEGREES = {
    "nedsattMed25": "EN_FJARDEDEL",
    "nedsattMed50": "HALFTEN",
    "nedsattMed75": "TRE_FJARDEDEL",
    "nedsattMed100": "HELT_NEDSATT",
}
OCCUPATIONS = {"nuvarandeArbete": "NUVARANDE_ARBETE", "arbetsloshet": "ARBETSSOKANDE", "foraldrarledighet": "FORALDRALEDIG"}
CHOICES = {
    "rehabilitering": (
        "10005",
        {"rehabiliteringAktuell": "JA", "rehabiliteringEjAktuell": "NEJ", "rehabiliteringGarInteAttBedoma": "GAR_EJ_ATT_BEDOMA"},
    ),
    "prognosBedomning": (
        "10006",
        {
            "arbetsformagaPrognosJa": "JA",
            "arbetsformagaPrognosJaDelvis": "JA_DELVIS",
            "arbetsformagaPrognosNej": "NEJ",
            "arbetsformagaPrognosGarInteAttBedoma": "GAR_EJ_ATT_BEDOMA",
        },
    ),
}


def answers_of(document: Json) -> dict[str, Any]:
    """Our answers. The texts of all diagnoses become one, as in every document that has left the original."""
    travel = {"ressattTillArbeteAktuellt": True, "ressattTillArbeteEjAktuellt": False}
    answers: dict[str, Any] = {
        "1": [{"code": code, "date": document[name]} for name, code in BASED_ON.items() if document.get(name)],
        "28": [code for name, code in OCCUPATIONS.items() if document.get(name)],
        "32": [
            {"code": code, "from": document[name]["from"], "to": document[name]["tom"]}
            for name, code in DEGREES.items()
            if name in document
        ],
        "32.arbetstid": _joined(document.get(f"{name}Beskrivning") for name in DEGREES),
        "34": next((answer for name, answer in travel.items() if document.get(name)), None),
    }
    if code := document.get("diagnosKod"):
        answers |= {"6": {"system": document.get("diagnosKodsystem1") or "ICD_10_SE", "code": code}, "10001": _diagnosis_text(document)}
    answers |= {id: bool(document.get(name)) for name, id in BOXES.items()}
    answers |= {id: document.get(name) for name, id in TEXTS.items()}
    answers |= {id: codes[document[name]] for name, (id, codes) in CHOICES.items() if document.get(name)}
    return {id: answer for id, answer in answers.items() if answer not in (None, "", [])}


def _diagnosis_text(document: Json) -> str:
    others = (
        f"{document[f'diagnosKod{i}']} {document[f'diagnosBeskrivning{i}']}"
        for i in (2, 3)
        if document.get(f"diagnosKod{i}") and document.get(f"diagnosBeskrivning{i}")
    )
    also = "Samsjuklighet föreligger" if document.get("samsjuklighet") else None
    return _joined((document.get("diagnosBeskrivning1"), also, *others, document.get("diagnosBeskrivning")))


def _joined(parts: Iterable[str | None]) -> str:
    return ". ".join(part for part in parts if part)
