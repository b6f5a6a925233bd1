"""Manual section 5.2: from a patient's number to a signed certificate."""

import re
from uuid import UUID

from playwright.sync_api import expect

from acceptance.clinician import FK7804, INFECTION, OTHER, Clinician
from web_user import TOLVAN


def test_A_052_from_the_number_to_a_draft_with_the_patient_and_the_units_address(doctor: Clinician) -> None:
    doctor.looks_up(TOLVAN)
    expect(doctor.page.get_by_role("heading", level=1)).to_have_text(f"Tolvan Tolvansson – {TOLVAN}")
    doctor.presses(f"Skapa intyg {FK7804}", times=2)
    expect(doctor.page).to_have_title(f"{FK7804} – Webcert")
    expect(doctor.page.locator(".certificate-head")).to_contain_text(f"Tolvan Tolvansson – {TOLVAN}")
    expect(doctor.field("unit.address")).to_have_value("Björkängsvägen 4")
    expect(doctor.field("unit.town")).to_have_value("Nordanvik")
    assert TOLVAN.replace("-", "") not in doctor.page.url.replace("-", "")


def test_A_053_what_was_typed_last_is_in_what_is_signed(doctor: Clinician, full_draft: UUID) -> None:
    doctor.opens(full_draft)
    doctor.writes(OTHER, "Skrivet alldeles före signeringen.")
    doctor.signs(times=2)
    expect(doctor.status()).to_have_text("Intyget är signerat")
    doctor.sees("Skrivet alldeles före signeringen.")
    doctor.sees(f"Intygs-ID: {full_draft}")


def test_A_059_a_deleted_draft_is_gone(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.presses("Radera")
    doctor.dialog().get_by_role("button", name="Radera").dblclick()
    expect(doctor.page.get_by_role("heading", name="Tidigare intyg")).to_be_visible()
    expect(doctor.page.locator(f'a[href="/intyg/{draft}"]')).to_have_count(0)
    doctor.opens(draft)
    doctor.sees("Intyget finns inte")


def test_questions_follow_the_answers_and_hidden_answers_come_back(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.ticks("1.ANNAT.on")
    expect(doctor.field("1.ANNAT")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    doctor.writes("1.3", "Samtal med chefen")
    doctor.ticks(INFECTION)
    expect(doctor.field("1.3")).to_be_hidden()
    expect(doctor.page.get_by_role("link", name="Grund för medicinskt underlag")).to_be_hidden()
    doctor.waits_until_saved()
    doctor.page.reload()
    expect(doctor.page.locator("[data-index=grundformu]")).to_be_hidden()
    doctor.field(INFECTION).uncheck()
    expect(doctor.page.get_by_role("link", name="Grund för medicinskt underlag")).to_be_visible()


def test_an_answer_that_was_hidden_in_passing_comes_back(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.ticks("1.ANNAT.on")
    doctor.writes("1.3", "Samtal med chefen")
    doctor.ticks(INFECTION)
    expect(doctor.field("1.3")).to_be_hidden()
    doctor.field(INFECTION).uncheck()
    expect(doctor.field("1.3")).to_have_value("Samtal med chefen")


def test_an_exclusive_choice_empties_the_others(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.ticks("40.ERGONOMISK")
    expect(doctor.field("44")).to_be_visible()
    doctor.ticks("40.EJ_AKTUELLT")
    expect(doctor.field("40.ERGONOMISK")).not_to_be_checked()
    expect(doctor.field("44")).to_be_hidden()


def test_an_overlap_is_told_once_and_marks_both_fields(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    periods = {"EN_FJARDEDEL": ("2026-12-01", "2026-12-20"), "HALFTEN": ("2026-12-20", "2026-12-31")}
    for code, (start, end) in periods.items():
        doctor.writes(f"32.{code}.from", start)
        doctor.writes(f"32.{code}.to", end)
    doctor.field("32.hours").focus()
    expect(doctor.page.get_by_text("Perioderna får inte överlappa varandra: 2026-12-20 finns i båda.")).to_have_count(1)
    for name in ("32.EN_FJARDEDEL.to", "32.HALFTEN.from"):
        expect(doctor.field(name)).to_have_attribute("aria-describedby", "p-32")
    expect(doctor.page.locator("[data-index=bedomning]")).to_have_attribute("data-state", "wrong")


def test_nothing_is_called_wrong_while_it_is_being_written(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.field("1.UNDERSOKNING").press_sequentially("2026-1")
    doctor.waits_until_saved()
    expect(doctor.problem("1.UNDERSOKNING")).to_be_hidden()
    expect(doctor.page.locator("[data-index=grundformu]")).to_have_attribute("data-state", "missing")
    doctor.leaves("1.UNDERSOKNING")
    expect(doctor.problem("1.UNDERSOKNING")).to_have_text("Ange datum i formatet åååå-mm-dd.")
