"""From a draft that can be signed to a certificate that is sent (A-053, A-065, A-066, A-071), by keyboard (A-187), and to axe (A-188)."""

from collections.abc import Callable
from uuid import UUID

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from running import Running, wait_until
from web_user import WebUser

Open = Callable[..., Page]


def assert_axe_finds_nothing(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def received(running: Running, id: UUID) -> int:
    """How many times Försäkringskassan's stand-in has taken the certificate."""
    rows = httpx.get(f"{running.simulators_url}/fk/received.json", trust_env=False).json()
    return sum(row["certificate_id"] == str(id) for row in rows)


def test_A_053_what_was_typed_last_is_in_what_is_signed(open_browser: Open, full_draft: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{full_draft}")
    page.locator('[name="25"]').fill("Skrivet alldeles före signeringen.")
    page.get_by_role("button", name="Signera intyget").dblclick()
    expect(page.get_by_text("Intyget är signerat").first).to_be_visible()
    expect(page.get_by_text("Skrivet alldeles före signeringen.")).to_be_visible()
    expect(page.get_by_text(f"Intygs-ID: {full_draft}")).to_be_visible()


def test_A_065_and_A_066_sending(open_browser: Open, doctor: WebUser, running: Running) -> None:
    id = doctor.signed()
    page = open_browser()
    page.goto(f"/intyg/{id}")
    page.get_by_role("button", name="Skicka till Försäkringskassan").click()
    dialog = page.get_by_role("dialog", name="Skicka intyg till Försäkringskassan")
    expect(dialog).to_contain_text("patienten samtycker")
    dialog.get_by_role("button", name="Skicka", exact=True).dblclick()
    expect(page.get_by_text("Intyget är skickat till Försäkringskassan").first).to_be_visible()
    expect(page.get_by_role("button", name="Skicka till Försäkringskassan")).to_have_count(0)
    wait_until(lambda: received(running, id) == 1, 30, lambda: "it never arrived")
    page.reload()
    page.get_by_role("button", name="Visa alla händelser").click()
    told = page.get_by_role("dialog", name="Alla händelser").get_by_role("listitem").all_inner_texts()
    assert "Försäkringskassan har tagit emot intyget" in told[0]
    assert "Intyget är skapat" in told[-1]
    page.goto("/sok")
    page.go_back()
    expect(page.get_by_text("Intyget är tillgängligt för patienten").first).to_be_visible()


def test_A_071_the_print_opens_after_what_is_typed_has_been_saved(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{draft}")
    page.locator('[name="25"]').press_sequentially("Med på utskriften")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Skriv ut").click()
    opened.value.wait_for_url(f"**/intyg/{draft}/skriv-ut")
    page.reload()
    expect(page.locator('[name="25"]')).to_have_value("Med på utskriften")


def test_A_187_a_draft_is_written_and_signed_by_keyboard_alone(open_browser: Open, full_draft: UUID) -> None:
    page = open_browser()
    page.goto(f"/intyg/{full_draft}")
    page.locator('[name="27"]').focus()
    seen = []
    while (name := page.evaluate("document.activeElement.name ?? ''")) != "26.2":
        seen.append(name)
        page.keyboard.press("Tab")
        assert len(seen) < 200
    assert [name for name in ("1.TELEFONKONTAKT", "6.0.code", "35", "32.HELT_NEDSATT.to", "39", "40.EJ_AKTUELLT", "25") if name in seen]
    page.keyboard.press("Control+End")
    page.keyboard.type(" Tack.")
    while page.evaluate("document.activeElement.textContent.trim()") != "Signera intyget":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Intyget är signerat").first).to_be_visible()
    expect(page.get_by_text("kl. 13–14. Tack.")).to_be_visible()


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_A_188_axe_finds_nothing_on_the_pages_and_their_dialogs(open_browser: Open, doctor: WebUser, size: tuple[int, int]) -> None:
    signed, draft = doctor.signed(), doctor.create_draft()
    page = open_browser(width=size[0], height=size[1])
    page.goto(f"/intyg/{draft}")
    patient = page.get_by_role("link", name="Tillbaka").get_attribute("href") or ""
    page.get_by_role("button", name="Signera intyget").click()
    expect(page.locator("[data-missing]")).to_be_visible()
    dialogs = {f"/intyg/{draft}": ["radera"], f"/intyg/{signed}": ["skicka", "handelser", "tillgangligt"], patient: ["om-lisjp"]}
    assert_axe_finds_nothing(page)
    for address, names in dialogs.items():
        page.goto(address)
        assert_axe_finds_nothing(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        for name in names:
            page.evaluate("id => document.getElementById(id).showModal()", name)
            assert_axe_finds_nothing(page)
            page.evaluate("id => document.getElementById(id).close()", name)
