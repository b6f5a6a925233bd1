"""Two do something to the same certificate at the same moment, each in a thread with a connection of its own: one way or the other, never
both and never half. WEBCERT_RACE_ROUNDS says how many times (50 when it is not set)."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from certificates.test_life import codes, draft, fields_of, filled, kinds, signed  # noqa: F401
from certificates.test_pages import remembered  # noqa: F401
from clinic import doctor, outside, patient, running_simulators, simulators, working  # noqa: F401
from example_fk7804 import FULL
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import Refused
from webcert.certificates.models import Certificate, Status
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("WEBCERT_RACE_ROUNDS", "50"))

Race = Callable[..., list[bool]]


@pytest.fixture
def race() -> Iterator[Race]:
    """Lets two loose at once; tells for each whether it was done (True) or refused. Anything else that goes wrong fails the test."""
    line = Barrier(2)

    def run(contestant: Callable[[], Any]) -> bool:
        line.wait(timeout=30)
        try:
            contestant()
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        yield lambda *contestants: list(threads.map(run, contestants))
        list(threads.map(lambda _: (line.wait(timeout=30), connections.close_all()), range(2)))


@pytest.fixture
def colleague() -> LoginContext:
    return working("Sofia Berglund", Role.DOCTOR)


def again(pattern: Certificate) -> Certificate:
    """Another certificate, just like that one."""
    made = now(pattern)
    made.pk = uuid4()
    made.save(force_insert=True)
    return made


@pytest.fixture
def full(draft: Certificate, doctor: LoginContext) -> Certificate:
    return filled(draft, doctor)


def now(certificate: Certificate) -> Certificate:
    return Certificate.objects.get(pk=certificate.pk)


def test_two_signers(full: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    for _ in range(ROUNDS):
        it = again(full)
        done = race(*(partial(actions.sign, it.id, revision=it.revision, by=by) for by in (doctor, colleague)))
        assert sorted(done) == [False, True]
        assert kinds(it) == ["SIGNED"]
        signer = doctor if done[0] else colleague
        assert now(it).signed_by_id == signer.user.hsa_id
        assert signer.user.hsa_id.encode() in bytes(now(it).signed_xml or b"")


def test_signer_against_editor(full: Certificate, doctor: LoginContext, race: Race) -> None:
    fields = fields_of(FULL | {"unit": full.answers["unit"], "25": "I sista stund"})
    for _ in range(ROUNDS):
        it = again(full)
        signed, saved = race(
            partial(actions.sign, it.id, revision=it.revision, by=doctor),
            partial(actions.save, it.id, fields=fields, focus="", revision=it.revision, sequence=it.sequence + 1, by=doctor),
        )
        assert signed
        assert saved == (b"I sista stund" in bytes(now(it).signed_xml or b"")) == (now(it).answers["25"] == "I sista stund")


def test_signer_against_the_lock_job(full: Certificate, doctor: LoginContext, race: Race) -> None:
    def fourteen_days_pass(it: Certificate) -> None:
        Certificate.objects.filter(pk=it.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
        ending.lock_old_drafts()

    for _ in range(ROUNDS):
        it = again(full)
        signed, _job = race(partial(actions.sign, it.id, revision=it.revision, by=doctor), partial(fourteen_days_pass, it))
        ending.lock_old_drafts()
        assert now(it).status == (Status.SIGNED if signed else Status.LOCKED)
        assert kinds(it) == (["SIGNED"] if signed else ["LOCKED"])
        assert signed == (now(it).signed_xml is not None)


def test_delete_against_sign(full: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    for _ in range(ROUNDS):
        it = again(full)
        signed, deleted = race(partial(actions.sign, it.id, revision=it.revision, by=doctor), partial(actions.delete, it.id, by=colleague))
        assert signed != deleted
        assert kinds(it) == (["SIGNED"] if signed else ["DELETED"])
        assert Certificate.objects.filter(pk=it.id).exists() == signed


def test_replace_twice(signed: Certificate, doctor: LoginContext, colleague: LoginContext, race: Race) -> None:
    for _ in range(ROUNDS):
        it = again(signed)
        done = race(*(partial(following.replace, it.id, by=by) for by in (doctor, colleague)))
        assert sorted(done) == [False, True]
        assert Certificate.objects.filter(parent_id=it.id).count() == 1


def test_renew_twice_by_one_button(signed: Certificate, doctor: LoginContext, race: Race) -> None:
    for _ in range(ROUNDS):
        it, new_id = again(signed), uuid4()
        assert race(*[partial(following.renew, it.id, by=doctor, new_id=new_id)] * 2) == [True, True]
        assert Certificate.objects.filter(parent_id=it.id).count() == 1
        assert kinds(now(Certificate(id=new_id))) == ["CREATED"]


def test_revoke_against_send(signed: Certificate, doctor: LoginContext, race: Race) -> None:
    for _ in range(ROUNDS):
        it = again(signed)
        revoked, sent = race(
            partial(ending.revoke, it.id, reason="FEL_PATIENT", text="", by=doctor), partial(actions.send, it.id, by=doctor)
        )
        assert revoked
        assert kinds(it) == (["SENT", "REVOKED"] if sent else ["REVOKED"])
        assert (now(it).sent_at is not None) == sent
