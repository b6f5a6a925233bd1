"""Erasure on the authority's decision: two steps, everything at once, and what stays (A-107)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from certificates.test_life import codes, draft, filled, kinds, signed  # noqa: F401
from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators  # noqa: F401
from pen import sign
from recipients.test_revocation import FIRST
from told import told
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, ending, erasing, following
from webcert.certificates.errors import NotConfirmed, NotFound
from webcert.certificates.models import Certificate, Event
from webcert.recipients import tasks
from webcert.site.cli import main
from webcert.site.commands import erase
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

DECISION, OPERATOR = "IVO 1.2-34567/2026", "SE2321000990-9001"
ON = {"decision": DECISION, "operator": OPERATOR}


def code_for(certificate: Certificate) -> str:
    return erasing.prepared(certificate.id, **ON).code


def test_A_107_only_an_erasure_takes_a_certificate_out_of_the_database(
    signed: Certificate, doctor: LoginContext, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=doctor)
    assert Certificate.objects.filter(pk=signed.id).exists()
    logged = AuditEntry.objects.filter(certificate_id=signed.id).count()
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(signed.id, code=code_for(signed), **ON)
    assert not Certificate.objects.filter(pk=signed.id).exists()
    event = Event.objects.filter(certificate_id=signed.id).latest("id")
    assert (event.kind, event.by_id, event.detail) == ("ERASED", OPERATOR, DECISION)
    assert AuditEntry.objects.filter(certificate_id=signed.id).count() == logged + 1
    entry = AuditEntry.objects.get(certificate_id=signed.id, user_id=OPERATOR)
    assert (entry.activity, entry.remark) == ("Radera", f"Intyget utplånat enligt beslut {DECISION}")
    assert (entry.patient_id, entry.unit_id, entry.owner_unit_id) == (TOLVAN, signed.unit_id, signed.unit_id)
    (line,) = told(caplog, "INTYG_ERASED")
    assert (line["user"], line["certificate"], line["level"]) == (OPERATOR, str(signed.id), "warning")


def test_nothing_is_erased_without_the_code_for_just_this(signed: Certificate, draft: Certificate, doctor: LoginContext) -> None:
    code, before = code_for(signed), kinds(signed)
    for wrong in ({"code": ""}, {"code": "0" * 8}, {"code": code, "decision": "en annan"}, {"code": code, "operator": "SE1"}):
        with pytest.raises(NotConfirmed):
            erasing.erase(signed.id, **(ON | {"code": ""} | wrong))
    actions.send(signed.id, by=doctor)
    with pytest.raises(NotConfirmed):
        erasing.erase(signed.id, code=code, **ON)
    assert kinds(signed) == [*before, "SENT"]
    for unknown in (lambda: erasing.prepared(uuid4(), **ON), lambda: erasing.erase(uuid4(), code=code, **ON)):
        with pytest.raises(NotFound):
            unknown()


def test_what_follows_from_it_stays_and_follows_from_nothing(signed: Certificate, doctor: LoginContext) -> None:
    renewal, replacing = following.renew(signed.id, by=doctor), following.replace(signed.id, by=doctor)
    opened = actions.open_draft(replacing.id, by=doctor).certificate
    kept = sign(replacing.id, revision=opened.revision, by=doctor)
    assert erasing.prepared(signed.id, **ON).followers == 2
    erasing.erase(signed.id, code=code_for(signed), **ON)
    for id in (renewal.id, replacing.id):
        assert (lambda child: (child.parent_id, child.relation))(Certificate.objects.get(pk=id)) == (None, "")
        actions.open_one(id, by=doctor)
    assert bytes(Certificate.objects.get(pk=kept.id).signed_xml or b"") == kept.signed_xml
    filled(actions.open_draft(renewal.id, by=doctor).certificate, doctor)
    sign(renewal.id, revision=Certificate.objects.get(pk=renewal.id).revision, by=doctor)


def test_what_waits_to_be_delivered_is_taken_out_of_the_queue(signed: Certificate, doctor: LoginContext) -> None:
    actions.send(signed.id, by=doctor)
    ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=doctor)
    assert ProcrastinateJob.objects.filter(lock=str(signed.id)).count() == 2
    erasing.erase(signed.id, code=code_for(signed), **ON)
    assert not ProcrastinateJob.objects.filter(lock=str(signed.id)).exists()
    tasks.deliver_certificate.func(FIRST, certificate_id=str(signed.id))
    tasks.revoke_certificate.func(FIRST, certificate_id=str(signed.id))
    assert kinds(signed)[-1] == "ERASED"


# The command


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs `webcert erase` with the arguments; gives its exit code, what it printed and what it complained about."""

    @contextmanager
    def here(process: str) -> Iterator[None]:
        yield

    monkeypatch.setattr(erase, "django_with_database", here)

    def run(*arguments: str) -> tuple[int, str, str]:
        exit_code = main(["erase", *arguments])
        printed = capsys.readouterr()
        return exit_code, printed.out, printed.err

    return run


def test_the_command_tells_first_and_erases_when_it_is_given_the_code(signed: Certificate, doctor: LoginContext, command: Any) -> None:
    actions.send(signed.id, by=doctor)
    following.renew(signed.id, by=doctor)
    arguments = (str(signed.id), "--decision", DECISION, "--operator", OPERATOR)
    exit_code, out, _ = command(*arguments)
    assert exit_code == 0
    assert "sent to FKASSA" in out
    assert "lose the link: 1" in out
    assert TOLVAN not in out
    assert Certificate.objects.filter(pk=signed.id).exists()
    assert command(*arguments, "--code", "00000000")[0] == 1
    code = out.split()[-1]
    exit_code, out, _ = command(*arguments, "--code", code)
    assert (exit_code, out) == (0, "erased\n")
    exit_code, _, complaint = command(*arguments, "--code", code)
    assert (exit_code, complaint) == (1, "webcert: there is no such certificate\n")


def test_the_command_wants_a_decision_and_an_operator(signed: Certificate, command: Any) -> None:
    for arguments in ((), ("--decision", DECISION), ("--decision", " ", "--operator", OPERATOR)):
        with pytest.raises(SystemExit):
            command(str(signed.id), *arguments)
    with pytest.raises(argparse.ArgumentTypeError):
        erase._words("x" * 201)
