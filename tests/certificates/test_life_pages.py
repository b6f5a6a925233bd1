"""Renew, replace, copy and revoke on the certificate's page: its buttons, what they post, and what the page tells afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from lxml import html

import pen
from certificates.test_pages import browser, codes, draft, filled, remembered, signed  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators  # noqa: F401
from logged_in import browser_of
from webcert.certificates import actions, ending, following
from webcert.certificates.models import Certificate
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

WRONG_PATIENT, OTHER = "FEL_PATIENT", "ANNAT_ALLVARLIGT_FEL"


def page_of(browser: Client, id: UUID) -> Any:
    response = browser.get(f"/intyg/{id}")
    assert response.status_code == 200, response.content
    return html.fromstring(response.content.decode())


def buttons(page: Any) -> list[str]:
    """The buttons beside the certificate's name, by what they are called."""
    found = page.xpath("//*[@class='title-row']//*[contains(concat(' ', @class, ' '), ' button ')][not(@popovertarget)]")
    return [button.text_content().replace("(öppnas i en ny flik)", "").strip() for button in found]


def slots(page: Any) -> list[str]:
    return [" ".join(slot.text_content().split()) for slot in page.xpath("//*[@data-status]")]


def events(page: Any) -> list[str]:
    return [entry.text_content() for entry in page.xpath("//ol[@class='events']/li")]


def sign(draft: Certificate, by: LoginContext) -> Certificate:
    opened = actions.open_draft(draft.id, by=by).certificate
    filled(opened, by)
    return pen.sign(draft.id, revision=opened.revision, by=by)


@pytest.fixture
def locked(draft: Certificate, doctor: LoginContext) -> Certificate:
    filled(draft, doctor)
    Certificate.objects.filter(pk=draft.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    return draft


def test_the_buttons_stand_in_order_and_fewer_for_an_administrator(
    browser: Client, signed: Certificate, administrator: LoginContext
) -> None:
    all_of_them = buttons(page_of(browser, signed.id))
    assert [all_of_them[0], *all_of_them[-3:]] == ["Skicka till Försäkringskassan", "Förnya", "Ersätt", "Makulera"]
    assert buttons(page_of(browser_of(administrator), signed.id))[-1] == "Förnya"


def test_A_086_the_renewal_is_told_of_the_last_period_and_its_degree(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    new_id = uuid4()
    for _ in range(2):
        response = browser.post(f"/intyg/{signed.id}/fornya", {"id": str(new_id)})
        assert response.headers["Location"] == f"/intyg/{new_id}"
    page = page_of(browser, new_id)
    (notice,) = page.xpath("//*[@data-question='32']//*[contains(@class,'message')]")
    assert " ".join(notice.text_content().split()) == (
        "Intyget som förnyas gällde till och med 2027-03-10. Nedsättningen var då 25 procent."
    )
    assert notice.xpath("following::input[starts-with(@name, '32.')]")
    assert not notice.xpath("preceding::input[starts-with(@name, '32.')]")
    browser.post(f"/intyg/{signed.id}/fornya", {"id": str(uuid4()), "skip": "true"})
    assert not page_of(browser, signed.id).xpath("//dialog[@id='fornya']")


def test_A_081_the_patients_list_renews_what_can_be_renewed(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    following.renew(signed.id, by=doctor)  # a draft, which cannot be renewed itself
    address = f"/patient/{signed.person_id}?visa=alla"
    page = html.fromstring(browser.get(address).content.decode())
    (button,) = page.xpath("//*[@data-list]//button[starts-with(normalize-space(), 'Förnya')]")
    assert button.get("data-renew-url") == f"/intyg/{signed.id}/fornya"
    (dialog,) = page.xpath("//dialog[@id=$id]", id=button.get("data-opens"))
    assert "Intyget är baserat på" in dialog.text_content()
    renewed = browser.post(button.get("data-renew-url"), {"id": button.get("data-new-id"), "skip": "true"})
    assert renewed["Location"] == f"/intyg/{button.get('data-new-id')}"
    page = html.fromstring(browser.get(address).content.decode())
    (form,) = page.xpath("//*[@data-list]//form")
    assert form.action == f"/intyg/{signed.id}/fornya"
    assert not page.xpath("//dialog[starts-with(@id, 'fornya')]")


def test_A_017_A_019_what_an_administrator_is_offered_and_refused(
    signed: Certificate, doctor: LoginContext, administrator: LoginContext
) -> None:
    locked = following.renew(signed.id, by=doctor)
    Certificate.objects.filter(pk=locked.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    browser = browser_of(administrator)
    assert buttons(page_of(browser, signed.id)) == ["Skicka till Försäkringskassan", "Skriv ut", "Förnya"]
    assert buttons(page_of(browser, locked.id)) == ["Kopiera", "Skriv ut"]
    for id, way in ((signed.id, "ersatt"), (signed.id, "makulera"), (locked.id, "makulera")):
        refused = browser.post(f"/intyg/{id}/{way}", {"id": str(uuid4()), "reason": WRONG_PATIENT})
        assert refused.status_code == 403
        assert "Din roll har inte rätt" in refused.content.decode()


def test_A_068_what_is_sent_already_is_shown_as_sent_and_is_not_sent_again(browser: Client, signed: Certificate) -> None:
    """As when the citizen has sent it in Mina intyg; her pages come later, but what she does there is this fact."""
    Certificate.objects.filter(pk=signed.id).update(sent_at=datetime.now(UTC), recipient="FKASSA")
    page = page_of(browser, signed.id)
    assert slots(page)[0] == "Intyget är skickat till Försäkringskassan"
    assert "Skicka till Försäkringskassan" not in buttons(page)
    assert not page.xpath("//form[contains(@action, '/skicka')]")
    assert browser.post(f"/intyg/{signed.id}/skicka").headers["Location"] == f"/intyg/{signed.id}"


def test_an_id_that_is_taken_makes_nothing(browser: Client, signed: Certificate) -> None:
    assert browser.post(f"/intyg/{signed.id}/fornya", {"id": str(signed.id)}).status_code == 400
    assert browser.post(f"/intyg/{signed.id}/fornya", {"id": "x"}).status_code == 400
    assert Certificate.objects.count() == 1


def test_A_091_a_replacement_that_is_begun_is_gone_on_with(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    replacing = following.replace(signed.id, by=doctor)
    page = page_of(browser, signed.id)
    assert slots(page)[0].startswith("Det finns redan ett påbörjat utkast som ska ersätta detta intyg")
    assert page.xpath("//dialog[@id='ersatt']//a/@href") == [f"/intyg/{replacing.id}"]
    sign(replacing, doctor)
    page = page_of(browser, signed.id)
    assert slots(page)[0] == "Intyget har ersatts av detta intyg"
    assert page.xpath("//*[@data-status='1']//a/@href") == [f"/intyg/{replacing.id}"]
    assert not {"Förnya", "Ersätt", "Skicka till Försäkringskassan"} & set(buttons(page))
    assert any(f"/intyg/{replacing.id}" in href for href in page.xpath("//ol[@class='events']//a/@href"))


def test_A_103_a_revoked_replacement_reminds_of_the_one_it_replaced(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    newer = sign(following.replace(signed.id, by=doctor), doctor)
    response = browser.post(
        f"/intyg/{newer.id}/makulera", {"reason": OTHER, f"text.{OTHER}": "Fel diagnos", f"text.{WRONG_PATIENT}": "nej"}
    )
    assert response.status_code == 302
    page = page_of(browser, newer.id)
    assert slots(page) == ["Intyget är makulerat", "Intyget ersatte ett tidigare intyg som också kan behöva makuleras. Öppna intyget"]
    assert page.xpath("//*[@data-status='2']//a/@href") == [f"/intyg/{signed.id}"]
    assert buttons(page) == []
    assert "Fel diagnos" in page.xpath("string(//dialog[@id='makulerat'])")
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert slots(page_of(browser, newer.id)) == ["Intyget är makulerat"]


def test_A_100_a_revocation_that_lacks_something_is_shown_again(browser: Client, signed: Certificate) -> None:
    response = browser.post(f"/intyg/{signed.id}/makulera", {"reason": OTHER, f"text.{OTHER}": "  ", f"text.{WRONG_PATIENT}": "Kvar"})
    assert response.status_code == 422
    page = html.fromstring(response.content.decode())
    (form,) = page.xpath("//form[@data-refused]")
    assert form.xpath(".//input[@checked]/@value") == [OTHER]
    assert "Kvar" in form.xpath(f"string(.//textarea[@name='text.{WRONG_PATIENT}'])")


def test_A_051_an_old_draft_is_shown_locked_whether_or_not_the_job_has_run(browser: Client, locked: Certificate) -> None:
    for _ in range(2):
        page = page_of(browser, locked.id)
        assert slots(page) == ["Utkastet är låst"]
        assert [button for button in buttons(page) if button != "Skriv ut"] == ["Kopiera", "Makulera"]
        assert "Utkastet har skapats på fel patient." in page.xpath("string(//dialog[@id='makulera'])")
        assert "Utkastet är låst eftersom" in page.xpath("string(//main/*[@class='heads-up'])")
        ending.lock_old_drafts()
    assert any("Utkastet är låst" in event for event in events(page_of(browser, locked.id)))


def test_A_097_a_locked_draft_is_copied_once_and_revoked(browser: Client, locked: Certificate) -> None:
    copy = uuid4()
    browser.post(f"/intyg/{locked.id}/kopiera", {"id": str(copy)})
    assert page_of(browser, locked.id).xpath("//dialog[@id='kopiera']//a/@href") == [f"/intyg/{copy}"]
    browser.post(f"/intyg/{locked.id}/makulera", {"reason": WRONG_PATIENT})
    page = page_of(browser, locked.id)
    assert (slots(page), buttons(page)) == (["Utkastet är makulerat"], [])


def test_a_draft_whose_parent_has_been_taken_cannot_be_signed_and_says_why(
    browser: Client, signed: Certificate, doctor: LoginContext
) -> None:
    """The button stands there out of use, with the reason that the server gives when it is asked all the same."""
    late, renewal = following.replace(signed.id, by=doctor), following.renew(signed.id, by=doctor)
    Certificate.objects.filter(pk=late.id).update(parent_id=None)
    quick = sign(following.replace(signed.id, by=doctor), doctor)
    Certificate.objects.filter(pk=late.id).update(parent_id=signed.id)
    told = "Intyget som utkastet utgår från har redan ersatts av ett annat intyg. Utkastet kan inte signeras."
    assert _why_not_signed(browser, late.id) == told
    ending.revoke(quick.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert _why_not_signed(browser, late.id) == ""
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert _why_not_signed(browser, late.id) == "Intyget som utkastet utgår från är makulerat. Utkastet kan inte signeras."
    assert _why_not_signed(browser, renewal.id) == ""


def _why_not_signed(browser: Client, id: UUID) -> str:
    """What stands beside the button; the server must give the same answer."""
    page = page_of(browser, id)
    (button,) = page.xpath("//*[@class='finish']//button[starts-with(normalize-space(), 'Signera intyget')]")
    reason: str = button.xpath("string(following-sibling::*[@class='reason'])")
    assert bool(page.xpath("//form[@data-sign]")) is (not reason)
    if reason:
        revision = page.xpath("string(//form[@data-draft]/@data-revision)")
        answer = browser.post(f"/intyg/{id}/signera", {"revision": revision}, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (409, reason)
    return reason
