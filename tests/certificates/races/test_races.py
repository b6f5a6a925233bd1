"""Two do something to the same certificate at the same moment: one way or the other, never both and never half, and what must always hold
holds after every round. Each race is run between processes and between threads, and WEBCERT_RACE_ROUNDS says how many rounds (200 when it
is not set)."""

import logging
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.db.models import Model

from certificates.any_life.laws import check
from certificates.any_life.seen import look
from certificates.races.acts import fourteen_days_pass
from certificates.races.contest import Contestant, Processes, Race, Sides, Threads, at_once
from certificates.test_life import codes, draft, fields_of, filled, kinds, signed  # noqa: F401
from clinic import doctor, outside, patient, running_simulators, simulators, working  # noqa: F401
from example_fk7804 import FULL
from pen import about_to_sign, proof_of, sign
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import Refused
from webcert.certificates.models import Certificate, Event, Signature
from webcert.signing import actions as signings
from webcert.signing.models import Status as SigningStatus
from webcert.signing.models import Ticket
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db(transaction=True)

WRONG_PATIENT = {"reason": "FEL_PATIENT", "text": ""}

ROUNDS = int(os.environ.get("WEBCERT_RACE_ROUNDS", "200"))


@pytest.fixture(scope="module")
def processes(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    both = Processes(ROUNDS, connections["default"].settings_dict, tmp_path_factory.mktemp("sides"))
    yield both
    both.end()


@pytest.fixture(params=["processes", "threads"])
def race(request: pytest.FixtureRequest, settings: Any, outside: object) -> Iterator[Race]:
    """The two sides, who do not wait for the population register, and no log."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 3600})
    logging.disable()
    if request.param == "processes":
        processes: Processes = request.getfixturevalue("processes")
        processes.settle(settings.WEBCERT)
        yield processes
    else:
        threads = Threads(ROUNDS)
        yield threads
        threads.end()
    logging.disable(logging.NOTSET)


@pytest.fixture
def colleague() -> LoginContext:
    return working("Sofia Berglund", Role.DOCTOR)


@pytest.fixture
def full(draft: Certificate, doctor: LoginContext) -> Certificate:
    return filled(draft, doctor)


def copies(pattern: Certificate, race: Race) -> list[UUID]:
    """For each round another certificate, just like that one, with the same history."""
    ids = [uuid4() for _ in range(race.rounds)]
    for model, key in ((Certificate, "id"), (Signature, "certificate_id"), (Event, "certificate_id"), (AuditEntry, "certificate_id")):
        _copy(model, key, pattern.id, ids)
    return ids


def _copy(model: type[Model], key: str, of: UUID, ids: list[UUID]) -> None:
    values = {field.column: field.column for field in model._meta.concrete_fields}
    if model._meta.pk.column != key:
        values.pop("id") if model is Event else values.update(id="gen_random_uuid()")
    values[key] = "copy"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(values)}) SELECT {', '.join(values.values())} FROM {table}, unnest(%s) copy WHERE {key} = %s",
            [ids, of],
        )


@dataclass(frozen=True)
class Round:
    """What a round has left: the certificate (None when it is gone), what happened to it, and how many others follow from it."""

    row: Any
    happened: list[str]
    children: int


def left(id: UUID, pattern: Certificate) -> Round:
    """What there is now of a copy of the pattern, in which everything is as it must always be."""
    now = look(id)
    check(now, clock.now())
    row = now.certificates.get(id)
    return Round(row, now.history(id)[len(kinds(pattern)) :], len(now.certificates) - bool(row))


def document(id: UUID) -> bytes:
    """The signed document, byte for byte."""
    return bytes(Certificate.objects.values_list("signed_xml", flat=True).get(pk=id))


def is_fair(outcomes: Iterable[object]) -> bool:
    """Whether neither side has always been first; a few rounds prove nothing."""
    first = list(outcomes)
    return len(first) < 50 or len(set(first)) > 1


def signing(of: UUID, pattern: Certificate, by: LoginContext) -> Contestant:
    return partial(about_to_sign, of, revision=pattern.revision, by=by)


def test_two_signers(full: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    first = []
    for id, done in race(copies(full, race), lambda id: (signing(id, full, doctor), signing(id, full, colleague))):
        after, signer = left(id, full), doctor if done[0] else colleague
        assert (sorted(done), after.happened) == ([False, True], ["SIGNED"])
        assert after.row["signed_by_id"] == signer.user.hsa_id
        assert signer.user.hsa_id.encode() in document(id)
        first.append(signer)
    assert is_fair(signer.user.hsa_id for signer in first)


def test_signer_against_editor(full: Certificate, doctor: LoginContext, race: Race) -> None:
    text, outcomes = "I sista stund", []
    fields = fields_of(FULL | {"unit": full.answers["unit"], "25": text})
    saving = partial(actions.save, fields=fields, focus="", revision=full.revision, sequence=full.sequence + 1, by=doctor)
    for id, (is_signed, saved) in race(copies(full, race), lambda id: (signing(id, full, doctor), at_once(saving, id))):
        after = left(id, full)
        assert is_signed != saved, "what was signed is what was seen; a change that came before makes her read it again"
        assert (text in after.row["answers"]) == saved
        assert after.happened == (["SIGNED"] if is_signed else [])  # the copy has been changed since it was opened
        assert not is_signed or text.encode() not in document(id)
        outcomes.append(is_signed)
    assert is_fair(outcomes)


def test_signer_against_the_lock_job(full: Certificate, doctor: LoginContext, race: Race) -> None:
    outcomes = []
    for id, (is_signed, _job) in race(copies(full, race), lambda id: (signing(id, full, doctor), at_once(fourteen_days_pass, id))):
        ending.lock_old_drafts()
        after = left(id, full)
        assert (after.row["status"], after.happened) == (("SIGNED", ["SIGNED"]) if is_signed else ("DRAFT_LOCKED", ["LOCKED"]))
        outcomes.append(is_signed)
    assert is_fair(outcomes)


def test_delete_against_sign(full: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    deleting, outcomes = partial(actions.delete, by=colleague), []
    for id, (is_signed, deleted) in race(copies(full, race), lambda id: (signing(id, full, doctor), at_once(deleting, id))):
        after = left(id, full)
        assert is_signed != deleted
        assert after.happened == (["SIGNED"] if is_signed else ["DELETED"])
        assert (after.row is not None) == is_signed
        outcomes.append(is_signed)
    assert is_fair(outcomes)


def test_replace_twice(signed: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    hers, his, outcomes = partial(following.replace, by=doctor), partial(following.replace, by=colleague), []
    for id, done in race(copies(signed, race), lambda id: (at_once(hers, id), at_once(his, id))):
        after = left(id, signed)
        assert (sorted(done), after.children, after.happened) == ([False, True], 1, [])
        outcomes.append(done)
    assert is_fair(outcomes)


def test_renew_twice_by_one_button(signed: Certificate, doctor: LoginContext, race: Race) -> None:
    def pressed(ids: tuple[UUID, UUID]) -> Sides:
        id, new_id = ids
        press = at_once(following.renew, id, by=doctor, new_id=new_id)
        return press, press

    for (id, new_id), done in race([(id, uuid4()) for id in copies(signed, race)], pressed):
        assert done == (True, True)
        assert left(id, signed).children == 1
        assert look(new_id).history(new_id) == ["CREATED"]


def test_revoke_against_send(signed: Certificate, doctor: LoginContext, race: Race) -> None:
    revoking, sending, outcomes = partial(ending.revoke, **WRONG_PATIENT, by=doctor), partial(actions.send, by=doctor), []
    for id, (revoked, sent) in race(copies(signed, race), lambda id: (at_once(revoking, id), at_once(sending, id))):
        after = left(id, signed)
        assert revoked
        assert after.happened == (["SENT", "REVOKED"] if sent else ["REVOKED"])
        assert (after.row["sent_at"] is not None) == sent
        outcomes.append(sent)
    assert is_fair(outcomes)


def test_signing_a_replacement_against_revoking_what_it_replaces(
    signed: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race
) -> None:
    replacing, outcomes = following.replace(signed.id, by=doctor), []

    def sides(ids: tuple[UUID, UUID]) -> Sides:
        parent, id = ids
        Certificate.objects.filter(pk=id).update(parent_id=parent)
        return signing(id, replacing, doctor), at_once(ending.revoke, parent, **WRONG_PATIENT, by=colleague)

    for (parent, id), (replaced, revoked) in race(zip(copies(signed, race), copies(replacing, race), strict=True), sides):
        assert revoked
        assert left(parent, signed).happened == (["REPLACED", "REVOKED"] if replaced else ["REVOKED"])
        assert look(parent).history(id)[-1] == ("SIGNED" if replaced else "CREATED")
        outcomes.append(replaced)
    assert is_fair(outcomes)


def test_T24_twenty_requests_that_finish_the_same_signing(full: Certificate, doctor: LoginContext) -> None:
    """As when a page is loaded again and again while the answer of the signing service is being taken in: all find the ticket open,
    one signs, and each is told that it is signed."""
    ticket = signings.start(full.id, revision=full.revision, session="hers", by=doctor)
    proof, line = proof_of(ticket.certificate_id, ticket.digest, doctor), Barrier(20)

    def finish(_: int) -> bool:
        mine = Ticket.objects.get(pk=ticket.pk)
        line.wait(timeout=30)
        try:
            signings.finish(mine, proof, by=doctor)
        finally:
            connections.close_all()
        return mine.status == SigningStatus.SIGNED

    with ThreadPoolExecutor(20) as threads:
        assert all(threads.map(finish, range(20)))
    ticket.refresh_from_db()
    assert ticket.status == SigningStatus.SIGNED
    assert kinds(full).count("SIGNED") == 1
    assert Signature.objects.count() == 1


def test_T24_twenty_who_sign_the_same_draft(full: Certificate, doctor: LoginContext, colleague: LoginContext) -> None:
    line = Barrier(20)

    def one(number: int) -> bool:
        line.wait(timeout=30)
        try:
            sign(full.id, revision=full.revision, by=colleague if number % 2 else doctor)
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(20) as threads:
        assert list(threads.map(one, range(20))).count(True) == 1
    assert kinds(full).count("SIGNED") == 1
    assert Signature.objects.count() == 1
