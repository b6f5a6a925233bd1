"""Manual section 5.2 for Transportstyrelsen's certificates: both types to delivery; acuity by keyboard; messages and warnings."""

from uuid import UUID

import pytest
from playwright.sync_api import expect

from acceptance.clinician import Clinician, assert_axe_finds_nothing, assert_well_made
from running import Running, wait_until
from subjects import SUBJECTS
from web_user import WebUser, fields_of

ISSUED = ("TSTRK1007 7", "TSTRK1031 4")


@pytest.fixture
def draft(earlier: WebUser) -> UUID:
    """An empty TSTRK1007."""
    return earlier.create_draft(type="ts-bas")


@pytest.mark.parametrize("code", ISSUED)
def test_each_type_is_written_signed_and_delivered(doctor: Clinician, earlier: WebUser, running: Running, code: str) -> None:
    subject = SUBJECTS[code]
    id = earlier.create_draft(type=subject.type.id)
    assert earlier.save_fields(id, fields_of(subject.bases[0], subject.form)).json()["complete"]
    doctor.opens(id)
    assert_axe_finds_nothing(doctor.page)
    assert doctor.page.evaluate("document.documentElement.scrollWidth") <= 1366
    doctor.signs()
    expect(doctor.status()).to_have_text("Intyget är signerat")
    assert_axe_finds_nothing(doctor.page)
    doctor.presses("Skicka till Transportstyrelsen")
    doctor.dialog().get_by_role("button", name="Skicka", exact=True).click()
    wait_until(lambda: running.received(id, "ts") == 1, 30, lambda: "it never arrived")
    assert running.received(id) == 0


@pytest.mark.parametrize("code", ISSUED)
def test_axe_finds_nothing_in_an_empty_draft_that_is_told_what_it_lacks(doctor: Clinician, earlier: WebUser, code: str) -> None:
    doctor.opens(earlier.create_draft(type=SUBJECTS[code].type.id))
    doctor.presses("Visa vad som saknas")
    expect(doctor.problem("2")).to_be_visible()
    for button in doctor.page.locator("[data-help]:visible").all():
        button.click()
    assert_well_made(doctor.page)


def test_acuity_is_written_by_keyboard_row_by_row(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.field("1.IAV3").focus()
    doctor.page.keyboard.press("Space")
    doctor.field("8.right.plain").focus()
    for key in ("08", "Tab", "1", "Tab", "Space", "Tab", "0.1"):
        doctor.page.keyboard.press(key) if key in ("Tab", "Space") else doctor.page.keyboard.type(key)
    doctor.page.keyboard.press("Tab")
    expect(doctor.field("8.right.plain")).to_have_value("0,8")
    expect(doctor.field("8.right.corrected")).to_have_value("1,0")
    expect(doctor.field("8.right.lens")).to_be_checked()
    expect(doctor.field("8.left.plain")).to_have_value("0,1")


def test_a_value_out_of_range_is_told_at_its_cell_and_low_acuity_asks_for_correction(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.ticks("1.IAV3")
    for row, value in (("right", "3,0"), ("left", "0,5"), ("both", "0,5")):
        doctor.writes(f"8.{row}.plain", value)
    doctor.leaves("8.both.plain")
    expect(doctor.problem("8.right.plain")).to_have_text("Ange synskärpa i intervallet 0,0–2,0.")
    doctor.writes("8.right.plain", "0,5")
    doctor.leaves("8.right.plain")
    doctor.presses("Visa vad som saknas")
    expect(doctor.problem("8.left.corrected")).to_contain_text("Ange synskärpa med korrektion.")
    assert_axe_finds_nothing(doctor.page)


def test_values_give_way_when_acuity_is_sent_separately_and_come_back(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes("8.right.plain", "1,0")
    doctor.ticks("8.1")
    expect(doctor.field("8.right.plain")).to_be_hidden()
    doctor.field("8.1").uncheck()
    expect(doctor.field("8.right.plain")).to_have_value("1,0")


def test_a_message_stands_while_its_answer_does(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    message = doctor.page.get_by_text("krävs läkarintyg av ögonspecialist")
    expect(message).to_be_hidden()
    doctor.field("5").first.check()
    expect(message).to_be_visible()
    doctor.field("5").last.check()
    expect(message).to_be_hidden()


def test_a_warning_is_told_at_once_and_does_not_stop_signing(doctor: Clinician, earlier: WebUser) -> None:
    subject = SUBJECTS["TSTRK1031 4"]
    id = earlier.create_draft(type=subject.type.id)
    earlier.save_fields(id, fields_of(subject.bases[0] | {"106.2": "2020-01-01"}, subject.form))
    doctor.opens(id)
    warning = doctor.problem("106.2")
    expect(warning).to_have_text("Frågan gäller de senaste tolv månaderna, men datumet ligger längre tillbaka.")
    expect(warning).to_have_attribute("data-kind", "WARNING")
    expect(doctor.field("106.2")).not_to_have_attribute("aria-invalid", "true")
    assert_axe_finds_nothing(doctor.page)
    doctor.signs()
    expect(doctor.status()).to_have_text("Intyget är signerat")


def test_what_cannot_be_told_empties_the_categories(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.ticks("33.VAR1")
    doctor.ticks("33.VAR11")
    expect(doctor.field("33.VAR1")).not_to_be_checked()
    doctor.ticks("33.VAR2")
    expect(doctor.field("33.VAR11")).not_to_be_checked()
