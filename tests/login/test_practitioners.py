"""The private practitioner as a user: what opens Webcert for her, the terms that she accepts first, the rights of the manuals' table 3."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from logged_in import log_in_as
from login.browser import Browser
from login.world import browser, identity, running_simulators, simulators  # noqa: F401
from simulated import Simulators
from told import told
from webcert.login import practitioners
from webcert.patients import pu
from webcert.staff import page as pages
from webcert.staff import terms
from webcert.staff.identity import Identity, Method, ProviderSession
from webcert.staff.login_context import LoginContext
from webcert.staff.models import AcceptedTerms
from webcert.staff.roles import Role
from webcert.staff.session import _JSON

pytestmark = pytest.mark.django_db

GORAN, INGRID, LINA, CHRISTER, ALVA = "195206142597", "195401875769", "198001910002", "196707183130", "199901042383"
HSA_ID = "SE165565594230-WEBCERT00001"


def accept(browser: Browser, **fields: str) -> Any:
    return browser.client.post("/anvandarvillkor", {"version": str(terms.CURRENT.version)} | fields)


def kept(browser: Browser) -> LoginContext:
    return _JSON.validate_python(browser.client.session["login"])


@pytest.fixture
def goran(browser: Browser) -> Browser:
    """A private practitioner who is logged in and has accepted the terms."""
    browser.logs_in(GORAN, "eleg")
    accept(browser)
    return browser


def test_A_180_the_terms_come_first_and_then_the_page_that_was_asked_for(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    assert browser.logs_in(GORAN, "eleg", next="/utkast")["Location"] == "/anvandarvillkor?next=%2Futkast"
    page = browser.client.get("/anvandarvillkor?next=/utkast").content.decode()
    for text in ("Godkännande av användarvillkor", "Version 1", "Jag godkänner villkoren", "Skriv ut", "Logga ut"):
        assert text in page
    assert accept(browser, next="/utkast")["Location"] == "/utkast"
    assert browser.client.get("/utkast").status_code == 200
    (event,) = told(caplog, "PP_TERMS_ACCEPTED")
    assert (event["user"], event["version"]) == (HSA_ID, 1)
    assert GORAN not in caplog.text


def routes(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[str]:
    for pattern in patterns:
        yield from routes(pattern.url_patterns) if isinstance(pattern, URLResolver) else [str(pattern.pattern)]


OPEN = {"", "healthz", "metrics", "logga-ut", "utloggad", "sekretessmarkering", "anvandarvillkor", "hjalp", "signering/svar"}


def test_A_180_until_then_the_server_opens_nothing(browser: Browser) -> None:
    browser.logs_in(GORAN, "eleg")
    for route in set(routes(get_resolver().url_patterns)) - OPEN:
        if route.startswith(("saml2/", "login/", "logout/")):
            continue
        address = "/" + re.sub("<uuid:.*?>", "6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17", route)
        for answer in (browser.client.get(address), browser.client.generic("POST", address)):
            assert answer.status_code in (302, 401, 405), route
            assert answer.status_code != 302 or answer["Location"].partition("?")[0] == "/", route
    assert browser.client.get("/")["Location"] == "/anvandarvillkor"
    assert browser.client.post("/sekretessmarkering", {"accepted": "true"}).status_code == 302
    assert "login" not in browser.client.session


@pytest.mark.parametrize("fields", [{"version": ""}, {"version": "0"}, {"version": "2"}])
def test_A_180_only_the_version_in_force_can_be_accepted(browser: Browser, fields: dict[str, str]) -> None:
    browser.logs_in(GORAN, "eleg")
    assert accept(browser, **fields).status_code == 200
    assert not AcceptedTerms.objects.exists()
    assert browser.client.get("/sok").status_code == 302


def test_A_180_she_is_asked_once_for_each_version(goran: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted = AcceptedTerms.objects.get()
    assert (accepted.hsa_id, accepted.version) == (HSA_ID, 1)
    goran.client.post("/logga-ut")
    assert goran.logs_in(GORAN, "eleg")["Location"] == "/sok"
    goran.client.post("/logga-ut")
    monkeypatch.setattr(terms, "CURRENT", terms.Terms(2, terms.CURRENT.since, terms.CURRENT.parts))
    assert goran.logs_in(GORAN, "eleg")["Location"] == "/anvandarvillkor"


def test_who_does_not_accept_is_told_that_it_is_needed(browser: Browser) -> None:
    browser.logs_in(GORAN, "eleg")
    browser.client.post("/logga-ut", {"orsak": "villkor"})
    assert "godkänna användarvillkoren" in browser.client.get("/utloggad?orsak=villkor").content.decode()
    assert not browser.client.session.keys()


def test_employees_are_not_asked(browser: Browser) -> None:
    assert browser.logs_in("SE2321000990-2002")["Location"] == "/sok"
    assert browser.client.get("/anvandarvillkor")["Location"] == "/"


def test_with_protected_identity_the_risk_is_accepted_before_the_terms(browser: Browser) -> None:
    assert browser.logs_in(LINA, "eleg")["Location"] == "/sekretessmarkering"
    assert "När du signerar ett intyg" in browser.client.get("/sekretessmarkering").content.decode()
    assert accept(browser).status_code == 302
    assert browser.client.post("/sekretessmarkering", {"accepted": "true"})["Location"] == "/anvandarvillkor"
    assert accept(browser)["Location"] == "/sok"
    assert kept(browser).user.protected


def test_she_is_provider_unit_and_person_in_one(goran: Browser) -> None:
    login = kept(goran)
    assert (login.user.role, login.user.name, login.user.hsa_id) == (Role.PRIVATE_PRACTITIONER, "Göran Lundmark", HSA_ID)
    assert (login.user.personal_id, login.user.specialities) == (GORAN, ("Allmänmedicin",))
    assert (login.unit.id, login.unit.care_provider_id, login.unit.assignment) == (HSA_ID, HSA_ID, "")
    assert (login.unit.name, login.unit.workplace_code, login.unit.town) == ("Lundmarks läkarpraktik", "8719001", "Nordanvik")
    assert [position.code for position in login.user.positions] == ["201011"]


def test_without_a_workplace_code_her_id_stands_for_it(browser: Browser) -> None:
    browser.logs_in(INGRID, "eleg")
    accept(browser)
    assert kept(browser).unit.workplace_code == "SE165565594230-WEBCERT00002"


@pytest.mark.parametrize(("method", "expected"), [("ccp11", Method.MOBILE_BANK_ID), ("ccp10", Method.BANK_ID), ("ccp1", Method.NET_ID)])
def test_A_025_each_kind_of_e_legitimation_opens_the_same_account(browser: Browser, method: str, expected: Method) -> None:
    browser.logs_in(GORAN, "eleg", method=method)
    accept(browser)
    assert kept(browser).method is expected


def test_A_025_the_choice_leads_to_the_three_kinds(browser: Browser) -> None:
    address = browser.client.get("/saml2/authenticate/eleg")["Location"]
    page = browser.provider.get(address).text
    assert re.findall(r'<option value="ccp1\d?">([^<]+)', page) == ["Mobilt BankID", "BankID", "Telia"]


@pytest.mark.parametrize("chosen", [{"method": "ccp99"}, {"level": "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"}])
def test_an_unknown_method_or_level_is_refused(browser: Browser, chosen: dict[str, str]) -> None:
    assert browser.logs_in(GORAN, "eleg", **chosen).status_code == 403


@pytest.mark.parametrize(
    ("number", "title"), [(CHRISTER, "Behörighet saknas"), (ALVA, "Du har inget konto i Webcert"), (GORAN[:-1] + "9", "misslyckades")]
)
def test_A_011_who_is_no_licensed_doctor_comes_no_further(browser: Browser, number: str, title: str) -> None:
    answer = browser.logs_in(number, "eleg")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert title in page
    assert number not in page
    assert "held_login" not in browser.client.session


def test_A_018_there_is_no_forwarding_and_no_change_of_unit_and_all_else_is_as_for_a_doctor(goran: Browser) -> None:
    page = goran.client.get("/utkast").content.decode()
    assert "Byt vårdenhet" not in page
    assert "Göran Lundmark – Privatläkare" in page
    assert re.search('class="bar-unit"[^>]*><b>Lundmarks läkarpraktik</b> *</p>', page)
    assert goran.client.post("/valj-enhet", {"unit_id": HSA_ID}).status_code == 403
    patient = goran.client.post("/sok", {"number": "19121212-1212"})["Location"].rpartition("/")[2]
    draft = goran.client.post("/intyg/skapa", {"type": "lisjp", "patient": patient, "id": str(uuid4())})["Location"]
    assert "Signera" in goran.client.get(draft).content.decode()
    assert "/vidarebefordra" not in goran.client.get(draft).content.decode() + goran.client.get("/utkast").content.decode()
    assert goran.client.post(f"{draft}/vidarebefordra", {"forwarded": "true"}).status_code == 403
    assert re.search(r'aria-current="page">Sök/skriv intyg', goran.client.get("/sok").content.decode())


def test_A_040_the_header_leads_to_her_own_page_when_there_is_one(goran: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Ändra uppgifter" not in goran.client.get("/sok").content.decode()
    pages.address_of_page.cache_clear()
    monkeypatch.setattr(pages, "reverse", lambda name, **rest: "/min-sida" if name == "account" else reverse(name, **rest))
    assert '<a href="/min-sida">Ändra uppgifter</a>' in goran.client.get("/sok").content.decode()
    pages.address_of_page.cache_clear()


@pytest.mark.parametrize(
    ("stand_in", "mode", "title"),
    [
        ("practitioners", "down", "Tekniskt fel"),
        ("practitioners", "fault", "Tekniskt fel"),
        ("practitioners", "garbage", "Tekniskt fel"),
        ("pu", "down", "Den nationella personuppgiftstjänsten svarar inte"),
    ],
)
def test_T17_when_a_register_does_not_answer_nobody_is_logged_in(
    browser: Browser, identity: Simulators, stand_in: str, mode: str, title: str
) -> None:
    identity.set_mode(stand_in, mode)
    answer = browser.logs_in(GORAN, "eleg")
    practitioners._client.cache_clear()
    pu._client.cache_clear()
    assert answer.status_code == 503
    assert title in answer.content.decode()
    assert "held_login" not in browser.client.session


def test_who_is_not_in_the_population_register_is_not_logged_in(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practitioners.pu, "persons", lambda ids: {})
    assert browser.logs_in(GORAN, "eleg").status_code == 503


def test_the_day_of_acceptance_is_kept(browser: Browser) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False):
        browser.logs_in(GORAN, "eleg")
        accept(browser)
        assert AcceptedTerms.objects.get().accepted_at == datetime.now(UTC)


def test_the_session_ends_with_the_one_at_the_provider(browser: Browser) -> None:
    now = int(datetime.now(UTC).timestamp())
    session = ProviderSession("eleg", "_name", "_session", ends_at=now + 600)
    log_in_as(browser.client, Identity(Method.BANK_ID, personal_id=GORAN, session=session))
    accept(browser)
    left = browser.client.get("/session", headers={"Accept": "application/json"}).json()
    assert 590 < left["seconds_left"] <= 600
    assert left["lasts_longer"] is False


def test_nobody_is_held_who_is_not_known(client: Client) -> None:
    assert client.get("/anvandarvillkor")["Location"] == "/"
    assert client.post("/anvandarvillkor", {"version": "1"})["Location"] == "/"
