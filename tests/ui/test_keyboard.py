"""Everything by keyboard: the scripts of the style guide's components, in a real browser."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]


def suggestions(page: Page) -> Locator:
    return page.locator(".suggestions").get_by_role("option")


def test_A_118_the_code_field_suggests_from_the_third_character(open_page: Open) -> None:
    page = open_page()
    code = page.get_by_label("Kod, rad 1")
    code.press_sequentially("f3")
    expect(page.get_by_text("Skriv minst tre tecken.").first).to_be_visible()
    expect(suggestions(page)).to_have_count(0)
    code.press_sequentially("2")
    expect(suggestions(page)).to_have_count(4)
    expect(code).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_arrows_and_enter_or_tab_choose_and_fill_both_fields(open_page: Open, key: str) -> None:
    page = open_page()
    code, text = page.get_by_label("Kod, rad 1"), page.get_by_label("Diagnos, rad 1")
    code.press_sequentially("F32")
    suggestions(page).first.wait_for()
    code.press("ArrowDown")
    code.press("ArrowDown")
    expect(code).to_have_attribute("aria-activedescendant", re.compile("-1$"))
    code.press(key)
    expect(code).to_have_value("F320")
    expect(text).to_have_value("Lindrig depressiv episod")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_code_that_cannot_be_chosen_says_why_and_is_not_chosen(open_page: Open) -> None:
    page = open_page()
    code = page.get_by_label("Kod, rad 1")
    code.press_sequentially("F32")
    suggestions(page).first.wait_for()
    code.press("ArrowDown")
    code.press("Enter")
    expect(suggestions(page).first).to_contain_text("Ange minst fyra positioner.")
    expect(code).to_have_value("F32")
    expect(page.get_by_label("Diagnos, rad 1")).to_have_value("")


def test_free_text_stays_when_nothing_was_chosen(open_page: Open) -> None:
    page = open_page()
    text = page.get_by_label("Diagnos, rad 2")
    text.press_sequentially("lumbago")
    suggestions(page).first.wait_for()
    text.press("Tab")
    expect(text).to_have_value("lumbago")


def test_escape_closes_the_suggestions_and_the_pointer_chooses(open_page: Open) -> None:
    page = open_page()
    text = page.get_by_label("Diagnos, rad 1")
    text.press_sequentially("lumbago")
    suggestions(page).first.wait_for()
    text.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    text.press_sequentially(" med")
    suggestions(page).filter(has_text="Lumbago med ischias").click()
    expect(page.get_by_label("Kod, rad 1")).to_have_value("M544")
    expect(text).to_be_focused()


def test_emptying_one_field_empties_the_other_and_another_code_system_empties_all(open_page: Open) -> None:
    page = open_page()
    for row, query in [(1, "M545"), (2, "S525")]:
        page.get_by_label(f"Kod, rad {row}").press_sequentially(query)
        suggestions(page).first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.get_by_label("Diagnos, rad 1").fill("")
    expect(page.get_by_label("Kod, rad 1")).to_have_value("")
    expect(page.get_by_label("Diagnos, rad 2")).not_to_have_value("")
    page.get_by_label("KSH97-P (Primärvård)").check()
    expect(page.get_by_label("Kod, rad 2")).to_have_value("")
    expect(page.get_by_label("Diagnos, rad 2")).to_have_value("")


def test_hits_are_told_to_screen_readers(open_page: Open) -> None:
    page = open_page()
    page.get_by_label("Kod, rad 1").press_sequentially("M54")
    expect(page.locator("[data-hits]")).to_have_text("2 träffar.")


def test_a_dialog_takes_the_focus_closes_with_escape_and_gives_it_back(open_page: Open) -> None:
    page = open_page()
    opener = page.get_by_role("button", name="Radera", exact=True).first
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Radera utkast")).to_be_focused()
    for _ in range(6):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_click_outside_closes_a_dialog_but_not_a_fixed_one(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Bred").click()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Måste besvaras").click()
    page.mouse.click(5, 5)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(1)
    page.get_by_role("dialog").get_by_role("button", name="Björkhagens vårdcentral").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_back_button_closes_a_dialog_and_stays_on_the_page(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("button", name="Bred").click()
    address = page.url
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == address


def test_a_form_is_sent_once_however_often_its_button_is_pressed(open_page: Open) -> None:
    page = open_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    button = page.locator('form[data-once] > .button:text("Skapa intyg")')
    with page.expect_navigation():
        assert button.evaluate("button => { button.click(); button.click(); return button.textContent }") == "Skapa intyg …"
    assert len(sent) == 1


def test_several_helps_may_be_open(open_page: Open) -> None:
    page = open_page()
    helps = page.locator("[data-help]")
    for index in (0, 1):
        helps.nth(index).focus()
        page.keyboard.press("Enter")
        expect(helps.nth(index)).to_have_attribute("aria-expanded", "true")
    assert page.locator(".help-text:visible").count() == 2
    helps.nth(0).press(" ")
    assert page.locator(".help-text:visible").count() == 1


def test_arrows_move_between_the_panels_tabs_and_a_hidden_panel_opens_at_the_tab(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("tab", name="FMB").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Om intyget")).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_contain_text("version 1.3")
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Ärende")).to_have_attribute("aria-selected", "true")
    page.get_by_role("button", name="Högerfältet").click()
    expect(page.get_by_role("tabpanel")).to_have_count(0)
    page.get_by_role("tab", name="FMB").click()
    expect(page.get_by_role("tabpanel")).to_contain_text("Sjukskrivningsrekommendation")


def test_the_index_moves_view_and_focus_and_follows_the_scroll(open_page: Open) -> None:
    page = open_page()
    entry = page.get_by_role("link", name="Bedömning").first
    entry.click()
    expect(page.locator("#kat-10")).to_be_focused()
    expect(entry).to_have_attribute("aria-current", "true")
    page.evaluate("document.getElementById('kat-7').scrollIntoView()")
    expect(page.get_by_role("link", name="Grund för medicinskt underlag")).to_have_attribute("aria-current", "true")


def test_a_link_in_the_list_of_what_is_missing_leads_to_the_first_field_at_fault(open_page: Open) -> None:
    page = open_page()
    page.locator("[data-missing-links] a", has_text="Sjukdomens konsekvenser").click()
    expect(page.locator('[name="17.text"]')).to_be_focused()


def test_a_ticked_row_owns_its_fields(open_page: Open) -> None:
    page = open_page()
    row = page.get_by_role("group", name="50 procent")
    tick, start, end = row.get_by_role("checkbox"), row.get_by_label("Fr.o.m.", exact=True), row.get_by_label("T.o.m.", exact=True)
    tick.check()
    expect(end).to_be_focused()
    start.fill("2026-12-01")
    tick.uncheck()
    expect(start).to_have_value("")
    start.press_sequentially("2")
    expect(tick).to_be_checked()
    expect(start).to_be_focused()
    start.fill("")
    start.press("Tab")
    expect(tick).not_to_be_checked()


def test_the_drop_down_of_an_option_can_be_used_only_while_the_option_is_chosen(open_page: Open) -> None:
    page = open_page()
    expect(page.get_by_label("Tidsperiod")).to_be_disabled()
    page.get_by_label("inom", exact=False).first.check()
    expect(page.get_by_label("Tidsperiod")).to_be_enabled()


def test_the_counter_counts_and_tells_when_there_is_too_much(open_page: Open) -> None:
    page = open_page()
    area = page.locator('[name="1.2.text"]')
    area.fill("å" * 140)
    expect(page.locator('[data-counter="1.2.text"]')).to_have_text("10 tecken kvar")
    area.fill("å" * 155)
    expect(page.locator('[data-counter="1.2.text"]')).to_have_text("5 tecken för mycket")
    expect(page.get_by_role("status").filter(has_text="5 tecken för mycket")).to_have_count(1)


def test_the_calendar_by_keyboard(open_page: Open) -> None:
    page = open_page()
    row = page.get_by_role("group", name="100 procent")
    row.get_by_role("button", name="Välj datum: Fr.o.m.").press("Enter")
    calendar = page.get_by_role("dialog")
    expect(calendar.get_by_role("button", name="lördag 21 november 2026")).to_be_focused()
    expect(calendar.get_by_role("rowheader", name="47")).to_be_visible()
    for key, label in [
        ("ArrowRight", "söndag 22 november 2026"),
        ("ArrowDown", "söndag 29 november 2026"),
        ("Home", "måndag 23 november 2026"),
        ("PageDown", "onsdag 23 december 2026"),
        ("Shift+PageUp", "tisdag 23 december 2025"),
    ]:
        page.keyboard.press(key)
        expect(calendar.get_by_role("button", name=label)).to_be_focused()
    page.keyboard.press("Enter")
    expect(row.get_by_label("Fr.o.m.", exact=True)).to_have_value("2025-12-23")
    expect(page.get_by_role("dialog")).to_have_count(0)
    row.get_by_role("button", name="Välj datum: Fr.o.m.").click()
    page.get_by_role("button", name="Rensa").click()
    expect(row.get_by_label("Fr.o.m.", exact=True)).to_have_value("")


def test_on_a_narrow_page_index_and_header_fold_into_menus(open_page: Open) -> None:
    page = open_page("phone")
    expect(page.get_by_role("link", name="Byt vårdenhet")).to_be_hidden()
    page.get_by_role("button", name="Meny").press("Enter")
    expect(page.get_by_role("link", name="Byt vårdenhet")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Byt vårdenhet")).to_be_hidden()
    page.get_by_role("button", name="Avsnitt").click()
    page.locator("[data-index=diagnos]").click()
    expect(page.locator("#kat-8")).to_be_focused()
    expect(page.locator("[data-index=diagnos]")).to_be_hidden()


def test_the_first_tab_stop_leads_past_the_header(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_button_out_of_use_is_reached_and_tells_why(open_page: Open) -> None:
    page = open_page()
    button = page.get_by_role("button", name=re.compile("Ersätt.*begärt komplettering"))
    button.focus()
    expect(page.locator(".reason:visible")).to_contain_text("Svara på den i stället.")
