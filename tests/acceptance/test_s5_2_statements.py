"""Manual section 5.2 for the statements to Försäkringskassan: all types to delivery; tables and folded texts by keyboard."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import expect

from acceptance.clinician import Clinician, assert_axe_finds_nothing
from running import Running, wait_until
from subjects import SUBJECTS
from web_user import WebUser, fields_of

STATEMENTS = ("FK 7800", "FK 7801", "FK 7802")


@pytest.fixture
def statement(earlier: WebUser) -> UUID:
    """An empty FK 7800."""
    return earlier.create_draft(type="luse")


@pytest.mark.parametrize("code", STATEMENTS)
def test_each_type_is_written_signed_and_delivered(doctor: Clinician, earlier: WebUser, running: Running, code: str) -> None:
    subject = SUBJECTS[code]
    id = earlier.create_draft(type=subject.type.id)
    assert earlier.save_fields(id, fields_of(subject.bases[0], subject.form)).json()["complete"]
    page = doctor.page
    doctor.opens(id)
    assert_axe_finds_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    doctor.signs()
    expect(doctor.status()).to_have_text("Intyget är signerat")
    expect(page.get_by_role("cell", name="Neuropsykiatriska kliniken, Björkhagens sjukhus")).to_be_visible()
    assert_axe_finds_nothing(page)
    doctor.presses("Skicka till Försäkringskassan")
    doctor.dialog().get_by_role("button", name="Skicka", exact=True).click()
    wait_until(lambda: running.received(id) == 1, 30, lambda: "it never arrived")


@pytest.mark.parametrize(("code", "size"), [*((code, (1366, 768)) for code in STATEMENTS), (STATEMENTS[0], (390, 844))])
def test_axe_finds_nothing_in_an_empty_draft_that_is_told_what_it_lacks(
    at_work: Callable[..., Clinician], earlier: WebUser, code: str, size: tuple[int, int]
) -> None:
    doctor = at_work(width=size[0], height=size[1])
    page = doctor.page
    doctor.opens(earlier.create_draft(type=SUBJECTS[code].type.id))
    doctor.field("3").first.check()
    expect(doctor.field("4.0.type")).to_be_visible()
    doctor.presses("Visa vad som saknas")
    expect(doctor.problem("4")).to_be_visible()
    for button in page.locator("[data-help]:visible").all():
        button.click()
    assert_axe_finds_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_document_is_written_by_keyboard(doctor: Clinician, statement: UUID) -> None:
    page = doctor.page
    doctor.opens(statement)
    doctor.field("3").first.focus()
    page.keyboard.press("Space")
    expect(doctor.field("4.0.type")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "q-4-help"
    page.keyboard.press("Tab")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("20260302")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Logopedmottagningen")
    page.keyboard.press("Tab")
    doctor.waits_until_saved()
    expect(doctor.field("4.0.type")).to_have_value("LOGOPED")
    expect(doctor.field("4.0.date")).to_have_value("2026-03-02")
    expect(doctor.problem("4.0.date")).to_be_hidden()
    page.reload()
    expect(doctor.field("4.0.source")).to_have_value("Logopedmottagningen")


def test_the_first_document_stands_at_the_top(doctor: Clinician, statement: UUID) -> None:
    doctor.opens(statement)
    doctor.field("3").first.check()
    doctor.writes("4.1.source", "Kliniken")
    doctor.leaves("4.1.source")
    expect(doctor.problem("4.0")).to_have_text("Fyll i den översta raden först.")


def test_a_folded_text_opens_by_keyboard_and_one_of_them_is_enough(doctor: Clinician, statement: UUID) -> None:
    page = doctor.page
    doctor.opens(statement)
    expect(doctor.field("9")).to_be_hidden()
    star = page.locator("#q-8-14 [data-star]")
    expect(star).to_be_visible()
    page.locator("#q-9 summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Svårt att tala med mer än en person.")
    page.keyboard.press("Tab")
    expect(star).to_be_hidden()
    doctor.waits_until_saved()
    page.reload()
    expect(doctor.field("9")).to_be_visible()
    expect(doctor.field("10")).to_be_hidden()


def test_acquaintance_is_not_later_than_the_examination(doctor: Clinician, statement: UUID) -> None:
    doctor.opens(statement)
    doctor.writes("1.UNDERSOKNING", "2026-03-01")
    doctor.writes("2", "20260302")
    doctor.leaves("2")
    expect(doctor.problem("2")).to_contain_text("inte är senare än det för din undersökning")
    expect(doctor.field("2")).to_have_value("2026-03-02")
    doctor.writes("2", "2026-03-01")
    doctor.leaves("2")
    expect(doctor.problem("2")).to_be_hidden()
