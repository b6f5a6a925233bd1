"""Manual section 5.6.2: the choice between the full and the minimal print, with the mouse and by keyboard."""

import io
from uuid import UUID

import pypdf
import pytest
from playwright.sync_api import expect

from acceptance.clinician import Clinician, assert_axe_finds_nothing


def test_A_073_and_A_074_the_minimal_print_comes_after_the_dialog(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    doctor.page.locator(".menu > summary").click()
    expect(doctor.page.get_by_role("link", name="Fullständigt intyg")).to_be_visible()
    assert_axe_finds_nothing(doctor.page)

    doctor.presses("Minimalt intyg")
    dialog = doctor.dialog("Skriv ut minimalt intyg")
    expect(dialog).to_be_visible()
    assert_axe_finds_nothing(doctor.page)
    with doctor.page.context.expect_page() as opened:
        dialog.get_by_role("link", name="Skriv ut").click()
    opened.value.wait_for_url(f"**/intyg/{signed}/skriv-ut/minimalt")
    expect(dialog).to_be_hidden()

    answer = doctor.page.request.get(f"/intyg/{signed}/skriv-ut/minimalt")
    for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages:
        assert "Minimalt intyg" in page.extract_text()


@pytest.mark.parametrize("away", ["Escape", "Tab"])
def test_A_073_the_choice_closes_when_it_is_left_by_keyboard(doctor: Clinician, signed: UUID, away: str) -> None:
    doctor.opens(signed)
    menu = doctor.page.locator("details.menu")
    doctor.page.locator(".menu > summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    for _ in range(3):
        doctor.page.keyboard.press(away)
    expect(menu).not_to_have_attribute("open", "")


def test_A_074_the_dialog_can_be_left_without_a_print(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    doctor.page.locator(".menu > summary").click()
    doctor.presses("Minimalt intyg")
    doctor.dialog().get_by_role("button", name="Avbryt").click()
    expect(doctor.dialog()).to_be_hidden()
    expect(doctor.page.locator("details.menu")).not_to_have_attribute("open", "")
