"""The fields of the older FK 7263 document as svar. Source: reference/certificates/fk7263.md §6.2, §6.4 and §7."""

from collections.abc import Iterable, Iterator

from webcert.riv.mu7263.codes import ALTERNATIVES, BASED_ON, BOXES, DEGREES, DESCRIBED, OCCUPATIONS, PRESENT_WORK, PROGNOSES, SYSTEMS
from webcert.riv.mu7263.document import ABILITY, Document
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PeriodText, Svar, Value


def svar_of(document: Document) -> Iterator[Svar]:
    """What the fields say, as the svar of the RIV-TA form of the certificate."""
    given: dict[str, list[tuple[str, Value]]] = {}
    for delsvar, value in (*_flags(document), *_texts(document), *_diagnosis(document)):
        given.setdefault(delsvar.partition(".")[0], []).append((delsvar, value))
    yield from (Svar(id, tuple(parts)) for id, parts in given.items())
    yield from _numbered("1", (_contact(kind, day) for kind, day in document.contacts))
    yield from _numbered("28", ((("28.1", _coded(code, OCCUPATIONS, "KV_FKMU_0002")),) for code in document.occupations))
    yield from _numbered("32", (_reduction(Document(one)) for one in document.find(f"{ABILITY}/arbetsformagaNedsattning")))


def _flags(document: Document) -> Iterator[tuple[str, Value]]:
    for code, delsvar in BOXES.items():
        yield delsvar, "true" if code in document.activities else "false"
    yield from (ALTERNATIVES[code] for code in document.activities if code in ALTERNATIVES)
    prognosis = document.text(f"{ABILITY}/prognosangivelse").strip()
    if prognosis in PROGNOSES:
        yield PROGNOSES[prognosis]


def _texts(document: Document) -> Iterator[tuple[str, Value]]:
    work = document.text(f"{ABILITY}/arbetsuppgift/typAvArbetsuppgift") if PRESENT_WORK in document.occupations else ""
    texts = {
        "10001.1": document.text("medicinsktTillstand/beskrivning"),
        "10002.1": document.text("bedomtTillstand/beskrivning"),
        "35.1": document.description_of("Kroppsfunktion"),
        "17.1": document.description_of("Aktivitet"),
        **{delsvar: document.activities.get(code, "") for code, delsvar in DESCRIBED.items()},
        "29.1": work,
        "37.1": document.text(f"{ABILITY}/motivering"),
        "25.1": document.text("kommentar"),
    }
    return ((delsvar, text) for delsvar, text in texts.items() if text.strip())


def _diagnosis(document: Document) -> Iterator[tuple[str, Value]]:
    """The code; old documents often do not say of which list, and then it is ICD-10."""
    code = document.attribute("medicinsktTillstand/tillstandskod", "code")
    system = document.attribute("medicinsktTillstand/tillstandskod", "codeSystem")
    known = system if system in SYSTEM_OIDS.values() else SYSTEM_OIDS[SYSTEMS.get(system_name(document), ICD_10_SE)]
    if code:
        yield "6.2", Coded(code, known)


def system_name(document: Document) -> str:
    """The name of the list that the diagnosis code stands in, as `SYSTEMS` has it."""
    return document.attribute("medicinsktTillstand/tillstandskod", "codeSystemName").upper()


def _contact(kind: str, day: str) -> tuple[tuple[str, Value], ...]:
    """Without a date there is no delsvar for it, which the form then finds missing."""
    dated: tuple[tuple[str, Value], ...] = (("1.2", _day(day)),) if day.strip() else ()
    return (("1.1", _coded(kind, BASED_ON, "KV_FKMU_0001")), *dated)


def _reduction(reduction: Document) -> tuple[tuple[str, Value], ...]:
    period = PeriodText(_day(reduction.text("varaktighetFrom")), _day(reduction.text("varaktighetTom")))
    return ("32.1", _coded(reduction.text("nedsattningsgrad"), DEGREES, "KV_FKMU_0003")), ("32.2", period)


def _numbered(id: str, rows: Iterable[tuple[tuple[str, Value], ...]]) -> Iterator[Svar]:
    """One svar for each row; what is said twice counts once."""
    return (Svar(id, parts, number) for number, parts in enumerate(dict.fromkeys(rows), start=1))


def _coded(text: str, codes: dict[str, str], system: str) -> Coded:
    """The code; one that the contract does not know stays as it is, for the form to complain about."""
    return Coded(codes.get(text.strip(), text.strip()), system)


def _day(text: str) -> str:
    """The date, without the time zone that the datatype allows."""
    return text.strip()[:10]
