"""Renew, replace, copy and revoke on the certificate's page: its buttons, what they post, and what the page tells afterwards."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from lxml import html

from certificates.test_pages import browser, browser_of, codes, draft, filled, remembered, signed  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators  # noqa: F401
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
    return actions.sign(draft.id, revision=opened.revision, by=by)


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


def test_A_084_the_renewal_is_told_of_the_last_period_and_its_degree(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    new_id = uuid4()
    for _ in range(2):
        response = browser.post(f"/intyg/{signed.id}/fornya", {"id": str(new_id)})
        assert response.headers["Location"] == f"/intyg/{new_id}"
    page = page_of(browser, new_id)
    (notice,) = page.xpath("//*[@data-question='32']//*[contains(@class,'message')]")
    assert "gällde till och med" in notice.text_content()
    assert "procent" in notice.text_content()
    browser.post(f"/intyg/{signed.id}/fornya", {"id": str(uuid4()), "skip": "true"})
    assert not page_of(browser, signed.id).xpath("//dialog[@id='fornya']")


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
        f"/intyg/{newer.id}/makulera", {"reason": OTHER, f"text.{OTHER}": "Fel\x00 diagnos", f"text.{WRONG_PATIENT}": "nej"}
    )
    assert response.status_code == 302
    page = page_of(browser, newer.id)
    assert slots(page) == ["Intyget är makulerat", "Intyget ersatte ett tidigare intyg som också kan behöva makuleras. Öppna intyget"]
    assert page.xpath("//*[@data-status='2']//a/@href") == [f"/intyg/{signed.id}"]
    assert buttons(page) == []
    assert "Fel diagnos" in page.xpath("string(//dialog[@id='makulerat'])")
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert slots(page_of(browser, newer.id)) == ["Intyget är makulerat"]


def test_A_099_a_revocation_that_lacks_something_is_shown_again(browser: Client, signed: Certificate) -> None:
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
        ending.lock_old_drafts()
    assert any("Utkastet är låst" in event for event in events(page_of(browser, locked.id)))


def test_A_097_a_locked_draft_is_copied_once_and_revoked(browser: Client, locked: Certificate) -> None:
    copy = uuid4()
    browser.post(f"/intyg/{locked.id}/kopiera", {"id": str(copy)})
    assert page_of(browser, locked.id).xpath("//dialog[@id='kopiera']//a/@href") == [f"/intyg/{copy}"]
    browser.post(f"/intyg/{locked.id}/makulera", {"reason": WRONG_PATIENT})
    page = page_of(browser, locked.id)
    assert (slots(page), buttons(page)) == (["Utkastet är makulerat"], [])


def test_a_draft_whose_parent_is_revoked_tells_why_it_is_not_signed(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    replacing = following.replace(signed.id, by=doctor)
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    page = page_of(browser, replacing.id)
    revision = page.xpath("//input[@name='revision']/@value")[0]
    assert browser.post(f"/intyg/{replacing.id}/signera", {"revision": revision}).status_code == 409
