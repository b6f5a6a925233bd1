"""Manual section 5.6: printing drafts and certificates, clearly told apart."""

import io
import re
from uuid import UUID

import psycopg
import pypdf
import pytest
from playwright.sync_api import expect

from acceptance.clinician import OTHER, Clinician
from web_user import WebUser

PROTECTED = "19800191-0002"

TOLD = {
    "DRAFT_INCOMPLETE": "Utkast – inte signerat",
    "DRAFT_LOCKED": "Låst utkast – inte signerat",
    "SIGNED": "Elektroniskt signerat av Erik Sandström",
}
"""Status → what stands on each page of the print."""


def test_A_071_the_print_opens_after_what_is_typed_has_been_saved(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.field(OTHER).press_sequentially("Med på utskriften")
    with doctor.page.context.expect_page() as opened:
        doctor.follows("Skriv ut")
    opened.value.wait_for_url(f"**/intyg/{draft}/skriv-ut")
    doctor.page.reload()
    expect(doctor.field(OTHER)).to_have_value("Med på utskriften")


@pytest.mark.parametrize("status", TOLD)
def test_A_071_and_A_072_each_print_is_a_pdf_that_says_what_it_is(
    doctor: Clinician, earlier: WebUser, database: psycopg.Connection, status: str
) -> None:
    """The draft is locked by hand here: two weeks are too long for a test."""
    id = earlier.signed() if status == "SIGNED" else earlier.create_draft()
    database.execute("UPDATE certificates_certificate SET status = %s WHERE id = %s", [status, id])
    answer = doctor.page.request.get(f"/intyg/{id}/skriv-ut")
    assert answer.headers["content-type"] == "application/pdf"
    for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages:
        text = " ".join(page.extract_text().split())
        assert [words for words in TOLD.values() if words in text] == [TOLD[status]]


def test_A_108_A_113_a_protected_patient_is_named_so_in_red_and_printed_after_a_warning(doctor: Clinician, earlier: WebUser) -> None:
    draft = earlier.create_draft(PROTECTED)
    doctor.opens(draft)
    colour = doctor.button("Patienten har en sekretessmarkering").evaluate("element => getComputedStyle(element).color")
    red, green, blue = map(int, re.findall(r"\d+", colour)[:3])
    assert red > 2 * max(green, blue)
    doctor.presses("Skriv ut")
    dialog = doctor.dialog("Skriv ut utkast")
    expect(dialog).to_contain_text("Hantera utskriften varsamt")
    with doctor.page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Skriv ut").click()
    opened.value.wait_for_url(f"**/intyg/{draft}/skriv-ut")
    expect(dialog).to_be_hidden()
