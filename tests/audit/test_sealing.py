"""Seals: nothing is missed, whatever order transactions end in; and whatever is done to the log by force is found."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from audit.logbook import TOLVAN, by_force, doctor, write, write_many  # noqa: F401
from webcert.audit.models import AuditEntry, Seal, Undelivered, Unsealed
from webcert.audit.sealing import BATCH, digest_of_entry, digest_of_seal, seal_waiting
from webcert.audit.verification import Flaw, flaws
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

INTACT: list[Flaw] = []


@pytest.fixture
def sealed() -> list[AuditEntry]:
    """Entries in three seals, the last of them not full."""
    entries = write_many(2 * BATCH + 5)
    seal_waiting()
    return entries


def found(noted: str = "") -> list[str]:
    return [str(flaw) for flaw in flaws(noted)]


def test_what_waits_is_sealed_in_the_order_of_time_in_short_batches() -> None:
    entries = write_many(2 * BATCH + 5)
    last = seal_waiting()
    seals = list(Seal.objects.order_by("number"))
    assert last == seals[-1]
    assert [seal.number for seal in seals] == [1, 2, 3]
    assert [id for seal in seals for id in seal.entry_ids] == [entry.id for entry in entries]
    assert [len(seal.entry_ids) for seal in seals] == [BATCH, BATCH, 5]
    assert [seal.previous for seal in seals] == ["", seals[0].digest, seals[1].digest]
    assert list(Undelivered.objects.order_by("seal_id").values_list("seal_id", flat=True)) == [1, 2, 3]
    assert not Unsealed.objects.exists()
    assert list(flaws()) == INTACT


def test_without_anything_new_there_is_no_seal(sealed: list[AuditEntry]) -> None:
    assert seal_waiting() is None
    assert Seal.objects.count() == 3


def test_the_next_seal_follows_the_last_one(sealed: list[AuditEntry], doctor: LoginContext) -> None:
    entry = write(doctor)
    seal = seal_waiting()
    assert seal
    assert (seal.number, seal.entry_ids) == (4, [entry.id])
    assert list(flaws()) == INTACT


def test_what_waits_to_be_sealed_is_no_flaw(sealed: list[AuditEntry], doctor: LoginContext) -> None:
    write(doctor)
    assert list(flaws()) == INTACT


def test_an_empty_log_is_intact() -> None:
    assert list(flaws()) == INTACT


@pytest.mark.parametrize("column", ["remark", "patient_id", "user_id", "unit_name", "at", "certificate_id", "owner_unit_id"])
def test_a_changed_entry_is_found(sealed: list[AuditEntry], column: str) -> None:
    new: Any = {"at": "2001-01-01T00:00Z", "certificate_id": uuid4()}.get(column, "annan")
    by_force(f"UPDATE audit_auditentry SET {column} = %s WHERE id = %s", new, sealed[60].id)
    assert found() == [f"seal 2: entry {sealed[60].id}: was changed"]
    assert TOLVAN not in str(found())


def test_a_removed_entry_is_found(sealed: list[AuditEntry]) -> None:
    by_force("DELETE FROM audit_auditentry WHERE id = %s", sealed[0].id)
    assert found() == [f"seal 1: entry {sealed[0].id}: is missing"]


def test_an_entry_that_was_removed_before_it_was_sealed_is_found(sealed: list[AuditEntry], doctor: LoginContext) -> None:
    entry = write(doctor)
    by_force("DELETE FROM audit_auditentry WHERE id = %s", entry.id)
    assert seal_waiting() is None
    assert found() == [f"entry {entry.id}: was removed before it was sealed"]


def test_an_entry_that_was_slipped_in_is_found(sealed: list[AuditEntry]) -> None:
    columns = [field.attname for field in AuditEntry._meta.concrete_fields if field.attname != "id"]
    id = uuid4()
    by_force(f"INSERT INTO audit_auditentry (id, {', '.join(columns)}) SELECT %s, {', '.join(columns)} FROM audit_auditentry LIMIT 1", id)
    (told,) = found()
    assert told.startswith(f"entry {id}: is neither sealed nor waits to be")


def test_an_entry_that_takes_the_place_of_another_is_found(sealed: list[AuditEntry]) -> None:
    by_force("UPDATE audit_auditentry SET id = %s WHERE id = %s", new := uuid4(), sealed[7].id)
    told = found()
    assert told[0] == f"seal 1: entry {sealed[7].id}: is missing"
    assert told[1].startswith(f"entry {new}: is neither sealed")


def test_a_seal_that_was_made_to_fit_a_changed_entry_is_found(sealed: list[AuditEntry]) -> None:
    by_force("UPDATE audit_auditentry SET remark = 'annat' WHERE id = %s", sealed[60].id)
    seal = Seal.objects.get(number=2)
    seal.entry_digests[10] = digest_of_entry(AuditEntry.objects.get(pk=sealed[60].id))
    forged = digest_of_seal(seal, "whoever lacks the key guesses it")
    by_force("UPDATE audit_seal SET entry_digests = %s, digest = %s WHERE number = 2", seal.entry_digests, forged)
    assert found() == ["seal 2: was changed, or made with a secret key that is not given", "seal 3: does not follow the seal before it"]


@pytest.mark.parametrize(
    "change", ["at = at + interval '1 s'", "entry_ids = entry_ids[2:]", "previous = repeat('0', 64)", "digest = repeat('0', 64)"]
)
def test_a_changed_seal_is_found(sealed: list[AuditEntry], change: str) -> None:
    by_force(f"UPDATE audit_seal SET {change} WHERE number = 2")
    assert "seal 2: was changed, or made with a secret key that is not given" in found()


def test_a_removed_seal_is_found(sealed: list[AuditEntry]) -> None:
    by_force("DELETE FROM audit_undelivered; DELETE FROM audit_seal WHERE number = 2")
    told = found()
    assert told[0] == "seal 2: is missing, as is all up to seal 3"
    assert len([line for line in told if "is neither sealed" in line]) == BATCH


def test_an_end_that_was_cut_off_is_found_against_a_seal_that_was_noted(sealed: list[AuditEntry]) -> None:
    last = Seal.objects.get(number=3)
    assert list(flaws(last.note)) == INTACT
    by_force("DELETE FROM audit_undelivered")
    by_force("DELETE FROM audit_auditentry WHERE id = ANY(%s)", last.entry_ids)
    by_force("DELETE FROM audit_seal WHERE number = 3")
    assert list(flaws()) == INTACT
    assert found(last.note) == ["seal 3: is missing, as are all after it"]
    assert found(last.note.replace("3:", "2:", 1)) == ["seal 2: is not the seal that was noted"]


def test_what_was_sealed_with_a_former_key_is_verified_with_it(sealed: list[AuditEntry], doctor: LoginContext, settings: Any) -> None:
    former, settings.SECRET_KEY = settings.SECRET_KEY, "a new secret key of more than 32 characters"
    write(doctor)
    seal_waiting()
    settings.SECRET_KEY_FALLBACKS = [former]
    assert list(flaws()) == INTACT
    settings.SECRET_KEY_FALLBACKS = []
    assert found() == [f"seal {number}: was changed, or made with a secret key that is not given" for number in (1, 2, 3)]


@pytest.fixture
def others() -> Iterator[list[psycopg.Connection[Any]]]:
    """Three sessions beside the test's own."""
    parameters = connection.get_connection_params() | {"autocommit": False}
    parameters.pop("cursor_factory")
    parameters.pop("context")
    sessions = [psycopg.connect(**parameters) for _ in range(3)]
    yield sessions
    for session in sessions:
        session.close()


@pytest.mark.django_db(transaction=True)
def test_transactions_that_end_late_are_sealed_later_and_never_missed(others: list[psycopg.Connection[Any]], doctor: LoginContext) -> None:
    """The one that wrote first commits last: neither the order of writing nor gaps of those who gave up hide anything, and nobody waits."""
    pattern = write(doctor)
    columns = [field.attname for field in AuditEntry._meta.concrete_fields if field.attname != "id"]
    again = f"INSERT INTO audit_auditentry (id, {', '.join(columns)}) SELECT %s, {', '.join(columns)} FROM audit_auditentry WHERE id = %s"
    early, gave_up, late = ids = [uuid4() for _ in others]
    for session, id in zip(others, ids, strict=True):
        session.execute(again, [id, pattern.id])
    others[2].commit()
    assert seal_waiting()
    others[1].rollback()
    others[0].commit()
    assert seal_waiting()
    sealed = [id for seal in Seal.objects.order_by("number") for id in seal.entry_ids]
    assert set(sealed[:2]) == {pattern.id, late}
    assert sealed[2:] == [early]
    assert gave_up not in sealed
    assert list(flaws()) == INTACT
