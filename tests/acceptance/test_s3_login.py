"""Manual section 3: logging in and out, and the unit one works on."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Route, expect

from acceptance.clinician import ERIK, GORAN, MAJA, Clinician, assert_axe_finds_nothing
from running import SOURCE, Running

Somebody = Callable[..., Clinician]


@pytest.fixture
def doctor(somebody: Somebody) -> Clinician:
    """In a session of his own, which the tests may end."""
    erik = somebody(ERIK)
    erik.logs_in()
    return erik


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


def test_A_027_before_the_session_ends_one_is_asked_and_can_go_on(doctor: Clinician) -> None:
    """What the server answers near the end is set here; that it counts so is shown in tests/site/test_sessions.py."""
    page, asked = doctor.page, []
    page.clock.install()
    page.goto("/sok")

    def nearly_over(route: Route) -> None:
        asked.append("x-webcert-background" in route.request.headers)
        route.fulfill(json={"seconds_left": 110 if asked[-1] else 1800, "lasts_longer": True})

    page.route("**/session", nearly_over)
    page.clock.fast_forward("00:31")
    expect(page.get_by_role("alertdialog", name="Du loggas snart ut")).to_contain_text("om 2 minuter")
    expect(page.get_by_text("Du har varit inloggad så länge som det går")).to_be_hidden()
    doctor.presses("Fortsätt arbeta")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert asked == [True, False]


def test_A_027_what_cannot_be_prolonged_is_told_once(doctor: Clinician) -> None:
    page = doctor.page
    page.clock.install()
    page.goto("/sok")
    page.route("**/session", lambda route: route.fulfill(json={"seconds_left": 50, "lasts_longer": False}))
    page.clock.fast_forward("00:31")
    doctor.sees("Du har varit inloggad så länge som det går")
    expect(page.get_by_text("Du har inte gjort något på en stund")).to_be_hidden()
    doctor.presses("Fortsätt arbeta")
    page.clock.fast_forward("00:31")
    expect(page.get_by_role("alertdialog")).to_have_count(0)


def test_A_025_and_A_180_a_private_practitioner_logs_in_and_accepts_the_terms_first(somebody: Somebody) -> None:
    goran = somebody(GORAN)
    goran.follows("E-legitimation")
    assert goran.page.get_by_label("Legitimation").locator("option").all_inner_texts()[:3] == ["Mobilt BankID", "BankID", "Telia"]
    goran.page.go_back()
    goran.proves_to_be_herself("E-legitimation")
    expect(goran.page.get_by_role("heading", level=1)).to_have_text("Godkännande av användarvillkor")
    assert_axe_finds_nothing(goran.page)
    goran.page.goto("/sok")
    expect(goran.page.get_by_role("heading", level=1)).to_have_text("Godkännande av användarvillkor")
    goran.presses("Jag godkänner villkoren")
    expect(goran.page.get_by_label("Patientens personnummer")).to_be_visible()
    expect(goran.page.locator("header")).to_contain_text("Göran Lundmark – Privatläkare")
    expect(goran.page.get_by_role("link", name="Byt vårdenhet")).to_have_count(0)


def test_who_gives_up_at_the_identity_provider_is_back_with_an_explanation(somebody: Somebody) -> None:
    erik = somebody(ERIK)
    erik.follows("SITHS-kort")
    erik.presses("Avbryt")
    expect(erik.page.get_by_role("heading", level=1)).to_have_text("Inloggningen misslyckades")
    expect(erik.page.locator("#error-id")).to_be_visible()
    assert_axe_finds_nothing(erik.page)
    erik.follows("Till startsidan")
    erik.sees("Välkommen till Webcert")


def test_a_link_to_a_page_leads_there_by_way_of_the_login(somebody: Somebody) -> None:
    erik = somebody(ERIK)
    erik.page.goto("/utkast")
    erik.chooses_herself()
    expect(erik.page).to_have_url(re.compile("/utkast$"))


def test_the_identity_provider_ends_the_session_here_too(doctor: Clinician, running: Running) -> None:
    elsewhere = doctor.page.context.new_page()
    elsewhere.goto(f"http://127.0.0.1:{running.settings['WEBCERT_SIMULATOR_IDENTITY_PORT']}/")
    elsewhere.get_by_role("button", name=f"Logga ut {ERIK} överallt").first.click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Legitimeringstjänster")
    doctor.page.goto("/sok")
    doctor.sees("Välkommen till Webcert")


def test_A_035_a_page_in_an_ehrs_window_tells_when_it_comes_and_goes_unless_it_leads_on(doctor: Clinician) -> None:
    """What the server makes of it is measured in tests/site/test_sessions.py; here a page becomes such a one on its way to the browser."""
    page, script = doctor.page, (SOURCE / "webcert/ui/static/ui/window.js").read_text()
    page.route("**/window.js", lambda route: route.fulfill(content_type="text/javascript", body=script))
    page.route("**/sok", _as_in_an_ehr)
    page.add_init_script("navigator.sendBeacon = (_, told) => (sessionStorage.told = `${sessionStorage.told ?? ''} ${told.get('state')}`)")

    def told() -> str:
        page.wait_for_load_state()
        return str(page.evaluate("sessionStorage.told")).strip().replace("open open", "open")  # it is said twice

    page.goto("/sok")
    assert told() == "open"
    page.reload()
    assert told() == "open closed open"
    page.get_by_role("link", name="Hjälp och support").click()
    page.wait_for_url("**/hjalp")
    assert told() == "open closed open"


def _as_in_an_ehr(route: Route) -> None:
    answer = route.fetch()
    body = answer.text().replace("data-logged-out-url", 'data-window-url="/session/fonster" data-logged-out-url')
    route.fulfill(response=answer, body=body.replace("</body>", '<script type="module" src="/window.js"></script></body>'))
