"""Single logout: log-out here ends the session at the provider, and the provider's word ends the session here."""

from typing import Any

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from login.browser import Browser
from login.world import browser, identity, running_simulators, simulators  # noqa: F401
from simulated import Simulators
from web_user import form_of
from webcert.login.tasks import renew_provider_metadata, tend_logins
from webcert.staff.models import ProviderLogin

pytestmark = pytest.mark.django_db

ERIK, MAJA, ELIN = "SE2321000990-2002", "SE2321000990-2001", "SE5569000002-2005"


def logins(identity: Simulators) -> list[dict[str, str]]:
    found: list[dict[str, str]] = httpx.get(f"{identity.identity_url}/logins.json", trust_env=False).json()
    return found


@pytest.fixture(autouse=True)
def nobody(identity: Simulators) -> None:
    for login in logins(identity):
        httpx.post(f"{identity.identity_url}/logins/end", data={"name_id": login["name_id"]}, trust_env=False)


def ended_by_provider(identity: Simulators) -> tuple[str, dict[str, str]]:
    """The provider's request to end its only session."""
    (login,) = logins(identity)
    answer = httpx.post(f"{identity.identity_url}/logins/end", data={"name_id": login["name_id"]}, trust_env=False)
    return form_of(answer.text)


def test_A_026_log_out_also_ends_the_session_at_the_provider(browser: Browser, identity: Simulators) -> None:
    browser.logs_in(ERIK)
    assert len(logins(identity)) == 1
    page = browser.client.post("/logga-ut")
    assert page.status_code == 200
    assert browser.client.get("/sok").status_code == 302
    address, message = form_of(page.content.decode())
    assert address == f"{identity.identity_url}/siths/slo"
    assert f"form-action {identity.identity_url};" in page["Content-Security-Policy"]
    back, answer = form_of(browser.provider.post(address, data=message).text)
    assert not logins(identity)
    assert back == "http://localhost:8000/logout/saml2/slo"
    assert Client().post("/logout/saml2/slo", answer)["Location"] == "/utloggad"
    assert not ProviderLogin.objects.exists()


def test_why_somebody_logged_out_survives_the_way_round(browser: Browser) -> None:
    browser.logs_in(ELIN)
    address, message = form_of(browser.client.post("/logga-ut", {"orsak": "godkannande"}).content.decode())
    _, answer = form_of(browser.provider.post(address, data=message).text)
    assert Client().post("/logout/saml2/slo", answer)["Location"] == "/utloggad?orsak=godkannande"
    assert Client().post("/logout/saml2/slo", answer | {"RelayState": "https://ond.example"})["Location"] == "/utloggad"


@pytest.mark.parametrize("unit", ["", "SE2321000990-1020"])
def test_the_provider_ends_the_session_in_the_database(browser: Browser, identity: Simulators, unit: str) -> None:
    browser.logs_in(MAJA)
    if unit:
        browser.client.post("/valj-enhet", {"unit_id": unit})
    assert browser.client.get("/valj-enhet").status_code == 200
    address, message = ended_by_provider(identity)
    page = Client().post(httpx.URL(address).path, message)
    assert browser.client.get("/valj-enhet").status_code == 302
    assert not Session.objects.filter(session_key=browser.client.session.session_key).exists()
    where, answer = form_of(page.content.decode())
    assert where == f"{identity.identity_url}/siths/slo"
    assert browser.provider.post(where, data=answer, follow_redirects=False).status_code == 303


def test_the_provider_ends_also_a_login_that_waits_for_the_user_to_accept(browser: Browser, identity: Simulators) -> None:
    browser.logs_in(ELIN)
    address, message = ended_by_provider(identity)
    Client().post(httpx.URL(address).path, message)
    assert browser.client.get("/sekretessmarkering")["Location"] == "/"


@pytest.mark.parametrize("field", ["SAMLRequest", "SAMLResponse"])
def test_unsigned_and_broken_messages_end_nothing(browser: Browser, identity: Simulators, field: str) -> None:
    browser.logs_in(ERIK)
    _, message = ended_by_provider(identity)
    for content in ("", "AAAA", message["SAMLRequest"][:-8] + "AAAAAAA="):
        assert Client().post("/logout/saml2/slo", {field: content}).status_code == 403
    assert browser.client.get("/sok").status_code == 200


def test_a_log_out_is_complete_here_although_the_provider_is_away(browser: Browser, identity: Simulators, settings: Any) -> None:
    browser.logs_in(ERIK)
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"siths_metadata": "/nowhere"})
    assert browser.client.post("/logga-ut")["Location"] == "/utloggad"
    assert browser.client.get("/sok").status_code == 302


def test_what_is_over_is_forgotten_in_the_background(browser: Browser, identity: Simulators, settings: Any) -> None:
    browser.logs_in(ERIK)
    tend_logins(timestamp=0)
    assert ProviderLogin.objects.count() == 1
    Session.objects.all().delete()
    tend_logins(timestamp=0)
    assert not ProviderLogin.objects.exists()
    renew_provider_metadata(timestamp=0)
    identity.set_mode(f"{identity.identity_url}/eleg", "down")
    renew_provider_metadata(timestamp=0)
