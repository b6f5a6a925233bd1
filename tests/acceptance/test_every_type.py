"""What the manuals say of every certificate, for each type that is written: help, about the type, what must be filled in, and its print."""

import io
import re
from collections.abc import Callable
from uuid import UUID

import psycopg
import pypdf
import pytest
from playwright.sync_api import expect

from acceptance.clinician import KARIN, Clinician, assert_axe_finds_nothing
from acceptance.test_s5_6_print import TOLD
from subjects import SUBJECTS, Subject
from web_user import WebUser, fields_of

MANDATORY = {
    "FK 7800": "1 2 3 6 7 45 5 8-14 17 22",
    "FK 7801": "1 2 3 6 7 45 5 8-14 17 22",
    "FK 7802": "1 2 3 6 15 16",
    "FK 7804": "1 28 6 35 17 32 39 40",
    "TSTRK1007 7": "1 2 3 4 5 6 7 8 10 12 14 15 16 17 20 21 22 23 24 25.1 25.2 26 27 28 29 30 31 33",
    "TSTRK1031 4": "1 2 205 35 18 207 206 33",
}
"""Type → the questions that must be answered in an empty draft (fk7800.md §2, fk7804.md §2, tstrk1007.md §2, tstrk1031.md §2.1)."""

EVERY_TYPE = pytest.mark.parametrize("code", MANDATORY)


@pytest.fixture
def subject(code: str) -> Subject:
    return SUBJECTS[code]


@pytest.fixture
def empty(earlier: WebUser, subject: Subject) -> UUID:
    """An empty draft of the type."""
    return earlier.create_draft(type=subject.type.id)


def lacking(subject: Subject, code: str) -> list[str]:
    """The headings of the sections with questions that must be answered."""
    wanted = set(MANDATORY[code].split())
    return [category.title for category in subject.type.newest_form.categories if wanted & {question.id for question in category.questions}]


@EVERY_TYPE
def test_A_117_each_help_folds_out_and_in(doctor: Clinician, empty: UUID, code: str) -> None:
    doctor.opens(empty)
    arrows = doctor.page.locator("[data-help]:visible").all()
    assert len(arrows) >= len(MANDATORY[code].split())
    for arrow in arrows:
        told = doctor.page.locator(f"[id='{arrow.get_attribute('aria-controls')}']")
        expect(told).to_be_hidden()
        arrow.press("Enter")
        expect(told).to_be_visible()
        assert told.inner_text().strip()
        arrow.press("Space")
        expect(told).to_be_hidden()


@EVERY_TYPE
def test_A_124_om_intyget_tells_about_the_type(doctor: Clinician, empty: UUID, subject: Subject, code: str) -> None:
    doctor.opens(empty)
    doctor.page.get_by_role("tab", name="Om intyget").click()
    about = doctor.page.get_by_role("tabpanel", name="Om intyget")
    for text in (subject.type.name, f"{subject.type.code}, version {subject.versions[-1]}", *subject.type.about):
        expect(about).to_contain_text(text)


@EVERY_TYPE
def test_A_139_every_mandatory_question_of_an_empty_draft_has_a_star(doctor: Clinician, empty: UUID, code: str) -> None:
    doctor.opens(empty)
    starred = doctor.page.locator("[data-question]:visible", has=doctor.page.locator("[data-star]:visible"))
    assert starred.evaluate_all("questions => questions.map(question => question.dataset.question)") == MANDATORY[code].split()


@EVERY_TYPE
def test_A_140_and_A_142_signing_what_is_empty_lists_the_sections_and_marks_the_fields(
    doctor: Clinician, empty: UUID, subject: Subject, code: str
) -> None:
    doctor.opens(empty)
    doctor.presses("Signera intyget")
    expect(doctor.missing()).to_contain_text("Utkastet saknar uppgifter i följande avsnitt:")
    links = doctor.missing().get_by_role("link")
    assert links.all_inner_texts() == lacking(subject, code)
    for question in MANDATORY[code].split():
        expect(doctor.problem(question)).to_be_visible()
        expect(doctor.problem(question)).not_to_be_empty()
    for title in lacking(subject, code):
        doctor.missing().get_by_role("link", name=title, exact=True).press("Enter")
        expect(doctor.page.get_by_role("heading", name=title, exact=True).first).to_be_in_viewport()
    doctor.page.reload()
    expect(doctor.status()).to_have_text("Obligatoriska uppgifter saknas")


@EVERY_TYPE
def test_A_141_an_administrator_asks_what_is_missing(at_work: Callable[..., Clinician], empty: UUID, subject: Subject, code: str) -> None:
    administrator = at_work(KARIN)
    administrator.opens(empty)
    administrator.presses("Visa vad som saknas")
    assert administrator.missing().get_by_role("link").all_inner_texts() == lacking(subject, code)


@EVERY_TYPE
def test_A_067_A_071_A_072_and_A_073_each_type_is_sent_to_its_recipient_and_printed_in_every_state(
    doctor: Clinician, earlier: WebUser, database: psycopg.Connection, empty: UUID, subject: Subject, code: str
) -> None:
    """The draft is locked by hand here: two weeks are too long for a test."""
    assert earlier.save_fields(empty, fields_of(subject.bases[0], subject.form)).json()["complete"]

    def pages() -> list[str]:
        answer = doctor.page.request.get(f"/intyg/{empty}/skriv-ut")
        assert answer.headers["content-type"] == "application/pdf"
        assert re.fullmatch(r'inline; filename="lakar[a-z]+_[a-z]+_\d\d-\d\d-\d\d_\d{4}\.pdf"', answer.headers["content-disposition"])
        return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages]

    for status, told in (("DRAFT_LOCKED", TOLD["DRAFT_LOCKED"]), ("DRAFT_COMPLETE", TOLD["DRAFT_INCOMPLETE"])):
        database.execute("UPDATE certificates_certificate SET status = %s WHERE id = %s", [status, empty])
        for page in pages():
            assert [words for words in TOLD.values() if words in page] == [told]

    doctor.opens(empty)
    doctor.signs()
    expect(doctor.status()).to_have_text("Intyget är signerat")
    assert all("19121212-1212" in page and TOLD["SIGNED"] in page and "Fullständigt intyg" in page for page in pages())
    expect(doctor.page.locator("button", has_text="Minimalt intyg")).to_have_count(1 if subject.type.minimal else 0)
    expect(doctor.button(f"Skicka till {subject.type.recipient.name}")).to_be_visible()
    assert_axe_finds_nothing(doctor.page)
    assert doctor.page.evaluate("document.documentElement.scrollWidth") <= 1366
    doctor.page.set_viewport_size({"width": 390, "height": 844})
    assert doctor.page.evaluate("document.documentElement.scrollWidth") <= 390
