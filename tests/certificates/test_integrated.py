"""Who works through her EHR: one certificate at a time, and no way on from it but in the EHR (manual I 3.3–3.4, ui.md §1.5, §10)."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from lxml import html

from certificates.test_pages import codes, draft, remembered, signed  # noqa: F401
from clinic import doctor, outside, patient, running_simulators, simulators, unit  # noqa: F401
from logged_in import browser_of
from security.test_url_map import ON_A_UNIT, ask
from told import told
from webcert.certificates import following
from webcert.certificates.models import Certificate
from webcert.staff.login_context import Integration, LoginContext, Origin

pytestmark = pytest.mark.django_db

IN_THE_EHR = {"sok", "sok/kontroll", "patient/<uuid:id>", "utkast", "arenden", "intyg/favorit"}
"""Search and lists, which the EHR has."""


@pytest.fixture
def integrated(doctor: LoginContext) -> LoginContext:
    units = (*doctor.units, unit("SE2321000990-1009", "Annan enhet"))
    return replace(doctor, units=units, origin=Origin.DEEP_INTEGRATION)


@pytest.fixture
def browser(integrated: LoginContext) -> Client:
    return browser_of(integrated)


def page_of(browser: Client, address: str) -> Any:
    return html.fromstring(browser.get(address).content.decode())


def ways_on(page: Any) -> list[str]:
    """Links and buttons of the header, and the way back."""
    found = page.xpath("//header//a | //header//button | //nav[@class='tabs']//a | //a[@class='back']")
    return [" ".join(one.text_content().split()) for one in found]


def test_A_034_the_header_has_neither_tabs_log_out_nor_change_of_unit(
    browser: Client, doctor: LoginContext, draft: Certificate, signed: Certificate
) -> None:
    for address in (f"/intyg/{draft.id}", f"/intyg/{signed.id}", "/hjalp", "/intyg/raderat"):
        page = page_of(browser, address)
        assert ways_on(page) == ["Meny", "Om Webcert"]
        told = page.xpath("string(//header)")
        assert "Björkängens vårdcentral" in told
        assert "Maja Lindqvist – Läkare" in told
        assert "Inaktiv enhet" not in told
    alone = ways_on(page_of(browser_of(doctor), f"/intyg/{draft.id}"))
    assert ("Tillbaka" in alone, "Logga ut" in alone) == (True, True)


def test_a_unit_that_the_ehr_calls_inactive_is_marked_in_the_header(integrated: LoginContext, signed: Certificate) -> None:
    browser = browser_of(replace(integrated, integration=Integration(inactive_unit=True)))
    assert "Inaktiv enhet" in page_of(browser, f"/intyg/{signed.id}").xpath("string(//header)")


def test_search_and_lists_are_refused_and_nothing_else(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    refused = {route for route, methods in ON_A_UNIT.items() if ask(browser, route, methods.split()[-1]).status_code == 403}
    assert refused == IN_THE_EHR
    assert [event["reason"] for event in told(caplog, "AUTHORIZATION_DENIED")] == ["INTEGRATED"] * len(IN_THE_EHR)


def test_there_is_no_first_page_here(browser: Client) -> None:
    page = page_of(browser, "/")
    assert page.xpath("string(//h1)") == "Webcert öppnas från journalsystemet"
    assert page.xpath("//main//a") == []


def test_P14_a_deleted_draft_leads_to_what_it_followed_from_or_nowhere(
    browser: Client, integrated: LoginContext, draft: Certificate, signed: Certificate
) -> None:
    renewal, alone = following.renew(signed.id, by=integrated), following.renew(signed.id, by=integrated)
    Certificate.objects.filter(pk=alone.id).update(parent_id=None, relation="")
    for id, target in ((renewal.id, f"/intyg/{signed.id}"), (alone.id, "/intyg/raderat")):
        (form,) = page_of(browser, f"/intyg/{id}").xpath("//dialog[@id='radera']//form")
        assert browser.post(f"/intyg/{id}/radera", dict(form.form_values())).url == target
    page = page_of(browser, "/intyg/raderat")
    assert page.xpath("string(//h1)") == "Utkastet är borttaget"
    assert page.xpath("//main//a") == []


def test_who_is_logged_out_by_time_is_told_to_come_from_the_ehr_again(browser: Client, signed: Certificate) -> None:
    (address,) = page_of(browser, f"/intyg/{signed.id}").xpath("//@data-logged-out-url")
    page = page_of(Client(), address)
    assert page.xpath("string(//h1)") == "Du är nu utloggad"
    assert "Öppna intyget på nytt från journalsystemet." in page.xpath("string(//main)")
    assert page.xpath("//main//a") == []
