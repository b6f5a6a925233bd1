"""What holds on every page and in every dialog: the keyboard is enough (A-187), and a machine finds nothing against WCAG 2.1 AA (A-188)."""

from collections.abc import Callable, Mapping
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from acceptance.clinician import MAJA, OTHER, Clinician, assert_axe_finds_nothing
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
    return {unreached: window.unreached.map(element => element.outerHTML), unseen: seen ? '' : at.outerHTML};
}
"""
"""What has not had the focus yet (one of several radios is enough), and what has it now when one cannot see that."""


@pytest.mark.parametrize("place", ["search", "patient", "editor", "certificate", "drafts"])
def test_A_187_everything_is_reached_by_tab_with_visible_focus(doctor: Clinician, places: Mapping[str, str], place: str) -> None:
    page = doctor.page
    page.goto(places[place])
    page.evaluate("document.activeElement.blur()")
    unreached = page.evaluate(STEP)["unreached"]
    for _ in range(len(unreached) + 20):
        page.keyboard.press("Tab")
        step = page.evaluate(STEP)
        unreached = step["unreached"]
        assert step["unseen"] == ""
    assert unreached == []


@pytest.mark.parametrize(
    ("place", "opener"),
    [
        ("search", "Om Webcert"),
        ("patient", "Om intyget Läkarintyg för sjukpenning"),
        ("protected patient", "Patienten har en sekretessmarkering"),
        ("deceased patient", "Patienten är avliden"),
        ("editor", "Radera"),
        ("certificate", "Skicka till Försäkringskassan"),
        ("certificate", "Visa alla händelser"),
        ("certificate", "Intyget är tillgängligt för patienten"),
    ],
)
def test_A_187_a_dialog_opens_by_enter_closes_by_escape_and_gives_the_focus_back(
    doctor: Clinician, places: Mapping[str, str], place: str, opener: str
) -> None:
    doctor.page.goto(places[place])
    doctor.button(opener).press("Enter")
    expect(doctor.dialog()).to_be_visible()
    assert doctor.page.evaluate("Boolean(document.activeElement.closest('dialog'))")
    doctor.page.keyboard.press("Escape")
    expect(doctor.dialog()).to_have_count(0)
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
    expect(doctor.status()).to_have_text("Intyget är signerat")
    doctor.sees("kl. 13–14. Tack.")


#


def assert_well_made(page: Page, width: int) -> None:
    assert_axe_finds_nothing(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


SIZES = [(1366, 768), (390, 844)]


@pytest.mark.parametrize("size", SIZES)
def test_A_188_axe_finds_nothing_on_the_way_in(somebody: AtWork, size: tuple[int, int]) -> None:
    maja = somebody(MAJA, *size)
    assert_well_made(maja.page, size[0])
    for address in ("/logga-in/e-legitimation", "/utloggad?orsak=timeout"):
        maja.page.goto(address)
        assert_well_made(maja.page, size[0])
    maja.page.goto("/")
    maja.chooses_herself()
    expect(maja.page.get_by_role("heading", level=1)).to_have_text("Välj din vårdenhet")
    assert_well_made(maja.page, size[0])


@pytest.mark.parametrize("size", SIZES)
def test_A_188_axe_finds_nothing_on_the_pages(at_work: AtWork, places: Mapping[str, str], size: tuple[int, int]) -> None:
    doctor = at_work(width=size[0], height=size[1])
    for name, address in places.items():
        doctor.page.goto(address)
        if name == "editor":
            doctor.presses("Signera intyget")
            expect(doctor.missing()).to_be_visible()
        assert_well_made(doctor.page, size[0])


@pytest.mark.parametrize("place", ["patient", "protected patient", "deceased patient", "editor", "certificate"])
def test_A_188_axe_finds_nothing_in_the_dialogs(doctor: Clinician, places: Mapping[str, str], place: str) -> None:
    page = doctor.page
    page.goto(places[place])
    for id in page.locator("dialog:not(.calendar)").evaluate_all("dialogs => dialogs.map(dialog => dialog.id)"):
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
    assert_well_made(doctor.page, 1366)
    doctor.presses("Välj datum: Datum, min undersökning av patienten")
    expect(doctor.dialog()).to_be_visible()
    assert_axe_finds_nothing(doctor.page)
