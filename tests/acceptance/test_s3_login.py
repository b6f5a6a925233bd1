"""Manual section 3: logging in and out, and the unit one works on."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import expect

from acceptance.clinician import ERIK, MAJA, Clinician

Somebody = Callable[..., Clinician]


def test_A_021_the_start_page_offers_two_ways_to_log_in(somebody: Somebody) -> None:
    page = somebody().page
    expect(page.get_by_role("heading", name="Välkommen till Webcert")).to_be_visible()
    expect(page.get_by_role("link", name="SITHS-kort")).to_be_visible()
    expect(page.get_by_role("link", name="E-legitimation")).to_be_visible()


def test_A_022_without_javascript_the_start_page_says_that_it_is_required(somebody: Somebody) -> None:
    page = somebody(java_script_enabled=False).page
    expect(page.locator("noscript .message")).to_contain_text("Javascript krävs")
    expect(page.locator("noscript .message")).to_be_visible()


def test_A_023_with_several_units_one_is_chosen_before_anything_else(somebody: Somebody) -> None:
    maja = somebody(MAJA)
    maja.chooses_herself()
    for address in ("/sok", "/utkast", "/"):
        maja.page.goto(address)
        expect(maja.page.get_by_role("heading", level=1)).to_have_text("Välj din vårdenhet")
        expect(maja.page.get_by_role("navigation")).to_have_count(0)
    maja.presses("Välj Medicinkliniken Nordanviks sjukhus")
    expect(maja.page.locator("header")).to_contain_text("Medicinkliniken Nordanviks sjukhus")
    expect(maja.page.get_by_label("Patientens personnummer")).to_be_focused()


def test_A_024_with_one_unit_it_is_chosen_by_itself(somebody: Somebody) -> None:
    erik = somebody(ERIK)
    erik.chooses_herself()
    expect(erik.page.locator("header")).to_contain_text("Vårdcentralen Björkängen")
    expect(erik.page.get_by_label("Patientens personnummer")).to_be_focused()


def test_A_026_after_log_out_the_back_button_shows_no_patient(doctor: Clinician, signed: UUID) -> None:
    doctor.looks_up()
    doctor.opens(signed)
    doctor.sees("Tolvan Tolvansson")
    doctor.presses("Logga ut")
    doctor.sees("Du är nu utloggad")
    for _ in range(2):
        doctor.page.go_back()
        expect(doctor.page.get_by_role("heading", level=1)).to_have_text("Välkommen till Webcert")
        assert "Tolvan" not in doctor.page.content()


def test_A_027_when_the_session_is_over_the_page_leaves_by_itself(doctor: Clinician, signed: UUID) -> None:
    """That the server ends it after 30 minutes, and that asking does not prolong it, is measured in tests/staff/test_login.py."""
    doctor.page.clock.install()
    doctor.opens(signed)
    doctor.sees("Tolvan Tolvansson")
    doctor.page.context.clear_cookies(name="session")
    doctor.page.clock.fast_forward("00:31")
    doctor.sees("Du är nu utloggad")
    doctor.sees("inte har använt Webcert")
    doctor.page.go_back()
    expect(doctor.page.get_by_role("heading", level=1)).to_have_text("Välkommen till Webcert")
