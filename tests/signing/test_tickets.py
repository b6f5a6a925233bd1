"""A signing from ticket to certificate, whatever the method: every rule at both ends, and nothing is lost in between."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine

from certificates.test_life import codes, filled  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators, working  # noqa: F401
from example_fk7804 import FULL
from web_user import UNIT, fields_of
from webcert.certificates import actions as certificates
from webcert.certificates import signing
from webcert.certificates.errors import ChangedMeanwhile, Denied, Incomplete, NotFound, StaleRevision
from webcert.certificates.models import Certificate, Signature
from webcert.certificates.signing import Proof
from webcert.patients.models import Person
from webcert.signing import actions
from webcert.signing.models import LASTS, Status, Ticket
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

HERS = "her session"


@pytest.fixture
def draft(doctor: LoginContext, patient: Person) -> Certificate:
    """A complete FK 7804 that the doctor has open."""
    made = certificates.create("lisjp", patient=patient, by=doctor)
    return filled(certificates.open_draft(made.id, by=doctor).certificate, doctor)


def begun(draft: Certificate, by: LoginContext) -> Ticket:
    return actions.start(draft.id, revision=draft.revision, session=HERS, by=by)


def proof_of(ticket: Ticket) -> Proof:
    """Without an XML signature, so that what is kept is the document as it was prepared."""
    return Proof(Signature.Kind.XMLDSIG, ticket.digest, b"evidence")


def test_A_053_a_signing_ends_with_the_certificate_signed(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    actions.finish(ticket, proof_of(ticket), by=doctor)
    draft.refresh_from_db()
    assert (ticket.status, draft.is_signed, draft.signed_by_id) == (Status.SIGNED, True, doctor.user.hsa_id)
    assert (bytes(draft.signed_xml or b""), draft.digest, draft.signed_at) == (bytes(ticket.document), ticket.digest, ticket.signed_at)
    assert (draft.signature.kind, draft.signature.method, bytes(draft.signature.evidence)) == ("XMLDSIG", "SITHS", b"evidence")


def test_until_then_the_draft_is_a_draft_and_can_be_signed_anew(draft: Certificate, doctor: LoginContext) -> None:
    first = begun(draft, doctor)
    draft.refresh_from_db()
    assert draft.is_open_draft
    assert begun(draft, doctor) == first, "a button that is pressed twice"
    certificates.save(draft.id, fields=fields_of(FULL | {"unit": UNIT}), focus="", revision=draft.revision, sequence=9, by=doctor)
    second = begun(draft, doctor)
    first.refresh_from_db()
    assert first.status == Status.CANCELLED
    with pytest.raises(actions.Ended):
        actions.finish(first, proof_of(first), by=doctor)
    actions.finish(second, proof_of(second), by=doctor)


def test_finished_twice_it_is_signed_once(draft: Certificate, doctor: LoginContext) -> None:
    ticket, same = begun(draft, doctor), None
    same = Ticket.objects.get(pk=ticket.pk)
    actions.finish(ticket, proof_of(ticket), by=doctor)
    actions.finish(ticket, proof_of(ticket), by=doctor)
    actions.finish(same, proof_of(same), by=doctor)  # as a request that read the ticket before the other was done
    assert Signature.objects.count() == 1
    assert same.status == Status.SIGNED, "and its page says so"


def test_what_is_signed_is_signed_though_she_gave_it_up_at_that_moment(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    actions.cancel(Ticket.objects.get(pk=ticket.pk))
    actions.finish(ticket, proof_of(ticket), by=doctor)  # as a request that read the ticket before
    ticket.refresh_from_db()
    assert ticket.status == Status.SIGNED


def test_what_comes_too_late_ends_as_it_has_ended(draft: Certificate, doctor: LoginContext) -> None:
    ticket, late = begun(draft, doctor), Ticket.objects.get()
    actions.cancel(ticket, "Hon ville inte.")
    actions.fail(late, "Något annat.")
    assert (late.status, late.problem) == (Status.CANCELLED, "Hon ville inte.")


def test_T02_a_care_administrator_signs_by_no_way(draft: Certificate, administrator: LoginContext) -> None:
    with pytest.raises(Denied):
        begun(draft, administrator)
    assert not Ticket.objects.exists()


def test_an_incomplete_draft_has_no_ticket(doctor: LoginContext, patient: Person) -> None:
    empty = certificates.create("lisjp", patient=patient, by=doctor)
    with pytest.raises(Incomplete):
        begun(empty, doctor)


def test_T03_what_has_changed_since_is_not_signed(draft: Certificate, doctor: LoginContext) -> None:
    with pytest.raises(StaleRevision):
        actions.start(draft.id, revision=draft.revision - 1, session=HERS, by=doctor)
    ticket = begun(draft, doctor)
    certificates.save(draft.id, fields={}, focus="", revision=draft.revision, sequence=2, by=doctor)
    with pytest.raises(Incomplete):
        actions.finish(ticket, proof_of(ticket), by=doctor)
    assert ticket.status == Status.FAILED
    other = FULL | {"unit": UNIT, "25": "Mer än förut."}
    certificates.save(draft.id, fields=fields_of(other), focus="", revision=draft.revision, sequence=3, by=doctor)
    Ticket.objects.update(status=Status.PROCESSING)
    ticket.refresh_from_db()
    with pytest.raises(ChangedMeanwhile):
        actions.finish(ticket, proof_of(ticket), by=doctor)
    assert not Signature.objects.exists()


def test_T04_somebody_else_s_ticket_is_of_no_use(draft: Certificate, doctor: LoginContext) -> None:
    ticket, colleague = begun(draft, doctor), working("Någon Annan", Role.DOCTOR)
    with pytest.raises(Denied):
        actions.ticket_of(ticket.pk, session=HERS, by=colleague)
    with pytest.raises(Denied):
        actions.ticket_of(ticket.pk, session="another session", by=doctor)
    with pytest.raises(NotFound):
        actions.ticket_of(draft.id, session=HERS, by=doctor)
    assert actions.ticket_of(ticket.pk, session=HERS, by=doctor) == ticket


def test_what_is_not_byte_for_byte_what_the_draft_says_is_refused(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    ticket.document = re.sub(rb"(</[a-z:]*delsvar>)", rb"!\1", ticket.document, count=1)
    with pytest.raises(ChangedMeanwhile):
        actions.finish(ticket, proof_of(ticket), by=doctor)
    draft.refresh_from_db()
    assert (ticket.status, draft.is_open_draft) == (Status.FAILED, True)


def test_a_signature_of_something_else_is_refused(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    proof = proof_of(ticket)
    ticket.digest = ticket.digest[::-1]
    with pytest.raises(ChangedMeanwhile):
        actions.finish(ticket, proof, by=doctor)
    draft.refresh_from_db()
    assert (ticket.status, draft.is_open_draft) == (Status.FAILED, True)


def test_a_right_that_is_lost_meanwhile_counts(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    with pytest.raises(Denied):
        actions.finish(ticket, proof_of(ticket), by=working(doctor.user.name, Role.CARE_ADMINISTRATOR))
    draft.refresh_from_db()
    assert (ticket.status, draft.is_open_draft) == (Status.FAILED, True)


def test_after_a_quarter_of_an_hour_it_is_over(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    with time_machine.travel(clock.now() + LASTS + timedelta(seconds=1), tick=False), pytest.raises(actions.Ended):
        actions.finish(ticket, proof_of(ticket), by=doctor)
    with time_machine.travel(clock.now() + 3 * LASTS, tick=False):
        actions.clear_away()
    assert not Ticket.objects.exists()


def test_the_certificate_is_signed_with_its_ticket_or_not_at_all(draft: Certificate, doctor: LoginContext) -> None:
    ticket = begun(draft, doctor)
    with patch.object(signing, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):  # as when it is killed in the middle
        actions.finish(ticket, proof_of(ticket), by=doctor)
    assert (Ticket.objects.get().status, Certificate.objects.get().is_signed) == (Status.PROCESSING, False)
    actions.finish(ticket, proof_of(ticket), by=doctor)
    assert (Ticket.objects.get().status, Certificate.objects.get().is_signed) == (Status.SIGNED, True)


def test_the_time_in_the_document_is_that_of_the_ticket(draft: Certificate, doctor: LoginContext, settings: Any) -> None:
    prepared = signing.prepare(draft.id, revision=draft.revision, by=doctor)
    told = prepared.signed_at.astimezone(clock.SWEDEN).strftime("%Y-%m-%dT%H:%M:%S")
    assert f"signeringstidpunkt>{told}<".encode() in prepared.document.xml
