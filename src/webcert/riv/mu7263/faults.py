"""What the contract of the older FK 7263 document asks for, beyond what the form finds by itself.

Two ways to travel, dates that are missing or in the wrong order, and unknown codes make svar that the form complains about.
Source: reference/certificates/fk7263.md §6.5.
"""

from collections.abc import Callable

from webcert.riv.mu7263.codes import ALTERNATIVES, BOXES, CANNOT_TELL, CARE, DESCRIBED, OTHER_ADVICE, OTHER_MEASURE, PRESENT_WORK, SYSTEMS
from webcert.riv.mu7263.document import ABILITY, STAFF, UNIT, Document
from webcert.riv.mu7263.svar import system_name
from webcert.vocabulary import oids
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId


def _lacks(path: str) -> Callable[[Document], bool]:
    return lambda document: not document.text(path).strip()


def _lacks_id(path: str, root: str) -> Callable[[Document], bool]:
    return lambda document: not document.id_of(path) or document.attribute(path, "root") != root


def _undescribed(code: str) -> Callable[[Document], bool]:
    return lambda document: not document.activities.get(code, "-").strip()


def _has_no_person(document: Document) -> bool:
    try:
        PersonalId(document.id_of("patient/person-id").replace("-", ""))
    except InvalidPersonalId:
        return True
    return document.attribute("patient/person-id", "root") not in (oids.PERSONAL_NUMBER, oids.COORDINATION_NUMBER)


def _needs_comment(document: Document) -> bool:
    kinds = {kind.strip() for kind, _day in document.contacts}
    unexplained = "Annat" in kinds or document.text(f"{ABILITY}/prognosangivelse").strip() == CANNOT_TELL
    return document.asked and unexplained and not document.text("kommentar").strip()


FAULTS: tuple[tuple[str, str, Callable[[Document], bool]], ...] = (
    ("lakarutlatande-id", "Intygets id saknas.", _lacks("lakarutlatande-id")),
    ("signeringsdatum", "Tid för signering saknas.", lambda document: document.moment("signeringsdatum") is None),
    ("skickatDatum", "Tid för skickande saknas.", lambda document: document.moment("skickatDatum") is None),
    ("patient", "Patientens person-id saknas eller är fel.", _has_no_person),
    ("skapadAv", "Utfärdarens HSA-id saknas.", _lacks_id(f"{STAFF}/personal-id", oids.HSA_ID)),
    ("skapadAv", "Utfärdarens namn saknas.", _lacks(f"{STAFF}/fullstandigtNamn")),
    ("enhet", "Vårdenhetens HSA-id saknas.", _lacks_id(f"{UNIT}/enhets-id", oids.HSA_ID)),
    ("enhet", "Arbetsplatskod saknas.", _lacks_id(f"{UNIT}/arbetsplatskod", oids.WORKPLACE_CODE)),
    ("enhet", "Vårdenhetens namn saknas.", _lacks(f"{UNIT}/enhetsnamn")),
    ("enhet", "Postadress saknas.", _lacks(f"{UNIT}/postadress")),
    ("enhet", "Postnummer saknas.", _lacks(f"{UNIT}/postnummer")),
    ("enhet", "Postort saknas.", _lacks(f"{UNIT}/postort")),
    ("enhet", "Telefonnummer saknas.", _lacks(f"{UNIT}/telefonnummer")),
    ("vardgivare", "Vårdgivarens HSA-id saknas.", _lacks_id(f"{UNIT}/vardgivare/vardgivare-id", oids.HSA_ID)),
    ("vardgivare", "Vårdgivarens namn saknas.", _lacks(f"{UNIT}/vardgivare/vardgivarnamn")),
    ("6", "Diagnos saknas.", lambda document: document.asked and not document.attribute("medicinsktTillstand/tillstandskod", "code")),
    ("6", "Diagnosens kodverk är okänt.", lambda document: document.asked and system_name(document) not in SYSTEMS),
    (
        "10002",
        "Sjukdomsförloppet är inte beskrivet.",
        lambda document: bool(document.find("bedomtTillstand")) and _lacks("bedomtTillstand/beskrivning")(document),
    ),
    ("35", "Funktionsnedsättning saknas.", lambda document: document.asked and not document.description_of("Kroppsfunktion").strip()),
    ("1", "Det som intyget baseras på saknas.", lambda document: document.asked and not document.contacts),
    ("10003", "Övrig rekommendation är inte beskriven.", _undescribed(OTHER_ADVICE)),
    ("10004", "Åtgärden inom sjukvården är inte beskriven.", _undescribed(CARE)),
    ("10004", "Annan åtgärd är inte beskriven.", _undescribed(OTHER_MEASURE)),
    ("28", "Sysselsättning saknas.", lambda document: document.asked and not document.occupations),
    (
        "29",
        "Arbetsuppgifter saknas.",
        lambda document: (
            document.asked and PRESENT_WORK in document.occupations and _lacks(f"{ABILITY}/arbetsuppgift/typAvArbetsuppgift")(document)
        ),
    ),
    ("32", "Arbetsförmåga saknas.", lambda document: document.function("Aktivitet") is None or not document.find(ABILITY)),
    ("25", "Annat underlag eller oklar prognos är inte förklarat.", _needs_comment),
    (
        "aktivitet",
        "Aktivitetskoden är okänd.",
        lambda document: bool(document.activities.keys() - (BOXES.keys() | ALTERNATIVES.keys() | DESCRIBED.keys())),
    ),
)
"""Where, what is told, and when."""
