"""What holds on every page and in every dialog: the keyboard is enough (A-187), and a machine finds nothing against WCAG 2.1 AA (A-188)."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from acceptance.clinician import MAJA, OTHER, Clinician, assert_axe_finds_nothing, assert_well_made
from running import Running
from web_user import TOLVAN, WebUser

AtWork = Callable[..., Clinician]

PROTECTED, DECEASED = "19800191-0002", "19050327-9812"


def patient_page(earlier: WebUser, number: str) -> str:
    """The address of the patient's page."""
    earlier.page = earlier.http.get("/sok")
    return earlier.post("/sok", number=number).url.path


@pytest.fixture(scope="module")
def places(running: Running) -> Mapping[str, str]:
    """The pages of who is logged in, by name."""
    earlier = WebUser(running.url)
    return {
        "search": "/sok",
        "patient": patient_page(earlier, TOLVAN),
        "protected patient": patient_page(earlier, PROTECTED),
        "deceased patient": patient_page(earlier, DECEASED),
        "editor": f"/intyg/{earlier.create_draft()}",
        "certificate": f"/intyg/{earlier.signed()}",
        "drafts": "/utkast",
        "messages": "/arenden",
        "help": "/hjalp",
        "no such certificate": f"/intyg/{UUID(int=7)}",
        "no such page": "/finns-inte",
    }


#


STEP = """
() => {
    const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const reachable = element => element.checkVisibility({visibilityProperty: true}) && !element.disabled && element.tabIndex >= 0;
    const at = document.activeElement, style = getComputedStyle(at);
    window.unreached ??= [...document.querySelectorAll(controls)].filter(reachable);
    window.unreached = window.unreached.filter(element => element !== at && !(element.type === 'radio' && element.name === at.name));
    const seen = at === document.body || style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    const regions = ['header', 'nav.tabs', '[data-stays]', '[data-index]', 'main', 'aside', 'footer'];
    const region = regions.findLastIndex(name => at.closest(name));
    let [left, top] = [0, 0];
    for (let box = at; box; box = box.offsetParent) [left, top] = [left + box.offsetLeft, top + box.offsetTop];
    return {
        unreached: window.unreached.map(element => element.outerHTML), unseen: seen ? '' : at.outerHTML,
        at: at === document.body ? null : {element: at.outerHTML, region, left, top, bottom: top + at.offsetHeight},
    };
}
"""
"""What has not had the focus yet (one of several radios is enough), what has it now when one cannot see that, and where that is."""


def comes_after(at: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a reader's eye comes to the one place after the other: a later part of the page, further down, or to the right."""
    if at["region"] != before["region"]:
        return bool(at["region"] > before["region"])
    return bool(at["bottom"] > before["top"] if at["left"] > before["left"] else at["top"] >= before["top"])


def test_A_187_everything_is_reached_by_tab_in_the_order_of_the_eye_with_visible_focus(
    doctor: Clinician, places: Mapping[str, str]
) -> None:
    for place in ("search", "patient", "editor", "certificate", "drafts"):
        doctor.page.goto(places[place])
        walks_through(doctor.page)


def walks_through(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    unreached, before = page.evaluate(STEP)["unreached"], None
    for _ in range(len(unreached) + 20):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        assert step["unseen"] == ""
        assert not (before and step["at"]) or comes_after(step["at"], before), (before, step["at"])
        unreached, before = step["unreached"], step["at"]
        if not unreached:
            break
    assert unreached == []


DIALOGS = {
    "search": ("Om Webcert",),
    "patient": ("Om intyget Läkarintyg för sjukpenning",),
    "protected patient": ("Patienten har en sekretessmarkering",),
    "deceased patient": ("Patienten är avliden",),
    "editor": ("Radera",),
    "certificate": (
        *("Skicka till Försäkringskassan", "Förnya", "Ersätt", "Makulera"),
        *("Visa alla händelser", "Intyget är tillgängligt för patienten"),
    ),
}


def test_A_187_a_dialog_opens_by_enter_closes_by_escape_and_gives_the_focus_back(doctor: Clinician, places: Mapping[str, str]) -> None:
    for place, openers in DIALOGS.items():
        doctor.page.goto(places[place])
        for opener in openers:
            doctor.button(opener).press("Enter")
            expect(doctor.dialog()).to_be_visible()
            assert doctor.page.evaluate("Boolean(document.activeElement.closest('dialog'))")
            doctor.page.keyboard.press("Escape")
            doctor.waits_until_closed(doctor.dialog())
            expect(doctor.button(opener)).to_be_focused()


def test_A_187_a_draft_is_written_and_signed_by_keyboard_alone(doctor: Clinician, full_draft: UUID) -> None:
    page = doctor.page
    doctor.opens(full_draft)
    doctor.field("27").focus()
    seen = []
    while (name := page.evaluate("document.activeElement.name ?? ''")) != "26.2":
        seen.append(name)
        page.keyboard.press("Tab")
        assert len(seen) < 200
    written = ["1.TELEFONKONTAKT", "6.0.code", "35", "32.HELT_NEDSATT.to", "39", "40.EJ_AKTUELLT", OTHER]
    assert [name for name in seen if name in written] == written
    page.keyboard.press("Control+End")
    page.keyboard.type(" Tack.")
    while page.evaluate("document.activeElement.textContent.trim()") != "Signera intyget":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Skriv under").press("Enter")
    expect(doctor.status()).to_have_text("Intyget är signerat")
    doctor.sees("kl. 13–14. Tack.")


#


def test_A_188_axe_finds_nothing_on_the_way_in(somebody: AtWork) -> None:
    maja = somebody(MAJA)
    for address in ("/", "/login/klar/x", "/utloggad?orsak=timeout"):
        maja.page.goto(address)
        assert_well_made(maja.page)
    maja.page.goto("/")
    maja.chooses_herself()
    expect(maja.page.get_by_role("heading", level=1)).to_have_text("Välj din vårdenhet")
    for plus in maja.page.locator(".plus").all():
        plus.click()
    assert_well_made(maja.page)


def test_A_188_axe_finds_nothing_on_the_pages(doctor: Clinician, places: Mapping[str, str]) -> None:
    for name, address in places.items():
        doctor.page.goto(address)
        if name == "editor":
            doctor.presses("Signera intyget")
            expect(doctor.missing()).to_be_visible()
        assert_well_made(doctor.page)


def test_A_188_axe_finds_nothing_in_the_dialogs(doctor: Clinician, places: Mapping[str, str]) -> None:
    """Those that are the same on several pages once."""
    page, seen = doctor.page, set()
    for place in DIALOGS:
        page.goto(places[place])
        found = page.locator("dialog:not(.calendar)").evaluate_all("dialogs => dialogs.map(dialog => [dialog.id, dialog.textContent])")
        for id, text in found:
            if (id, text) in seen:
                continue
            seen.add((id, text))
            page.evaluate("id => document.getElementById(id).showModal()", id)
            assert_axe_finds_nothing(page)
            page.evaluate("id => document.getElementById(id).close()", id)


def test_A_188_axe_finds_nothing_while_help_is_open_what_is_wrong_is_told_and_something_is_chosen(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes("1.UNDERSOKNING", "i går")
    doctor.leaves("1.UNDERSOKNING")
    expect(doctor.problem("1.UNDERSOKNING")).to_be_visible()
    for arrow in doctor.page.locator("[data-help]:visible").all():
        arrow.click()
    doctor.field("6.0.code").press_sequentially("f32")
    expect(doctor.suggestions().first).to_be_visible()
    assert_well_made(doctor.page)
    doctor.presses("Välj datum: Datum, min undersökning av patienten")
    expect(doctor.dialog()).to_be_visible()
    assert_axe_finds_nothing(doctor.page)
