"""Manual section 5.2.2: two at one draft. Who opened it last has it; the other is told at once, by name, and keeps what she has typed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
from playwright.sync_api import Locator, expect

from acceptance.clinician import FINDINGS, KARIN, OTHER, Clinician, assert_axe_finds_nothing
from web_user import ADMINISTRATOR, DOCTOR, WebUser


def notice(clinician: Clinician, text: str) -> Locator:
    """What is told in the page without anything being done there."""
    return clinician.page.get_by_role("alert").filter(has_text=text)


def assert_text_is_kept_and_can_be_copied(clinician: Clinician, text: str) -> None:
    field = clinician.field(OTHER)
    expect(field).to_have_value(text)
    expect(field).not_to_be_editable()
    field.select_text()
    assert clinician.page.evaluate("document.activeElement.value.slice(document.activeElement.selectionStart)") == text
    expect(clinician.button("Signera intyget")).to_be_hidden()
    expect(clinician.button("Radera")).to_be_hidden()


def types_without_contact(clinician: Clinician, text: str) -> None:
    """What is typed meanwhile cannot be saved, so that it stands in the page alone."""
    clinician.page.route("**/spara", lambda route: route.abort())
    clinician.writes(OTHER, text)


def test_A_058_the_other_is_told_at_once_though_she_does_nothing(doctor: Clinician, at_work: Callable[..., Clinician], draft: UUID) -> None:
    doctor.opens(draft)
    types_without_contact(doctor, "Ännu inte sparat")
    karin = at_work(KARIN)
    karin.opens(draft)
    expect(notice(doctor, "Karin Ek har öppnat utkastet och har nu företräde.")).to_be_visible(timeout=15_000)
    assert_text_is_kept_and_can_be_copied(doctor, "Ännu inte sparat")
    assert_axe_finds_nothing(doctor.page)
    karin.writes(FINDINGS, "Karins text")
    karin.leaves(FINDINGS)
    expect(karin.page.locator("[data-status='2']")).to_contain_text("Utkastet är sparat")
    doctor.page.unroute("**/spara")
    doctor.presses("Läs in sidan igen")
    expect(doctor.field(FINDINGS)).to_have_value("Karins text")
    expect(doctor.field(FINDINGS)).to_be_editable()
    expect(notice(karin, "Erik Sandström har öppnat utkastet")).to_be_visible(timeout=15_000)


def test_A_058_two_tabs_of_one_user_are_told_apart(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    other_tab = Clinician(doctor.page.context.new_page(), doctor.name)
    other_tab.opens(draft)
    doctor.page.bring_to_front()
    expect(notice(doctor, "Du har öppnat utkastet på nytt i en annan flik eller dator.")).to_be_visible(timeout=15_000)
    other_tab.page.bring_to_front()
    other_tab.writes(OTHER, "I den andra fliken")
    other_tab.leaves(OTHER)
    other_tab.waits_until_saved()


def test_a_draft_that_somebody_else_deletes(doctor: Clinician, draft: UUID, running: object, earlier: WebUser) -> None:
    doctor.opens(draft)
    types_without_contact(doctor, "Det här finns bara här")
    karin = WebUser(str(earlier.http.base_url), ADMINISTRATOR)
    page = karin.open(draft)
    karin.post(f"/intyg/{draft}/radera", patient=page.text.partition("/patient/")[2][:36], revision=str(karin.revision))
    expect(notice(doctor, "Karin Ek har ")).to_be_visible(timeout=15_000)
    assert_text_is_kept_and_can_be_copied(doctor, "Det här finns bara här")


def test_a_draft_that_somebody_else_signs(doctor: Clinician, full_draft: UUID, earlier: WebUser) -> None:
    doctor.opens(full_draft)
    types_without_contact(doctor, "Ett tillägg")
    other = WebUser(str(earlier.http.base_url), DOCTOR)
    other.open(full_draft)
    assert other.sign(full_draft).is_success
    expect(notice(doctor, "signerat intyget")).to_be_visible(timeout=15_000)
    assert_text_is_kept_and_can_be_copied(doctor, "Ett tillägg")
    doctor.page.unroute("**/spara")
    doctor.presses("Läs in sidan igen")
    expect(doctor.status()).to_contain_text("Intyget är signerat")


def test_a_draft_that_is_locked_by_age_while_it_is_open(doctor: Clinician, draft: UUID, database: psycopg.Connection) -> None:
    doctor.opens(draft)
    types_without_contact(doctor, "För sent")
    old = datetime.now(UTC) - timedelta(days=20)
    database.execute("UPDATE certificates_certificate SET created_at = %s WHERE id = %s", [old, draft])
    expect(notice(doctor, "Utkastet är låst.")).to_be_visible(timeout=15_000)
    assert_text_is_kept_and_can_be_copied(doctor, "För sent")
    doctor.page.unroute("**/spara")
    doctor.presses("Läs in sidan igen")
    expect(doctor.status()).to_have_text("Utkastet är låst")
