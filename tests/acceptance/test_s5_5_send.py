"""Manual section 5.5: sending, with the patient's consent, to the recipient."""

from uuid import UUID

from playwright.sync_api import expect

from acceptance.clinician import Clinician
from running import Running, wait_until
from web_user import WebUser

SEND = "Skicka till Försäkringskassan"


def test_A_065_the_dialog_says_that_the_patients_consent_is_needed(doctor: Clinician, signed: UUID) -> None:
    doctor.opens(signed)
    doctor.presses(SEND)
    dialog = doctor.dialog("Skicka intyg till Försäkringskassan")
    expect(dialog).to_contain_text("Skicka bara om patienten samtycker.")
    expect(dialog.get_by_role("button", name="Skicka", exact=True)).to_be_visible()
    dialog.get_by_role("button", name="Avbryt").click()
    expect(doctor.status()).to_have_text("Intyget är signerat")


def test_A_066_the_certificate_is_sent_once_and_the_recipient_has_it(doctor: Clinician, signed: UUID, running: Running) -> None:
    doctor.opens(signed)
    doctor.presses(SEND)
    doctor.dialog().get_by_role("button", name="Skicka", exact=True).dblclick()
    expect(doctor.status()).to_have_text("Intyget är skickat till Försäkringskassan")
    expect(doctor.button(SEND)).to_have_count(0)
    wait_until(lambda: running.received(signed) == 1, 30, lambda: "it never arrived")
    doctor.page.reload()
    doctor.presses("Visa alla händelser")
    told = doctor.dialog("Alla händelser").get_by_role("listitem").all_inner_texts()
    assert "Försäkringskassan har tagit emot intyget" in told[0]
    assert "Intyget är skapat" in told[-1]
    doctor.page.goto("/sok")
    doctor.page.go_back()
    doctor.sees("Intyget är tillgängligt för patienten")
    doctor.follows("Tillbaka")
    row = doctor.page.get_by_role("row").filter(has=doctor.page.locator(f'a[href="/intyg/{signed}"]'))
    expect(row).to_contain_text("Skickat")


def test_A_069_no_question_can_be_asked_about_a_certificate_that_is_not_sent(doctor: Clinician, signed: UUID, earlier: WebUser) -> None:
    """The first half. That questions can be asked once it is sent belongs to the messages, which do not exist yet."""
    doctor.opens(signed)
    expect(doctor.page.get_by_role("tab")).to_have_text(["Om intyget"])
    expect(doctor.page.locator("main").get_by_role("textbox")).to_have_count(0)
    earlier.open(signed)
    asked = earlier.post(f"/intyg/{signed}/fraga", subject="KONTKT", text="Hur går det?")
    assert 400 <= asked.status_code < 500
    doctor.page.goto("/arenden")
    doctor.sees("Inga ohanterade ärenden")
