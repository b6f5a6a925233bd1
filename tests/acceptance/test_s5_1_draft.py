"""Manual section 5.1: drafts and certificates. What is typed is kept, whatever happens; what is signed never changes."""

import base64
import hashlib
from collections.abc import Callable
from uuid import UUID

import psycopg
from lxml import etree
from playwright.sync_api import expect

from acceptance.clinician import FINDINGS, KARIN, OTHER, Clinician
from running import Running, wait_until
from web_user import WebUser


def test_A_046_what_was_written_is_there_on_return(doctor: Clinician, draft: UUID) -> None:
    text = "Nedstämd i status – åäö, ”citat” och\nny rad"
    doctor.opens(draft)
    doctor.writes(FINDINGS, text)
    doctor.follows("Tillbaka")
    expect(doctor.page.get_by_role("heading", name="Skapa intyg")).to_be_visible()
    doctor.page.locator(f'a[href="/intyg/{draft}"]').click()
    expect(doctor.field(FINDINGS)).to_have_value(text)


def test_A_047_a_draft_that_lacks_answers_is_saved_as_a_draft(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.writes(FINDINGS, "Nedstämd")
    doctor.leaves(FINDINGS)
    doctor.waits_until_saved()
    expect(doctor.status()).to_have_text("Obligatoriska uppgifter saknas")
    doctor.follows("Tillbaka")
    row = doctor.page.get_by_role("row").filter(has=doctor.page.locator(f'a[href="/intyg/{draft}"]'))
    expect(row).to_contain_text("Utkast, uppgifter saknas")


def kept(database: psycopg.Connection, id: UUID) -> tuple[bytes, str]:
    """The signed bytes of the certificate and their digest, as they are stored."""
    found = database.execute("SELECT signed_xml, digest FROM certificates_certificate WHERE id = %s", [id]).fetchone()
    assert found
    return bytes(found[0]), found[1]


def test_A_048_what_is_signed_is_stored_and_stays_byte_for_byte(
    doctor: Clinician, full_draft: UUID, earlier: WebUser, running: Running, database: psycopg.Connection
) -> None:
    """That the patient can read it in Mina intyg is only said here: the citizen's pages come with an issue of their own."""
    doctor.opens(full_draft)
    doctor.signs()
    doctor.sees("Intyget är tillgängligt för patienten")
    signed, digest = kept(database, full_draft)
    (intyg,) = etree.fromstring(signed).iter("{*}intyg")
    assert str(full_draft) in etree.tostring(intyg, encoding="unicode")
    assert len(base64.b64decode(digest)) == hashlib.sha256().digest_size
    earlier.send(full_draft)
    assert earlier.http.get(f"/intyg/{full_draft}/skriv-ut").is_success
    wait_until(lambda: running.received(full_draft) == 1, 30, lambda: "it never arrived")
    assert kept(database, full_draft) == (signed, digest)


def test_A_049_a_signed_certificate_can_be_neither_changed_nor_deleted(
    doctor: Clinician, signed: UUID, earlier: WebUser, database: psycopg.Connection
) -> None:
    before = kept(database, signed)
    doctor.opens(signed)
    expect(doctor.button("Radera")).to_have_count(0)
    expect(doctor.page.locator("main :is(input:not([type=hidden]), textarea, select)")).to_have_count(0)
    for refused in (
        earlier.save_fields(signed, {OTHER: "i efterhand"}, revision=1),
        earlier.post(f"/intyg/{signed}/radera", patient=str(signed), revision="1"),
    ):
        assert refused.status_code == 409
        assert "signerat" in refused.text
    assert kept(database, signed) == before
    doctor.page.reload()
    expect(doctor.page.get_by_text("i efterhand")).to_have_count(0)


# Nothing typed is lost


def test_text_survives_a_server_that_stops_and_starts(doctor: Clinician, draft: UUID, running: Running) -> None:
    doctor.opens(draft)
    area = doctor.field(FINDINGS)
    area.press_sequentially("Före. ")
    doctor.waits_until_saved()
    running.stop()
    try:
        area.press_sequentially("Under. ", delay=20)
        doctor.sees("Ingen kontakt med servern – texten finns kvar här")
        doctor.button("Signera intyget").press("Enter")
        area.press_sequentially("Mer.")
    finally:
        running.start()
    doctor.waits_until_saved()
    expect(area).to_have_value("Före. Under. Mer.")
    doctor.opens(draft)
    expect(area).to_have_value("Före. Under. Mer.")


def test_text_survives_a_lost_network(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.page.context.set_offline(True)
    doctor.field(OTHER).press_sequentially("Skrivet utan nät")
    doctor.sees("Ingen kontakt med servern")
    doctor.page.once("dialog", lambda dialog: dialog.dismiss())
    doctor.follows("Tillbaka")
    expect(doctor.field(OTHER)).to_have_value("Skrivet utan nät")
    doctor.page.context.set_offline(False)
    doctor.waits_until_saved()


def test_text_survives_a_session_that_ended(doctor: Clinician, draft: UUID) -> None:
    doctor.opens(draft)
    doctor.page.context.clear_cookies(name="session")
    doctor.field(OTHER).press_sequentially("Skrivet utloggad")
    notice = doctor.page.get_by_role("alert").filter(has_text="Du är inte längre inloggad")
    expect(notice).to_be_visible()
    with doctor.page.context.expect_page() as opened:
        notice.get_by_role("link", name="Logga in i ett nytt fönster").click()
    Clinician(opened.value, doctor.name).logs_in()
    doctor.page.bring_to_front()
    doctor.waits_until_saved()
    expect(notice).to_be_hidden()
    doctor.presses("Signera intyget")
    expect(doctor.missing()).to_be_visible()


def test_A_058_who_opened_last_has_the_draft_and_the_other_is_told_by_whom(
    doctor: Clinician, at_work: Callable[..., Clinician], draft: UUID
) -> None:
    doctor.page.route("**/lage*", lambda route: route.abort())  # she is told by her next save, before she would have asked
    doctor.opens(draft)
    doctor.writes(OTHER, "Mitt")
    doctor.waits_until_saved()
    at_work(KARIN).opens(draft)
    doctor.field(OTHER).press_sequentially(" och mer")
    notice = doctor.page.get_by_role("alert").filter(has_text="Karin Ek har öppnat utkastet")
    expect(notice).to_be_visible()
    expect(doctor.field(OTHER)).to_have_value("Mitt och mer")
    expect(doctor.field(OTHER)).not_to_be_editable()
    expect(doctor.field("27")).to_be_disabled()
    expect(doctor.button("Signera intyget")).to_be_hidden()
    notice.get_by_role("button", name="Läs in sidan igen").click()
    expect(doctor.field(OTHER)).to_have_value("Mitt")
    expect(doctor.field(OTHER)).to_be_editable()
