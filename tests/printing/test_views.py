"""The print through its address: what it holds of a record, who gets it, and that it is recorded."""

import io
from typing import Any

import pypdf
import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from clinic import administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import FULL
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificates import actions
from webcert.certificates.models import Certificate, Event, Status
from webcert.code_systems.actions import load_starter_lists
from webcert.code_systems.register import REGISTER
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.staff.session import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(patient: Person, doctor: LoginContext) -> Certificate:
    draft = actions.create("lisjp", patient=patient, by=doctor)
    draft.answers |= FULL
    draft.save()
    return draft


@pytest.fixture
def signed(draft: Certificate, doctor: LoginContext) -> Certificate:
    load_starter_lists()
    REGISTER.forget()
    return actions.sign(draft.id, revision=draft.revision, by=doctor)


def get(certificate: Certificate, login: LoginContext | None) -> Any:
    """The answer to the one who asks for the print."""
    client = Client()
    if login:
        request = HttpRequest()
        request.session = client.session
        keep(request, login)
        request.session.save()
    return client.get(f"/intyg/{certificate.id}/skriv-ut")


def text_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())


def test_A_071_a_signed_certificate_gives_a_pdf_of_the_signed_document(signed: Certificate, doctor: LoginContext) -> None:
    answer = get(signed, doctor)
    text = text_of(answer)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    for fact in (
        "Elektroniskt signerat intyg",
        "signerats elektroniskt av Maja Lindqvist",
        "Överläkare",
        "Allmänmedicin",
        "1234567",
        "Björkängens vårdcentral Björkvägen 1 123 45 Björkhagen",
        "19121212-1212",
        f"Intygs-ID: {signed.id}",
        "Utmattningssyndrom",
    ):
        assert fact in text


def test_A_071_the_print_of_a_sent_certificate_says_so(signed: Certificate, doctor: LoginContext) -> None:
    actions.send(signed.id, by=doctor)

    assert "Skickat till Försäkringskassan 20" in text_of(get(signed, doctor))


def test_A_072_a_draft_and_a_locked_draft_say_what_they_are(draft: Certificate, doctor: LoginContext) -> None:
    assert "UTKAST Utkast – inte signerat" in text_of(get(draft, doctor)).replace("19121212-1212 Tolvan Tolvansson ", "")

    draft.status = Status.LOCKED
    draft.save()

    text = text_of(get(draft, doctor))
    assert "Låst utkast – inte signerat" in text
    assert "Björkängens vårdcentral Björkvägen 1 123 45 Björkhagen" in text


def test_the_file_name_tells_type_and_time_and_nothing_about_the_patient(
    draft: Certificate,
    doctor: LoginContext,
    time_machine: Any,
) -> None:
    time_machine.move_to("2026-11-22 08:05:00+01:00", tick=False)

    disposition = get(draft, doctor).headers["Content-Disposition"]
    assert disposition == 'inline; filename="lakarintyg_sjukpenning_26-11-22_0805.pdf"'


def test_a_print_is_recorded_and_logged(signed: Certificate, doctor: LoginContext) -> None:
    get(signed, doctor)

    assert Event.objects.filter(certificate_id=signed.id, kind="PRINTED", by_id=doctor.user.hsa_id).count() == 1
    assert AuditEntry.objects.filter(certificate_id=signed.id, remark="Intyg utskrivet").count() == 1


def test_a_revoked_certificate_is_not_printed(signed: Certificate, doctor: LoginContext) -> None:
    signed.revoked_at = timezone.now()
    signed.save()

    answer = get(signed, doctor)
    assert answer.status_code == 409
    assert "Intyget är makulerat." in answer.content.decode()


def test_nobody_prints_the_certificate_of_another_unit(draft: Certificate) -> None:
    answer = get(draft, working("Någon Annan", Role.DOCTOR, unit("SE2321000990-9999")))

    assert answer.status_code == 403
    assert not Event.objects.filter(kind="PRINTED").exists()


def test_who_is_not_logged_in_is_sent_to_the_start(draft: Certificate) -> None:
    answer = get(draft, None)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/?")


def test_nothing_is_printed_while_the_population_register_is_down(
    draft: Certificate,
    doctor: LoginContext,
    outside: Simulators,
) -> None:
    outside.set_mode("pu", "down")

    assert get(draft, doctor).status_code == 503
