"""The statements to Försäkringskassan in a real browser: every type to a delivered certificate; tables and folded texts by keyboard."""

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from browser.test_editor import field, saved, told
from browser.test_editor_to_certificate import assert_axe_finds_nothing, received
from running import Running, wait_until
from subjects import SUBJECTS
from web_user import WebUser, fields_of

Open = Callable[..., Page]

STATEMENTS = ("FK 7800", "FK 7801", "FK 7802")


@pytest.fixture
def statement(doctor: WebUser) -> UUID:
    """An empty FK 7800."""
    return doctor.create_draft(type="luse")


@pytest.mark.parametrize("code", STATEMENTS)
def test_each_type_is_written_signed_and_delivered(open_browser: Open, doctor: WebUser, running: Running, code: str) -> None:
    subject = SUBJECTS[code]
    id = doctor.create_draft(type=subject.type.id)
    assert doctor.save_fields(id, fields_of(subject.bases[0], subject.form)).json()["complete"]
    page = open_browser()
    page.goto(f"/intyg/{id}")
    assert_axe_finds_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366
    page.get_by_role("button", name="Signera intyget").click()
    expect(page.get_by_text("Intyget är signerat").first).to_be_visible()
    expect(page.get_by_role("cell", name="Neuropsykiatriska kliniken, Björkhagens sjukhus")).to_be_visible()
    assert_axe_finds_nothing(page)
    page.get_by_role("button", name="Skicka till Försäkringskassan").click()
    page.get_by_role("dialog").get_by_role("button", name="Skicka", exact=True).click()
    wait_until(lambda: received(running, id) == 1, 30, lambda: "it never arrived")


@pytest.mark.parametrize("code", STATEMENTS)
@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_axe_finds_nothing_in_an_empty_draft_that_is_told_what_it_lacks(
    open_browser: Open, doctor: WebUser, code: str, size: tuple[int, int]
) -> None:
    page = open_browser(width=size[0], height=size[1])
    page.goto(f"/intyg/{doctor.create_draft(type=SUBJECTS[code].type.id)}")
    field(page, "3").first.check()
    expect(field(page, "4.0.type")).to_be_visible()
    page.get_by_role("button", name="Visa vad som saknas").click()
    expect(told(page, "4")).to_be_visible()
    for button in page.locator("[data-help]:visible").all():
        button.click()
    assert_axe_finds_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_document_is_written_by_keyboard(open_browser: Open, statement: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{statement}")
    field(page, "3").first.focus()
    page.keyboard.press("Space")
    expect(field(page, "4.0.type")).to_be_visible()
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
    saved(page)
    expect(field(page, "4.0.type")).to_have_value("LOGOPED")
    expect(field(page, "4.0.date")).to_have_value("2026-03-02")
    expect(told(page, "4.0.date")).to_be_hidden()
    page.reload()
    expect(field(page, "4.0.source")).to_have_value("Logopedmottagningen")


def test_the_first_document_stands_at_the_top(open_browser: Open, statement: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{statement}")
    field(page, "3").first.check()
    field(page, "4.1.source").fill("Kliniken")
    field(page, "4.1.source").press("Tab")
    expect(told(page, "4.0")).to_have_text("Fyll i den översta raden först.")


def test_a_folded_text_opens_by_keyboard_and_one_of_them_is_enough(open_browser: Open, statement: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{statement}")
    expect(field(page, "9")).to_be_hidden()
    star = page.locator("#q-8-14 [data-star]")
    expect(star).to_be_visible()
    page.locator("#q-9 summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Svårt att tala med mer än en person.")
    page.keyboard.press("Tab")
    expect(star).to_be_hidden()
    saved(page)
    page.reload()
    expect(field(page, "9")).to_be_visible()
    expect(field(page, "10")).to_be_hidden()


def test_acquaintance_is_not_later_than_the_examination(open_browser: Open, statement: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{statement}")
    field(page, "1.UNDERSOKNING").fill("2026-03-01")
    field(page, "2").fill("20260302")
    field(page, "2").press("Tab")
    expect(told(page, "2")).to_contain_text("inte är senare än det för din undersökning")
    expect(field(page, "2")).to_have_value("2026-03-02")
    field(page, "2").fill("2026-03-01")
    field(page, "2").press("Tab")
    expect(told(page, "2")).to_be_hidden()
