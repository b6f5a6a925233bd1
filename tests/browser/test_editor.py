"""Writing a draft in a real browser against the whole product (A-046 to A-062, A-117, A-132 to A-142)."""

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from browser.conftest import KARIN, log_in
from running import Running
from web_user import TOLVAN

Open = Callable[..., Page]

SAVED = re.compile(r"Utkastet är sparat \d\d\.\d\d")


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def told(page: Page, name: str) -> Locator:
    """The place where a problem of the field is told."""
    return page.locator(f'[data-problem="{name}"]')


def saved(page: Page) -> None:
    """Wait until the page says that everything is saved; the page itself may wait a quarter of a minute between its attempts."""
    expect(page.locator("form[data-sign] button")).to_have_attribute("aria-disabled", "false", timeout=25_000)
    expect(page.locator("[data-status='2']")).to_have_text(SAVED)


def sign(page: Page) -> None:
    page.get_by_role("button", name="Signera intyget").click()


def edit(page: Page, draft: UUID) -> None:
    page.goto(f"/intyg/{draft}")


def test_A_037_A_043_and_A_052_from_the_number_to_the_draft(open_browser: Open) -> None:
    page = open_browser()
    page.get_by_label("Patientens personnummer").fill(TOLVAN)
    page.get_by_role("button", name="Fortsätt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Tolvan Tolvansson – {TOLVAN}")
    page.get_by_role("button", name="Om intyget Läkarintyg för sjukpenning").click()
    expect(page.get_by_role("dialog")).to_contain_text("underlag för Försäkringskassans beslut")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Skapa intyg Läkarintyg för sjukpenning").dblclick()
    expect(page).to_have_title("Läkarintyg för sjukpenning – Webcert")
    expect(page.locator("header")).to_contain_text("Erik Sandström – Läkare")
    expect(page.locator(".certificate-head")).to_contain_text(f"Tolvan Tolvansson – {TOLVAN}")
    assert TOLVAN.replace("-", "") not in page.url.replace("-", "")


def test_A_046_and_A_047_what_was_written_is_there_on_return(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    field(page, "35").fill("Nedstämd i status – åäö, ”citat” och\nny rad")
    page.get_by_role("link", name="Tillbaka").click()
    expect(page.get_by_role("heading", name="Skapa intyg")).to_be_visible()
    page.locator(f'a[href="/intyg/{draft}"]').click()
    expect(field(page, "35")).to_have_value("Nedstämd i status – åäö, ”citat” och\nny rad")
    expect(page.get_by_text("Obligatoriska uppgifter saknas")).to_be_visible()


def test_questions_follow_the_answers_and_hidden_answers_come_back(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    field(page, "1.ANNAT.on").check()
    expect(field(page, "1.ANNAT")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    field(page, "1.3").fill("Samtal med chefen")
    field(page, "27").check()
    expect(field(page, "1.3")).to_be_hidden()
    expect(page.get_by_role("link", name="Grund för medicinskt underlag")).to_be_hidden()
    saved(page)
    field(page, "27").uncheck()
    expect(field(page, "1.3")).to_have_value("Samtal med chefen")


def test_an_exclusive_choice_empties_the_others(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    field(page, "40.ERGONOMISK").check()
    expect(field(page, "44")).to_be_visible()
    field(page, "40.EJ_AKTUELLT").check()
    expect(field(page, "40.ERGONOMISK")).not_to_be_checked()
    expect(field(page, "44")).to_be_hidden()


def test_A_117_help_folds_out_and_in(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    help_button = page.get_by_role("button", name=re.compile("Vad ska anges ?: Intyget är baserat på"))
    help_button.press("Enter")
    expect(page.get_by_text("Bygg intyget på en egen undersökning")).to_be_visible()
    help_button.press("Space")
    expect(page.get_by_text("Bygg intyget på en egen undersökning")).to_be_hidden()


def test_A_132_A_133_and_A_134_shorthand_becomes_a_date_when_the_field_is_left(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    start, end = field(page, "32.HELT_NEDSATT.from"), field(page, "32.HELT_NEDSATT.to")
    end.fill("d90")
    start.fill("2019-01-01")
    end.press("Tab")
    expect(end).to_have_value("2019-03-31")
    end.fill("2v")
    expect(end).to_have_value("2v")
    end.press("Enter")
    expect(end).to_have_value("2019-01-14")
    start.fill("")
    end.fill("d90")
    end.press("Tab")
    expect(told(page, "32.HELT_NEDSATT.to")).to_have_text("Ange datum i formatet åååå-mm-dd.")
    expect(end).to_have_attribute("aria-invalid", "true")
    expect(end).to_have_value("d90")


def test_A_135_the_working_time_follows(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    field(page, "32.hours").fill("40")
    field(page, "32.EN_FJARDEDEL.from").fill("20180405")
    field(page, "32.EN_FJARDEDEL.to").fill("2018-04-24")
    field(page, "32.EN_FJARDEDEL.to").press("Tab")
    expect(page.get_by_text("Arbetstid: 30,00 timmar/vecka i 20 dagar.")).to_be_visible()
    expect(page.get_by_text("Intyget motsvarar en period på 20 dagar.")).to_be_visible()
    expect(field(page, "32.EN_FJARDEDEL.from")).to_have_value("2018-04-05")
    expect(field(page, "32.motivering")).to_be_visible()


def test_an_overlap_is_told_once_and_marks_both_fields(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    periods = {"EN_FJARDEDEL": ("2026-12-01", "2026-12-20"), "HALFTEN": ("2026-12-20", "2026-12-31")}
    for code, (start, end) in periods.items():
        field(page, f"32.{code}.from").fill(start)
        field(page, f"32.{code}.to").fill(end)
    field(page, "32.hours").focus()
    expect(page.get_by_text("Perioderna får inte överlappa varandra: 2026-12-20 finns i båda.")).to_have_count(1)
    for name in ("32.EN_FJARDEDEL.to", "32.HALFTEN.from"):
        expect(field(page, name)).to_have_attribute("aria-describedby", "p-32")
    expect(page.locator("[data-index=bedomning]")).to_have_attribute("data-state", "wrong")


def test_nothing_is_called_wrong_while_it_is_being_written(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    field(page, "1.UNDERSOKNING").press_sequentially("2026-1")
    saved(page)
    expect(told(page, "1.UNDERSOKNING")).to_be_hidden()
    expect(page.locator("[data-index=grundformu]")).to_have_attribute("data-state", "missing")
    field(page, "1.UNDERSOKNING").press("Tab")
    expect(told(page, "1.UNDERSOKNING")).to_have_text("Ange datum i formatet åååå-mm-dd.")


def test_A_139_stars_go_when_answered_and_come_back(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    star = page.locator('[data-question="35"] [data-star]')
    expect(star).to_be_visible()
    field(page, "35").fill("Nedstämd")
    expect(star).to_be_hidden()
    field(page, "35").fill("")
    expect(star).to_be_visible()


def test_A_140_and_A_142_signing_an_incomplete_draft_tells_what_is_missing(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    expect(page.locator(".problem:visible")).to_have_count(0)
    sign(page)
    missing = page.locator("[data-missing]")
    expect(missing).to_contain_text("Utkastet saknar uppgifter i följande avsnitt:")
    expect(missing).to_be_focused()
    assert missing.get_by_role("link").all_inner_texts() == [
        "Grund för medicinskt underlag",
        "Sysselsättning",
        "Diagnos",
        "Sjukdomens konsekvenser",
        "Bedömning",
        "Åtgärder",
    ]
    missing.get_by_role("link", name="Diagnos").press("Enter")
    expect(field(page, "6.0.code")).to_be_focused()
    expect(page.get_by_role("heading", name="Diagnos", exact=True)).to_be_in_viewport()
    expect(told(page, "6")).to_have_text("Ange minst en diagnos.")
    for name in ("1", "28", "35", "17", "32", "39", "40"):
        expect(told(page, name)).to_be_visible()
    field(page, "28.STUDIER").check()
    expect(told(page, "28")).to_be_hidden()
    expect(missing.get_by_role("link", name="Sysselsättning")).to_have_count(0)


def test_A_016_A_062_and_A_141_an_administrator_sees_what_is_missing_and_forwards(open_browser: Open, draft: UUID) -> None:
    page = open_browser(KARIN)
    edit(page, draft)
    expect(page.get_by_role("button", name="Signera intyget")).to_have_count(0)
    page.get_by_role("button", name="Visa vad som saknas").click()
    expect(page.locator("[data-missing]").get_by_role("link", name="Sysselsättning")).to_be_visible()
    page.get_by_role("button", name="Dölj vad som saknas").click()
    expect(page.locator("[data-missing]")).to_be_hidden()
    letter = unquote(page.get_by_role("link", name="Vidarebefordra utkast").get_attribute("href") or "")
    assert re.fullmatch(rf"mailto:\?subject=Du har blivit tilldelad .*&body=http.*/intyg/{draft}", letter)
    assert not re.search(r"Tolvan|1212-?1212|sjukpenning", letter)


def test_a_deleted_draft_leads_back_to_the_patient(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    page.get_by_role("button", name="Radera").click()
    page.get_by_role("dialog").get_by_role("button", name="Radera").dblclick()
    expect(page.get_by_role("heading", name="Tidigare intyg")).to_be_visible()
    expect(page.locator(f'a[href="/intyg/{draft}"]')).to_have_count(0)


# Nothing typed is lost


def test_text_survives_a_server_that_stops_and_starts(open_browser: Open, draft: UUID, running: Running) -> None:
    page = open_browser()
    edit(page, draft)
    area = field(page, "35")
    area.press_sequentially("Före. ")
    saved(page)
    running.stop()
    try:
        area.press_sequentially("Under. ", delay=20)
        expect(page.get_by_text("Ingen kontakt med servern – texten finns kvar här")).to_be_visible()
        page.get_by_role("button", name="Signera intyget").press("Enter")
        area.press_sequentially("Mer.")
    finally:
        running.start()
    saved(page)
    expect(area).to_have_value("Före. Under. Mer.")
    edit(page, draft)
    expect(area).to_have_value("Före. Under. Mer.")


def test_text_survives_a_lost_network(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    page.context.set_offline(True)
    field(page, "25").press_sequentially("Skrivet utan nät")
    expect(page.get_by_text("Ingen kontakt med servern")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("link", name="Tillbaka").click()
    expect(field(page, "25")).to_have_value("Skrivet utan nät")
    page.context.set_offline(False)
    saved(page)


def test_text_survives_a_session_that_ended(open_browser: Open, draft: UUID) -> None:
    page = open_browser()
    edit(page, draft)
    page.context.clear_cookies(name="session")
    field(page, "25").press_sequentially("Skrivet utloggad")
    notice = page.get_by_role("alert").filter(has_text="Du är inte längre inloggad")
    expect(notice).to_be_visible()
    with page.context.expect_page() as opened:
        notice.get_by_role("link", name="Logga in i ett nytt fönster").click()
    log_in(opened.value)
    page.bring_to_front()
    saved(page)
    expect(notice).to_be_hidden()
    sign(page)
    expect(page.locator("[data-missing]")).to_be_visible()


def test_who_opened_first_is_told_who_has_the_draft_now_and_can_copy_the_text(open_browser: Open, draft: UUID) -> None:
    mine, hers = open_browser(), open_browser(KARIN)
    edit(mine, draft)
    field(mine, "25").fill("Mitt")
    saved(mine)
    edit(hers, draft)
    field(mine, "25").press_sequentially(" och mer")
    notice = mine.get_by_role("alert").filter(has_text="Karin Ek har öppnat utkastet")
    expect(notice).to_be_visible()
    expect(field(mine, "25")).to_have_value("Mitt och mer")
    expect(field(mine, "25")).not_to_be_editable()
    expect(field(mine, "27")).to_be_disabled()
    expect(mine.get_by_role("button", name="Signera intyget")).to_be_hidden()
    notice.get_by_role("button", name="Läs in sidan igen").click()
    expect(field(mine, "25")).to_have_value("Mitt")
    expect(field(mine, "25")).to_be_editable()
