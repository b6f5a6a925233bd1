"""Manual section 6: help while a certificate is filled in."""

import re
from uuid import UUID

import pytest
from playwright.sync_api import expect

from acceptance.clinician import BASIS, DIAGNOSES, FINDINGS, LIMITATIONS, MEASURES, OCCUPATION, PROGNOSIS, SICK_LEAVE, Clinician

# 6.1 Help texts


def test_A_117_help_folds_out_and_in(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    arrow = doctor.page.get_by_role("button", name=re.compile("Vad ska anges ?: Intyget är baserat på"))
    arrow.press("Enter")
    doctor.sees("Bygg intyget på en egen undersökning")
    arrow.press("Space")
    expect(doctor.page.get_by_text("Bygg intyget på en egen undersökning")).to_be_hidden()


# 6.2 Diagnoses

CODE, TEXT = "6.0.code", "6.0.text"


def test_A_118_the_code_field_suggests_from_the_third_character(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.field(CODE).press_sequentially("m5")
    doctor.sees("Skriv minst 3 tecken av koden.")
    expect(doctor.suggestions()).to_have_count(0)
    doctor.field(CODE).press_sequentially("4")
    expect(doctor.suggestions().first).to_contain_text("M54")


def test_A_119_the_text_field_suggests_from_the_first_character_and_a_choice_fills_both(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.field(TEXT).press_sequentially("l")
    expect(doctor.suggestions()).not_to_have_count(0)
    doctor.field(TEXT).press_sequentially("umbago")
    doctor.suggestions().filter(has_text=re.compile(r"^M545\s*Lumbago$")).click()
    expect(doctor.field(CODE)).to_have_value("M545")
    expect(doctor.field(TEXT)).to_have_value("Lumbago")
    doctor.waits_until_saved()
    doctor.page.reload()
    expect(doctor.field(TEXT)).to_have_value("Lumbago")


def test_A_120_with_ksh97_p_its_codes_are_suggested_and_the_heading_remains(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.page.get_by_label("KSH97-P (Primärvård)").check()
    doctor.field(CODE).press_sequentially("F32")
    expect(doctor.suggestions()).to_have_count(1)
    expect(doctor.suggestions()).to_contain_text("F32-")
    doctor.field(CODE).press("ArrowDown")
    doctor.field(CODE).press("Enter")
    expect(doctor.field(CODE)).to_have_value("F32-")
    expect(doctor.field(TEXT)).to_have_value("Depressiv episod")
    doctor.sees("Diagnoskod enligt ICD-10-SE")
    doctor.page.get_by_label("ICD-10-SE", exact=True).check()
    expect(doctor.field(CODE)).to_have_value("")


# 6.4 Om intyget


@pytest.mark.parametrize("kind", ["draft", "signed"])
def test_A_124_om_intyget_tells_about_the_type(doctor: Clinician, kind: str, request: pytest.FixtureRequest) -> None:
    doctor.opens(request.getfixturevalue(kind))
    doctor.page.get_by_role("tab", name="Om intyget").click()
    about = doctor.page.get_by_role("tabpanel", name="Om intyget")
    for text in ("Läkarintyg för sjukpenning", "FK 7804, version 1.3", "underlag för Försäkringskassans beslut"):
        expect(about).to_contain_text(text)


# 6.7 Shorthand for dates

START, END = "32.HELT_NEDSATT.from", "32.HELT_NEDSATT.to"


@pytest.mark.parametrize("typed", ["d90", "90d"])
def test_A_132_ninety_days_become_a_date_when_the_field_is_left(doctor: Clinician, draft: UUID, typed: str) -> None:
    doctor.opens(draft)
    doctor.writes(START, "2019-01-01")
    doctor.writes(END, typed)
    expect(doctor.field(END)).to_have_value(typed)
    doctor.leaves(END)
    expect(doctor.field(END)).to_have_value("2019-03-31")


def test_A_133_weeks_and_months_too_with_at_most_three_digits(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes(START, "2019-01-01")
    for typed, date in {"2v": "2019-01-14", "v2": "2019-01-14", "m1": "2019-01-31"}.items():
        doctor.writes(END, typed)
        doctor.field(END).press("Enter")
        expect(doctor.field(END)).to_have_value(date)
    doctor.writes(END, "d1000")
    doctor.leaves(END)
    expect(doctor.problem(END)).to_have_text("Ange datum i formatet åååå-mm-dd.")
    expect(doctor.field(END)).to_have_value("d1000")


def test_A_134_without_a_start_date_nothing_is_computed_and_an_error_shows(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes(END, "d90")
    doctor.leaves(END)
    expect(doctor.problem(END)).to_have_text("Ange datum i formatet åååå-mm-dd.")
    expect(doctor.field(END)).to_have_attribute("aria-invalid", "true")
    expect(doctor.field(END)).to_have_value("d90")


# 6.8 Working time


def test_A_135_the_working_time_follows_hours_and_dates(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes("32.hours", "40")
    doctor.writes("32.EN_FJARDEDEL.from", "20180405")
    doctor.writes("32.EN_FJARDEDEL.to", "2018-04-24")
    doctor.leaves("32.EN_FJARDEDEL.to")
    doctor.sees("Arbetstid: 30,00 timmar/vecka i 20 dagar.")
    doctor.sees("Intyget motsvarar en period på 20 dagar.")
    expect(doctor.field("32.EN_FJARDEDEL.from")).to_have_value("2018-04-05")
    expect(doctor.field("32.motivering")).to_be_visible()


# 6.10 What must be filled in

MANDATORY = (BASIS, OCCUPATION, DIAGNOSES, FINDINGS, LIMITATIONS, SICK_LEAVE, PROGNOSIS, MEASURES)
LACKING = [
    "Grund för medicinskt underlag",
    "Sysselsättning",
    "Diagnos",
    "Sjukdomens konsekvenser",
    "Bedömning",
    "Åtgärder",
]


def test_A_139_every_mandatory_question_has_a_star_until_it_is_answered(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    starred = doctor.page.locator("[data-question]:visible", has=doctor.page.locator("[data-star]:visible"))
    assert starred.evaluate_all("questions => questions.map(question => question.dataset.question)") == list(MANDATORY)
    star = doctor.page.locator(f'[data-question="{FINDINGS}"] [data-star]')
    doctor.writes(FINDINGS, "Nedstämd")
    expect(star).to_be_hidden()
    doctor.writes(FINDINGS, "")
    expect(star).to_be_visible()


def test_A_140_signing_with_missing_fields_signs_nothing_and_lists_the_sections(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    expect(doctor.page.locator(".problem:visible")).to_have_count(0)
    doctor.presses("Signera intyget")
    expect(doctor.missing()).to_contain_text("Utkastet saknar uppgifter i följande avsnitt:")
    expect(doctor.missing()).to_be_focused()
    assert doctor.missing().get_by_role("link").all_inner_texts() == LACKING
    doctor.page.reload()
    expect(doctor.status()).to_have_text("Obligatoriska uppgifter saknas")


def test_A_141_an_administrator_asks_what_is_missing(administrator: Clinician, draft: UUID) -> None:
    administrator.opens(draft)
    administrator.presses("Visa vad som saknas")
    assert administrator.missing().get_by_role("link").all_inner_texts() == LACKING
    administrator.presses("Dölj vad som saknas")
    expect(administrator.missing()).to_be_hidden()


def test_A_142_a_link_leads_to_the_section_and_each_missing_field_says_so(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.presses("Signera intyget")
    doctor.missing().get_by_role("link", name="Diagnos").press("Enter")
    expect(doctor.field(CODE)).to_be_focused()
    expect(doctor.page.get_by_role("heading", name="Diagnos", exact=True)).to_be_in_viewport()
    expect(doctor.problem(DIAGNOSES)).to_have_text("Ange minst en diagnos.")
    for question in MANDATORY:
        expect(doctor.problem(question)).to_be_visible()
    doctor.ticks("28.STUDIER")
    expect(doctor.problem(OCCUPATION)).to_be_hidden()
    expect(doctor.missing().get_by_role("link", name="Sysselsättning")).to_have_count(0)
