"""Manual section 4: the header, the tabs, and the way to a patient's certificates."""

from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import expect

from acceptance.clinician import MAJA, Clinician
from web_user import WebUser

ALVA = "19990104-2383"


def test_A_037_A_038_the_header_tells_unit_name_role_and_offers_om_webcert(doctor: Clinician, draft: UUID) -> None:
    for address in ("/sok", "/utkast", "/arenden", f"/intyg/{draft}"):
        doctor.page.goto(address)
        header = doctor.page.locator("header")
        for text in ("Vårdcentralen Björkängen", "Region Nordanvik", "Erik Sandström – Läkare"):
            expect(header).to_contain_text(text)
        expect(header.get_by_role("button", name="Om Webcert")).to_be_visible()
    doctor.presses("Om Webcert")
    for text in ("Läkarintyg för sjukpenning, FK 7804", "Vänd dig först till din lokala IT-support", "Vanliga frågor"):
        expect(doctor.dialog("Om Webcert")).to_contain_text(text)


def test_A_041_a_doctors_tabs_begin_with_the_search_and_it_is_open(doctor: Clinician) -> None:
    tabs = doctor.page.locator(".tabs a")
    expect(tabs).to_contain_text(["Sök/skriv intyg", "Ej hanterade ärenden", "Ej signerade utkast"])
    expect(tabs.first).to_have_attribute("aria-current", "page")
    expect(doctor.page.get_by_role("heading", level=1)).to_have_text("Sök/skriv intyg")


def test_A_043_the_patients_certificates_of_the_unit_are_listed_and_those_of_others_are_not(
    doctor: Clinician, somebody: Callable[..., Clinician], earlier: WebUser
) -> None:
    id = earlier.create_draft(ALVA)
    doctor.looks_up(ALVA)
    expect(doctor.button("Skapa intyg Läkarintyg för sjukpenning")).to_be_visible()
    expect(doctor.page.locator(f'a[href="/intyg/{id}"]')).to_be_visible()
    maja = somebody(MAJA)
    maja.logs_in_on("Medicinkliniken Nordanviks sjukhus")
    maja.looks_up(ALVA)
    expect(maja.button("Skapa intyg Läkarintyg för sjukpenning")).to_be_visible()
    maja.sees("Patienten har inga intyg eller utkast på den här enheten.")
