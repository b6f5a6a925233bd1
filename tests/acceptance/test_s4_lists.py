"""Manual sections 4.2 and 5.2.1, and forwarding from the lists (5.4): the patient's certificates, the unit's drafts, and the way back."""

import re
from collections.abc import Callable
from uuid import UUID

from playwright.sync_api import Page, expect

from acceptance.clinician import Clinician, assert_axe_finds_nothing, assert_well_made
from web_user import WebUser

ALVA, NILS = "19990104-2383", "19920926-2386"


def without_a_mail_program(page: Page) -> None:
    """The letter opens nothing here: the page is not left."""
    page.evaluate("addEventListener('click', e => e.target.closest('a[href^=\"mailto:\"]') && e.preventDefault(), {capture: true})")


def row_of(id: UUID) -> str:
    return f'[data-row="{id}"]'


def test_A_045_drafts_are_filtered_sorted_and_paged_and_the_way_back_leads_to_the_same_row(doctor: Clinician, earlier: WebUser) -> None:
    drafts = [earlier.create_draft() for _ in range(12)]
    page = doctor.page
    page.goto("/utkast")
    page.get_by_label("Utkast", exact=True).select_option("Uppgifter saknas")
    doctor.presses("Sök")
    page.get_by_role("columnheader", name="Senast sparat").get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Senast sparat")).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("navigation", name="Rader per sida").get_by_role("link", name="100").click()
    row = page.locator(row_of(drafts[3]))
    address = page.url
    row.get_by_role("link", name="Öppna").click()
    doctor.sees("Utkastet skapades")
    doctor.follows("Tillbaka")
    expect(row.get_by_role("link", name="Öppna")).to_be_focused()
    assert page.url == f"{address}#rad-{drafts[3]}"
    assert "utkast=saknas" in address
    assert "sortering=sparat" in address
    expect(page.get_by_label("Utkast", exact=True)).to_have_value("saknas")


def test_the_way_back_holds_after_signing_and_after_deleting(doctor: Clinician, earlier: WebUser, full_draft: UUID) -> None:
    page, gone = doctor.page, earlier.create_draft()
    page.goto("/utkast?antal=100")
    page.locator(row_of(full_draft)).get_by_role("link", name="Öppna").click()
    doctor.signs()
    doctor.sees("Intyget är signerat")
    doctor.follows("Tillbaka")
    expect(page).to_have_url(re.compile(r"/utkast\?antal=100"))
    expect(page.locator(row_of(full_draft))).to_have_count(0)
    page.locator(row_of(gone)).get_by_role("link", name="Öppna").click()
    doctor.presses("Radera")
    doctor.dialog("Radera utkast").get_by_role("button", name="Radera").click()
    expect(page).to_have_url(re.compile(r"/utkast\?antal=100"))
    expect(page.locator(row_of(gone))).to_have_count(0)


def test_back_leads_to_the_patient_when_one_came_from_there_or_from_nowhere(doctor: Clinician, draft: UUID) -> None:
    page = doctor.page
    doctor.opens(draft)
    doctor.follows("Tillbaka")
    expect(page.get_by_role("heading", name="Tidigare intyg")).to_be_visible()
    page.get_by_label("Alla intyg", exact=True).check()
    expect(page).to_have_url(re.compile("visa=alla"))
    expect(page.get_by_label("Alla intyg", exact=True)).to_be_focused()
    page.locator(row_of(draft)).get_by_role("link", name="Öppna").click()
    doctor.follows("Tillbaka")
    expect(page).to_have_url(re.compile(rf"/patient/.*visa=alla.*#rad-{draft}"))


def test_current_certificates_are_shown_first_and_the_others_on_demand(doctor: Clinician, earlier: WebUser) -> None:
    revoked = earlier.signed()
    earlier.open(revoked)
    assert earlier.post(f"/intyg/{revoked}/makulera", reason="FEL_PATIENT").is_success
    doctor.looks_up()
    row = doctor.page.locator(row_of(revoked))
    expect(doctor.page.get_by_label("Aktuella intyg")).to_be_checked()
    expect(row).to_have_count(0)
    doctor.page.get_by_label("Ersatta, makulerade, låsta och kompletterade intyg").check()
    expect(row).to_contain_text("Makulerat")


def test_A_056_a_star_moves_the_type_to_the_top_and_keeps_the_focus(somebody: Callable[..., Clinician]) -> None:
    doctor, again = somebody("Anders Hjort"), somebody("Anders Hjort")
    doctor.logs_in()
    doctor.looks_up()
    names = doctor.page.locator(".types tbody tr td:nth-child(2)")
    first = names.first.inner_text()
    star = doctor.page.get_by_role("button", name="Favorit: Transportstyrelsens läkarintyg diabetes")
    star.press("Space")
    expect(names.first).to_contain_text("Transportstyrelsens läkarintyg diabetes")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    again.logs_in()
    again.looks_up()
    expect(again.page.locator(".types tbody tr td:nth-child(2)").first).to_contain_text("diabetes")
    star.press("Space")
    expect(names.first).to_have_text(first)


def test_A_060_A_063_the_question_is_asked_after_the_letter_and_yes_marks_the_draft(doctor: Clinician, earlier: WebUser) -> None:
    draft = earlier.create_draft(ALVA)
    page = doctor.page
    page.goto("/utkast?antal=100")
    without_a_mail_program(page)
    row, dialog = page.locator(row_of(draft)), doctor.dialog("Markera som vidarebefordrad?")
    mark = row.locator("[data-forwarded]")
    row.get_by_role("link", name="Vidarebefordra").click()
    dialog.get_by_role("button", name="Nej").click()
    expect(mark).to_be_hidden()
    row.get_by_role("link", name="Vidarebefordra").press("Enter")
    dialog.get_by_role("button", name="Ja").click()
    expect(mark).to_have_text("Ja")
    doctor.waits_until_closed(dialog)
    page.reload()
    expect(mark).to_have_text("Ja")
    without_a_mail_program(page)
    row.get_by_role("link", name="Vidarebefordra").click()
    page.wait_for_timeout(1_300)
    expect(dialog).to_be_hidden()
    row.get_by_role("link", name="Öppna").click()
    doctor.sees("Utkastet skapades")
    expect(page.get_by_role("link", name="Vidarebefordra utkast")).to_have_count(0)


def test_the_question_waits_until_the_user_is_back(doctor: Clinician, draft: UUID) -> None:
    page = doctor.page
    page.goto("/utkast?antal=100")
    without_a_mail_program(page)
    page.evaluate("document.hasFocus = () => false")
    page.locator(row_of(draft)).get_by_role("link", name="Vidarebefordra").click()
    page.wait_for_timeout(1_300)
    dialog = doctor.dialog("Markera som vidarebefordrad?")
    expect(dialog).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_visible()


def test_a_mark_that_could_not_be_saved_says_so_in_the_dialog(doctor: Clinician, earlier: WebUser, draft: UUID) -> None:
    page = doctor.page
    page.goto("/utkast?antal=100")
    without_a_mail_program(page)
    page.locator(row_of(draft)).get_by_role("link", name="Vidarebefordra").click()
    earlier.open(draft)
    gone = {"patient": "6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17", "back": "/sok", "revision": str(earlier.revision)}
    assert earlier.post(f"/intyg/{draft}/radera", **gone).is_success
    dialog = doctor.dialog("Markera som vidarebefordrad?")
    dialog.get_by_role("button", name="Ja").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Intyget finns inte.")


def test_A_061_an_administrator_forwards_at_the_bottom_of_the_draft_and_can_take_the_mark_away(
    administrator: Clinician, draft: UUID
) -> None:
    page = administrator.page
    administrator.opens(draft)
    without_a_mail_program(page)
    box = page.get_by_label("Vidarebefordrad", exact=True)
    administrator.follows("Vidarebefordra utkast")
    dialog = administrator.dialog("Markera som vidarebefordrad?")
    dialog.get_by_role("button", name="Ja").click()
    administrator.waits_until_closed(dialog)
    page.reload()
    expect(box).to_be_checked()
    with page.expect_response("**/vidarebefordra"):
        box.uncheck()
    page.reload()
    expect(box).not_to_be_checked()


def test_A_188_axe_finds_nothing_on_the_lists(doctor: Clinician, earlier: WebUser) -> None:
    for _ in range(11):
        earlier.create_draft(NILS)
    earlier.create_draft("19540187-2394")
    page = doctor.page
    doctor.looks_up(NILS)
    patient = page.url
    for address in (
        "/utkast",
        "/utkast?fran=i+morgon",
        "/utkast?vidarebefordrat=ja&fran=2026-11-21&till=2026-11-20",
        patient,
        f"{patient}?visa=tidigare",
    ):
        page.goto(address)
        assert_well_made(page)
    page.goto("/utkast")
    page.evaluate("document.getElementById('vidarebefordrad').showModal()")
    assert_axe_finds_nothing(page)


def test_A_187_a_draft_is_found_and_opened_by_keyboard_alone(doctor: Clinician, draft: UUID) -> None:
    page = doctor.page
    page.goto("/utkast?antal=100")
    page.locator("#f-vidarebefordrat").focus()
    visited = []
    while not page.evaluate("document.activeElement.closest('tr[data-row]')"):
        visited.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
        assert len(visited) < 40
    assert [name for name in visited if name in ("vidarebefordrat", "utkast", "sparat-av", "fran", "till", "Sök", "Typ av intyg")] == [
        "vidarebefordrat", "utkast", "sparat-av", "fran", "till", "Sök", "Typ av intyg"
    ]  # fmt: skip
    page.locator(f"{row_of(draft)} [data-opens-row]").press("Enter")
    doctor.sees("Utkastet skapades")
