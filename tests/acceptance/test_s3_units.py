"""Manual sections 3.3, 4.1 and 5.11: the unit one works on, what waits on the others, and users with protected identity."""

from collections.abc import Callable

import httpx
from playwright.sync_api import expect

from acceptance.clinician import MAJA, Clinician, assert_axe_finds_nothing
from running import Running
from web_user import WebUser

Somebody = Callable[..., Clinician]

MEDICIN, DIABETES, BJORKANGEN = "Medicinkliniken Nordanviks sjukhus", "Diabetesmottagningen", "Vårdcentralen Björkängen"
ELIN, HASSAN = "Elin Forsberg", "Hassan Rahimi"
"""A doctor and a care administrator who have protected identity themselves."""


def test_A_028_A_029_the_unit_is_changed_from_the_header_and_sub_units_stand_behind_a_plus(somebody: Somebody, earlier: WebUser) -> None:
    earlier.create_draft()
    maja = somebody(MAJA)
    maja.logs_in_on(MEDICIN)
    maja.page.goto("/utkast?utkast=klara")
    maja.follows("Byt vårdenhet")
    chosen = maja.page.get_by_role("row", name=f"{MEDICIN} (vald enhet)")
    expect(chosen).to_be_visible()
    expect(chosen.get_by_role("button", name="Välj")).to_have_count(0)
    sub_unit = maja.page.get_by_role("row", name=DIABETES)
    expect(sub_unit).to_be_hidden()
    plus = maja.page.get_by_role("button", name=f"Arbetsplatser på {MEDICIN}")
    plus.press("Enter")
    expect(plus).to_have_attribute("aria-expanded", "true")
    sub_unit.get_by_role("button", name=f"Välj {DIABETES}").press("Enter")
    expect(maja.page.locator(".bar-unit")).to_contain_text(DIABETES)
    expect(maja.page.get_by_role("heading", level=1)).to_have_text("Sök/skriv intyg")
    maja.page.locator(".tabs").get_by_role("link", name="Ej signerade utkast").click()
    assert maja.page.url.endswith("/utkast")


def test_A_039_the_header_tells_what_waits_elsewhere_and_other_tabs_are_told_of_a_change(somebody: Somebody, earlier: WebUser) -> None:
    maja = somebody(MAJA)
    maja.logs_in_on(MEDICIN)
    elsewhere = maja.page.locator("[data-count-elsewhere]")
    before = int(elsewhere.inner_text().split()[0]) if elsewhere.is_visible() else 0
    earlier.create_draft()
    maja.page.reload()
    expect(elsewhere).to_have_text(f"{before + 1} utkast på andra enheter")
    elsewhere.click()
    row = maja.page.get_by_role("row", name=BJORKANGEN).first
    told = row.locator("[data-label='Ej signerade utkast']").inner_text()
    other_tab = maja.page.context.new_page()
    other_tab.goto("/sok")
    maja.presses(f"Välj {BJORKANGEN}")
    expect(maja.page.locator("[data-count='drafts']")).to_have_text(f"{told.split()[0]} ej signerade utkast")
    notice = other_tab.get_by_role("alert").filter(has_text=f"Nu är du inloggad som {MAJA} på {BJORKANGEN}")
    expect(notice).to_be_visible()
    assert_axe_finds_nothing(other_tab)
    notice.get_by_role("button", name="Läs in sidan igen").click()
    expect(other_tab.locator(".bar-unit")).to_contain_text(BJORKANGEN)
    expect(maja.page.locator("[data-logged-in-otherwise]")).to_be_hidden()


def test_the_numbers_are_asked_for_while_the_page_is_open(doctor: Clinician, earlier: WebUser) -> None:
    page = doctor.page
    page.clock.install()
    page.goto("/arenden")
    badge = page.locator("[data-count='drafts']")
    before = int(badge.inner_text(timeout=1_000).split()[0]) if badge.is_visible() else 0
    earlier.create_draft()
    earlier.create_draft()
    page.clock.run_for(61_000)
    expect(badge).to_have_text(f"{before + 2} ej signerade utkast")


def test_A_114_A_115_a_doctor_with_protected_identity_accepts_the_risk_once(somebody: Somebody) -> None:
    elin = somebody(ELIN)
    elin.chooses_herself()
    expect(elin.page.get_by_role("heading", level=1)).to_have_text("Användning av Webcert med sekretessmarkering")
    elin.sees("När du signerar ett intyg syns ditt namn")
    assert_axe_finds_nothing(elin.page)
    for address in ("/valj-enhet", "/utkast", "/sok"):
        elin.page.goto(address)
        expect(elin.page.get_by_role("heading", level=1)).to_have_text("Användning av Webcert med sekretessmarkering")
    expect(elin.button("Till Webcert")).to_be_disabled()
    elin.page.get_by_label("Jag förstår och godkänner.").press("Space")
    elin.button("Till Webcert").press("Enter")
    expect(elin.page.get_by_label("Patientens personnummer")).to_be_focused()
    elin.presses("Logga ut")
    elin.sees("Du är nu utloggad")
    elin.logs_in()
    elin.presses("Sekretessmarkering")
    expect(elin.dialog("Användning av Webcert med sekretessmarkering")).to_contain_text("När du signerar ett intyg")
    assert_axe_finds_nothing(elin.page)


def test_A_114_who_does_not_accept_gets_no_further(somebody: Somebody, running: Running) -> None:
    hassan = somebody(HASSAN)
    hassan.chooses_herself()
    expect(hassan.page.get_by_text("När du signerar")).to_have_count(0)
    hassan.sees("När du skriver till eller svarar Försäkringskassan")
    cookies = {cookie["name"]: cookie["value"] for cookie in hassan.page.context.cookies()}
    past_the_page = httpx.get(f"{running.url}/utkast", cookies=cookies, trust_env=False)
    assert (past_the_page.status_code, past_the_page.headers["location"]) == (302, "/?next=%2Futkast")
    hassan.presses("Avbryt")
    expect(hassan.page.get_by_role("heading", level=1)).to_have_text("Godkännande saknas")
    hassan.page.goto("/utkast")
    expect(hassan.page.get_by_role("heading", level=1)).to_have_text("Välkommen till Webcert")
