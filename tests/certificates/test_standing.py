"""The status row of everything that is read: each text of reference/ui.md §1.9 by its id, to the letter, with what it leads to."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from clinic import unit, working
from webcert.certificates.models import Certificate, Relation, Status
from webcert.certificates.presenters.reading import Slot, standing
from webcert.certificates.relatives import Relatives
from webcert.staff.roles import Role

HERE = unit()
NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE = timedelta(minutes=1)
RELATIVE = uuid4()

AVAILABLE = "Intyget är tillgängligt för patienten [tillgangligt]"
REVOKED, DRAFT_REVOKED = "Intyget är makulerat [makulerat]", "Utkastet är makulerat [makulerat]"


def made(**facts: Any) -> Certificate:
    return Certificate(**{"id": uuid4(), "type": "lisjp", "version": "1.3", "unit_id": HERE.id, "created_at": NOW - 60 * MINUTE} | facts)


def signed(at: int = 50, **facts: Any) -> Certificate:
    """A certificate that was signed so many minutes ago."""
    return made(status=Status.SIGNED, signed_at=NOW - at * MINUTE, **facts)


def child(relation: Relation, at: int = 10, *, is_signed: bool, **facts: Any) -> Relatives:
    """Something that follows, begun so many minutes ago and signed at once or not at all."""
    common = {"id": RELATIVE, "relation": relation, "created_at": NOW - at * MINUTE} | facts
    return Relatives(None, (signed(at, **common) if is_signed else made(**common),))


def parent(**facts: Any) -> Relatives:
    return Relatives(signed(id=RELATIVE, **facts))


SENT: dict[str, Any] = {"sent_at": NOW - 20 * MINUTE, "delivered_at": NOW - 20 * MINUTE}
GONE: dict[str, Any] = {"revoked_at": NOW - 5 * MINUTE}
REPLACES, RENEWS, COMPLEMENTS = Relation.REPLACES, Relation.RENEWS, Relation.COMPLEMENTS

ROWS: dict[str, tuple[Certificate, Relatives, str, str]] = {
    "is-001": (signed(), Relatives(), "Intyget är signerat", AVAILABLE),
    "is-002": (signed(**SENT), Relatives(), "Intyget är skickat till Försäkringskassan", AVAILABLE),
    "is-002 ts": (signed(type="ts-bas", **SENT), Relatives(), "Intyget är skickat till Transportstyrelsen", AVAILABLE),
    "is-003": (signed(**SENT), child(REPLACES, is_signed=True), "Intyget har ersatts av → detta intyg", AVAILABLE),
    "is-004": (signed(**GONE), Relatives(), REVOKED, ""),
    "is-005": (signed(), child(COMPLEMENTS, is_signed=True), "Intyget har kompletterats med ett annat intyg → Öppna intyget", AVAILABLE),
    "is-007": (
        signed(relation=REPLACES, **GONE),
        parent(),
        REVOKED,
        "Intyget ersatte ett tidigare intyg som också kan behöva makuleras. → Öppna intyget",
    ),
    "is-009": (
        signed(),
        child(REPLACES, is_signed=False),
        "Det finns redan ett påbörjat utkast som ska ersätta detta intyg → Öppna utkastet",
        AVAILABLE,
    ),
    "is-010": (
        signed(relation=RENEWS, **GONE),
        parent(),
        REVOKED,
        "Intyget förnyade ett tidigare intyg som också kan behöva makuleras. → Öppna intyget",
    ),
    "is-011": (
        signed(relation=COMPLEMENTS, **GONE),
        parent(),
        REVOKED,
        "Intyget kompletterade ett tidigare intyg som också kan behöva makuleras. → Öppna intyget",
    ),
    "is-012": (signed(), child(COMPLEMENTS, is_signed=False), "Det finns redan en påbörjad komplettering → Öppna utkastet", AVAILABLE),
    "lus-01": (made(status=Status.LOCKED), Relatives(), "Utkastet är låst [last]", ""),
    "lus-01 by age": (made(created_at=NOW - timedelta(days=20)), Relatives(), "Utkastet är låst [last]", ""),
    "lus-02": (made(status=Status.LOCKED, **GONE), Relatives(), DRAFT_REVOKED, ""),
    "the newest of several": (
        signed(**SENT),
        child(REPLACES, at=30, is_signed=False),
        "Intyget är skickat till Försäkringskassan",
        AVAILABLE,
    ),
    "renewed": (signed(), child(RENEWS, is_signed=True), "Intyget är signerat", AVAILABLE),
    "replacement revoked": (signed(), child(REPLACES, is_signed=True, **GONE), "Intyget är signerat", AVAILABLE),
    "both revoked": (signed(relation=REPLACES, **GONE), parent(**GONE), REVOKED, ""),
    "replaced where the user may not read": (
        signed(),
        child(REPLACES, is_signed=True, unit_id="SE-ELSEWHERE"),
        "Intyget har ersatts av ett annat intyg",
        AVAILABLE,
    ),
}


def shown(slot: Slot | None) -> str:
    """Text, → words of the link, [dialog]."""
    if slot is None:
        return ""
    if slot.link:
        assert slot.link.id == RELATIVE
    return slot.text + (f" → {slot.link.label}" if slot.link else "") + (f" [{slot.opens}]" if slot.opens else "")


@pytest.mark.parametrize("id", ROWS)
def test_the_status_row(id: str) -> None:
    certificate, relatives, newest, beside = ROWS[id]
    it = standing(certificate, relatives, working("Maja Lindqvist", Role.DOCTOR, HERE))
    assert (shown(it.newest), shown(it.beside)) == (newest, beside)
