"""The print through its address: what it holds of a record, who gets it, and that it is recorded."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from lxml import html

from clinic import administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import CONTAGION, FULL
from pen import sign
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificate_types import TYPES
from webcert.certificates import actions
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.guards import NO_MINIMAL
from webcert.certificates.models import Certificate, Event, Status
from webcert.code_systems.actions import load_starter_lists
from webcert.code_systems.register import REGISTER
from webcert.patients.models import Person
from webcert.printing.contents import Mark
from webcert.printing.queries import _mark
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
    return sign(draft.id, revision=draft.revision, by=doctor)


def get(certificate: Certificate, login: LoginContext | None, path: str = "/skriv-ut") -> Any:
    """The answer to the one who asks for the print, or for another address of the certificate."""
    client = Client()
    if login:
        request = HttpRequest()
        request.session = client.session
        keep(request, login)
        request.session.save()
    return client.get(f"/intyg/{certificate.id}{path}")


def text_of(answer: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages).split())


def test_A_071_a_signed_certificate_gives_a_pdf_of_the_signed_document(signed: Certificate, doctor: LoginContext) -> None:
    answer = get(signed, doctor)
    text = text_of(answer)

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    for fact in (
        "Elektroniskt signerat intyg",
        "Fullständigt intyg",
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
    assert "UTKAST" in text_of(get(draft, doctor))
    assert "Utkast – inte signerat" in text_of(get(draft, doctor))

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


# What the page offers.


PROTECTED = "198001910002"


def page_of(certificate: Certificate, login: LoginContext) -> Any:
    return html.fromstring(get(certificate, login, "").content)


def opening(page: Any, label: str) -> list[str]:
    """The dialogs that buttons with the label open."""
    return [button.get("data-opens") for button in page.iter("button") if button.text_content().strip() == label]


def links_in(page: Any, dialog: str) -> list[str]:
    return [link.get("href") for link in page.get_element_by_id(dialog).iter("a")]


def test_A_073_a_signed_fk_7804_offers_a_choice_and_a_draft_does_not(draft: Certificate, signed: Certificate, doctor: LoginContext) -> None:
    page = page_of(signed, doctor)
    (menu,) = page.find_class("menu")

    assert [" ".join(item.text_content().split()) for item in menu.find_class("menu-item")] == [
        "Fullständigt intyg (öppnas i en ny flik)",
        "Minimalt intyg",
    ]
    assert [link.get("href") for link in menu.iter("a")] == [f"/intyg/{signed.id}/skriv-ut"]


def test_A_073_a_draft_is_printed_at_once(draft: Certificate, doctor: LoginContext) -> None:
    page = page_of(draft, doctor)

    assert not page.find_class("menu")
    assert f"/intyg/{draft.id}/skriv-ut" in [link.get("href") for link in page.iter("a")]


@pytest.mark.parametrize("type_id", sorted(TYPES.keys() - {"lisjp", "fk7263"}))
def test_A_073_other_types_have_no_minimal_print(type_id: str, doctor: LoginContext) -> None:
    signed = Certificate(type=type_id, status=Status.SIGNED, unit_id=doctor.unit.id)

    assert refusal(Action.PRINT, Subject.of(signed), doctor) is None
    assert refusal(Action.PRINT_MINIMAL, Subject.of(signed), doctor) is NO_MINIMAL


def test_A_074_the_minimal_print_is_behind_a_dialog_that_tells_what_it_holds(signed: Certificate, doctor: LoginContext) -> None:
    page = page_of(signed, doctor)

    assert opening(page, "Minimalt intyg") == ["skriv-ut-minimalt"]
    dialog = page.get_element_by_id("skriv-ut-minimalt")
    assert "Skriv ut minimalt intyg" in dialog.text_content()
    assert "Diagnos, funktionsnedsättning, behandling och övriga upplysningar är inte med." in " ".join(dialog.text_content().split())
    assert links_in(page, "skriv-ut-minimalt") == [f"/intyg/{signed.id}/skriv-ut/minimalt"]
    assert "Avbryt" in [button.text_content() for button in dialog.iter("button")]
    outside = [link.get("href") for link in page.iter("a") if dialog not in link.iterancestors()]
    assert f"/intyg/{signed.id}/skriv-ut/minimalt" not in outside


def test_A_075_the_minimal_print_is_of_the_signed_document(signed: Certificate, doctor: LoginContext) -> None:
    answer = get(signed, doctor, "/skriv-ut/minimalt")
    text = text_of(answer)

    assert "Minimalt intyg" in text
    assert "Förskollärare" in text
    assert "Utmattningssyndrom" not in text
    assert 'filename="minimalt_lakarintyg_sjukpenning_' in answer.headers["Content-Disposition"]


def test_a_print_tells_the_history_whether_it_was_minimal_and_the_access_log_not(signed: Certificate, doctor: LoginContext) -> None:
    get(signed, doctor)
    get(signed, doctor, "/skriv-ut/minimalt")

    kinds = Event.objects.filter(certificate_id=signed.id, kind="PRINTED").order_by("at").values_list("detail", flat=True)
    assert list(kinds) == ["FULL", "MINIMAL"]
    assert AuditEntry.objects.filter(certificate_id=signed.id, remark="Intyg utskrivet").count() == 2


def test_a_minimal_print_of_a_draft_is_refused(draft: Certificate, doctor: LoginContext) -> None:
    answer = get(draft, doctor, "/skriv-ut/minimalt")

    assert answer.status_code == 409
    assert "Intyget är inte signerat." in answer.content.decode()


def test_a_minimal_print_is_refused_when_the_patient_is_kept_from_work_by_law(draft: Certificate, doctor: LoginContext) -> None:
    load_starter_lists()
    REGISTER.forget()
    draft.answers = {"unit": draft.answers["unit"], **CONTAGION}
    draft.save()
    signed = sign(draft.id, revision=draft.revision, by=doctor)

    answer = get(signed, doctor, "/skriv-ut/minimalt")
    assert answer.status_code == 409
    assert "smittskyddslagen" in answer.content.decode()
    page = page_of(signed, doctor)
    assert not page.find_class("menu")
    assert "skriv-ut-minimalt" not in get(signed, doctor, "").content.decode()


@pytest.fixture
def protected(doctor: LoginContext, outside: Simulators) -> Certificate:
    load_starter_lists()
    REGISTER.forget()
    draft = actions.create("lisjp", patient=person(PROTECTED), by=doctor)
    draft.answers |= FULL
    draft.save()
    return draft


@pytest.mark.parametrize("type_id", ["lisjp", "luse", "luae_na", "luae_fs"])
def test_A_113_a_draft_of_a_protected_patient_is_printed_after_a_warning(type_id: str, doctor: LoginContext, outside: Simulators) -> None:
    """Of the types that may be written about who is protected: not Transportstyrelsen's (tstrk1007.md §1.2)."""
    draft = actions.create(type_id, patient=person(PROTECTED), by=doctor)
    page = page_of(draft, doctor)

    assert opening(page, "Skriv ut") == ["skriv-ut-varsamt"]
    dialog = page.get_element_by_id("skriv-ut-varsamt")
    assert "Skriv ut utkast" in dialog.text_content()
    assert "Hantera utskriften varsamt" in dialog.text_content()
    assert links_in(page, "skriv-ut-varsamt") == [f"/intyg/{draft.id}/skriv-ut"]
    outside_it = [link.get("href") for link in page.iter("a") if dialog not in link.iterancestors()]
    assert f"/intyg/{draft.id}/skriv-ut" not in outside_it


def test_A_113_a_certificate_of_a_protected_patient_warns_before_each_kind_of_print(protected: Certificate, doctor: LoginContext) -> None:
    signed = sign(protected.id, revision=protected.revision, by=doctor)
    page = page_of(signed, doctor)

    assert "Skriv ut intyg" in page.get_element_by_id("skriv-ut-varsamt").text_content()
    assert opening(page, "Fullständigt intyg") == ["skriv-ut-varsamt"]
    assert opening(page, "Minimalt intyg") == ["skriv-ut-varsamt-minimalt"]
    assert opening(page.get_element_by_id("skriv-ut-varsamt-minimalt"), "Skriv ut") == ["skriv-ut-minimalt"]
    assert links_in(page, "skriv-ut-varsamt-minimalt") == []
    assert links_in(page, "skriv-ut-minimalt") == [f"/intyg/{signed.id}/skriv-ut/minimalt"]


def test_A_072_a_draft_that_is_old_enough_is_printed_as_locked_before_the_job_has_been_there(draft: Certificate) -> None:
    assert _mark(draft) is Mark.DRAFT
    draft.created_at -= timedelta(days=20)
    assert _mark(draft) is Mark.LOCKED
