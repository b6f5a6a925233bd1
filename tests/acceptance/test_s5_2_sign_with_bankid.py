"""Manual section 5.2 for who logs in with an e-legitimation: signing with BankID, with a phone beside the browser (reference/ui.md D24)."""

import re
from collections.abc import Callable
from urllib.parse import unquote
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from acceptance.clinician import Clinician, assert_axe_finds_nothing
from running import Running
from signing.bankid.phone import Phone
from simulated import Pages
from web_user import WebUser

GORAN, NUMBER = "Göran Lundmark", "195206142597"
"""A private practitioner, and her personal identity number."""


@pytest.fixture
def phone(running: Running) -> Phone:
    """Göran's phone, on which nothing waits."""
    phone = Phone(Pages(running.simulators_url))
    for order in phone.orders:
        phone.fail("cancelled", order["ref"])
    return phone


@pytest.fixture
def full_draft(running: Running) -> UUID:
    """An FK 7804 of hers that can be signed."""
    earlier = WebUser(running.url, NUMBER, way="eleg")
    earlier.post("/anvandarvillkor", version="1")
    draft = earlier.create_draft()
    assert earlier.save(draft).json()["complete"]
    return draft


@pytest.fixture
def goran(somebody: Callable[..., Clinician], full_draft: UUID) -> Callable[..., Clinician]:
    """Sits Göran down before the draft, at the moment when it is to be signed."""

    def seated(width: int = 1366, height: int = 768) -> Clinician:
        goran = somebody(GORAN, width, height)
        goran.proves_to_be_herself("E-legitimation")
        goran.opens(full_draft)
        goran.presses("Signera intyget")
        expect(goran.page.get_by_role("heading", level=1)).to_have_text("Signera intyget")
        return goran

    return seated


def text_of(page: Page) -> str:
    """What is told to everybody, also to screen readers."""
    return page.get_by_role("status").inner_text()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_A_053_signed_with_bankid_on_another_device(goran: Callable[..., Clinician], phone: Phone, width: int, height: int) -> None:
    doctor = goran(width, height)
    assert_axe_finds_nothing(doctor.page)
    doctor.presses("BankID på en annan enhet")
    code = doctor.page.get_by_role("img", name=re.compile("^QR-kod"))
    expect(code).to_be_visible()
    first = code.get_attribute("src")
    expect(code).not_to_have_attribute("src", first or "")
    assert_axe_finds_nothing(doctor.page)
    assert doctor.page.evaluate("document.documentElement.scrollWidth") <= width
    phone.start()
    expect(doctor.page.get_by_role("status")).to_contain_text("skriv in din säkerhetskod")
    expect(code).to_be_hidden()
    phone.approve()
    doctor.sees("Intyget är signerat")
    assert "/intyg/" in doctor.page.url
    doctor.page.go_back()
    expect(doctor.page.get_by_role("img", name=re.compile("^QR-kod"))).to_have_count(0)


def test_signed_with_bankid_on_the_same_device(goran: Callable[..., Clinician], phone: Phone) -> None:
    """The stand-in's app is a page; the real one opens by its own scheme."""
    doctor = goran()
    doctor.presses("BankID på den här enheten")
    with doctor.page.expect_popup() as opened:
        doctor.page.get_by_role("link", name="Öppna BankID").click()
    opened.value.get_by_role("button", name="Skriv under").click()
    doctor.sees("Intyget är signerat")


def test_refused_in_the_app_it_is_told_and_can_be_tried_again(goran: Callable[..., Clinician], phone: Phone) -> None:
    doctor = goran()
    doctor.presses("BankID på en annan enhet")
    phone.cancel()
    doctor.sees("Du avbröt underskriften i BankID-appen.")
    doctor.sees("Utkastet finns kvar som det var.")
    assert_axe_finds_nothing(doctor.page)
    doctor.presses("BankID på en annan enhet")
    phone.approve()
    doctor.sees("Intyget är signerat")


def test_given_up_the_draft_is_there(goran: Callable[..., Clinician], phone: Phone, full_draft: UUID) -> None:
    doctor = goran()
    doctor.presses("BankID på en annan enhet")
    doctor.presses("Avbryt")
    expect(doctor.button("Signera intyget")).to_be_visible()
    assert phone.orders == []


def test_with_the_keyboard_alone(goran: Callable[..., Clinician], phone: Phone) -> None:
    doctor = goran()
    doctor.button("BankID på en annan enhet").press("Enter")
    expect(doctor.page.get_by_role("status")).to_contain_text("läs av QR-koden")
    doctor.button("BankID på den här enheten").press("Enter")
    expect(doctor.page.get_by_role("link", name="Öppna BankID")).to_be_visible()
    doctor.button("Avbryt").press("Enter")
    expect(doctor.button("Signera intyget")).to_be_visible()


def test_the_web_is_killed_while_the_phone_waits(goran: Callable[..., Clinician], phone: Phone, running: Running) -> None:
    doctor = goran()
    doctor.presses("BankID på en annan enhet")
    phone.start()
    expect(doctor.page.get_by_role("status")).to_contain_text("skriv in din säkerhetskod")
    running.kill("web")
    phone.approve()
    expect(doctor.page.get_by_text("Intyget är signerat").first).to_be_visible(timeout=40_000)


def test_the_secret_of_the_code_never_reaches_the_browser(goran: Callable[..., Clinician], phone: Phone, database: object) -> None:
    doctor = goran()
    answers: list[str] = []
    doctor.page.on("response", lambda response: answers.append(response.text()) if "bankid" in response.url and response.ok else None)
    doctor.presses("BankID på en annan enhet")
    expect(doctor.page.get_by_role("status")).to_contain_text("QR-koden")
    with database.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("SELECT qr_start_secret FROM signing_bankid_order WHERE state = 'PENDING'")
        secrets = [row[0] for row in cursor.fetchall()]
    doctor.page.wait_for_timeout(1500)
    assert secrets
    assert answers
    assert not [secret for secret in secrets for answer in answers if secret in unquote(answer)]
