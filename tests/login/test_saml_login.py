"""Logging in by SAML, from the start page by the identity provider to the page that was asked for; and everything that can hinder it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from login.browser import Browser
from login.samples import index, now, response
from login.world import browser, identity, running_simulators, simulators  # noqa: F401
from shared import shared
from simulated import Simulators
from webcert.login import actions, providers
from webcert.login.models import Attempt, SeenAssertion
from webcert.login.registrations import registration
from webcert.login.saml.response import Reason, Rejected
from webcert.staff.identity import Method
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.staff.session import _JSON

pytestmark = pytest.mark.django_db

ERIK, MAJA, PER = "SE2321000990-2002", "SE2321000990-2001", "SE2321000990-2010"


def kept(browser: Browser) -> LoginContext:
    return _JSON.validate_python(browser.client.session["login"])


def logged_in(client: Client) -> bool:
    return "login" in client.session


def test_a_doctor_logs_in_with_a_card_and_comes_to_the_page_that_she_asked_for(browser: Browser) -> None:
    answer = browser.logs_in(ERIK, next="/utkast?sida=2")
    assert answer["Location"] == "/utkast?sida=2"
    login = kept(browser)
    assert (login.user.hsa_id, login.user.role, login.method) == (ERIK, Role.DOCTOR, Method.SITHS)
    assert login.signing_provider.endswith("/siths/metadata")
    assert browser.client.get("/sok").status_code == 200


@pytest.mark.parametrize(
    ("hsa_id", "role"),
    [
        pytest.param("SE2321000990-2001", Role.DOCTOR, id="A-003"),
        pytest.param("SE2321000990-2003", Role.DOCTOR, id="A-004"),
        pytest.param("SE5569000002-2004", Role.DOCTOR, id="A-005, 9300005"),
        pytest.param("SE2321000990-2012", Role.DOCTOR, id="A-005, 9400003"),
        pytest.param("SE2321000990-2013", Role.DOCTOR, id="A-006, 9100009"),
        pytest.param("SE2321000990-2014", Role.DOCTOR, id="A-006, 9200007"),
        pytest.param("SE2321000990-2015", Role.CARE_ADMINISTRATOR, id="A-007"),
        pytest.param("SE2321000990-2006", Role.DENTIST, id="A-008"),
        pytest.param("SE2321000990-2007", Role.CARE_ADMINISTRATOR, id="A-009"),
    ],
)
def test_A_003_to_A_009_who_logs_in_gets_the_role_that_hsa_gives(browser: Browser, hsa_id: str, role: Role) -> None:
    assert browser.logs_in(hsa_id).status_code == 302
    assert kept(browser).user.role is role


@pytest.mark.parametrize("hsa_id", [PER, "SE2321000990-2026"])
def test_A_010_without_an_assignment_for_care_the_login_is_refused(browser: Browser, hsa_id: str) -> None:
    answer = browser.logs_in(hsa_id)
    assert answer.status_code == 403
    assert "Medarbetaruppdrag saknas" in answer.content.decode()
    assert not logged_in(browser.client)


def test_A_023_with_several_units_the_choice_comes_before_the_page(browser: Browser) -> None:
    assert browser.logs_in(MAJA, next="/utkast")["Location"] == "/valj-enhet?next=%2Futkast"
    assert browser.client.get("/utkast")["Location"] == "/valj-enhet?next=%2Futkast"


def test_A_028_another_unit_is_chosen_under_another_session_key(browser: Browser) -> None:
    browser.logs_in(MAJA)
    first = browser.client.session.session_key
    browser.client.post("/valj-enhet", {"unit_id": "SE2321000990-1010"})
    assert "Vårdcentralen Björkängen" in browser.client.get("/sok").content.decode()
    browser.client.post("/valj-enhet", {"unit_id": "SE2321000990-1020"})
    page = browser.client.get("/sok").content.decode()
    assert re.search("<b>Medicinkliniken", page)
    assert browser.client.session.session_key != first


@pytest.mark.parametrize("level", ["http://id.sambi.se/loa/loa3", "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient"])
def test_A_036_cards_of_both_kinds_are_accepted(browser: Browser, level: str) -> None:
    assert browser.logs_in(ERIK, level=level).status_code == 302


def test_a_level_that_is_too_low_is_refused_with_what_to_do(browser: Browser) -> None:
    answer = browser.logs_in(ERIK, level="http://id.sambi.se/loa/loa1")
    assert answer.status_code == 403
    assert "inte tillräckligt säkert" in answer.content.decode()
    assert not logged_in(browser.client)


def test_who_gives_up_at_the_provider_is_told_so(browser: Browser) -> None:
    answer = browser.logs_in("")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Inloggningen misslyckades" in page
    assert "Du legitimerade dig inte" in page


def test_every_failure_has_an_error_id_and_tells_nothing_of_the_person(browser: Browser, identity: Simulators) -> None:
    refused = [browser.logs_in(user, **chosen) for user, chosen in ((PER, {}), ("", {}), (ERIK, {"level": "http://id.sambi.se/loa/loa1"}))]
    address, form = browser.proves(ERIK)
    refused.append(browser.delivers(address, form | {"SAMLResponse": "AAAA"}))
    refused.append(browser.delivers(address, form | {"RelayState": "x"}))
    for answer in refused:
        page = answer.content.decode()
        assert re.search(r'id="error-id">[0-9a-z]{12}<', page)
        assert not re.search(r"SE2321000990|Hagström|Sandström", page)


def test_T6_an_answer_is_good_once(browser: Browser) -> None:
    address, form = browser.proves(ERIK)
    first = browser.delivers(address, form)
    assert first.status_code == 303
    assert browser.delivers(address, form).status_code == 403
    assert browser.client.get(first["Location"]).status_code == 302
    assert browser.client.get(first["Location"]).status_code == 403
    assert browser.delivers(address, form).status_code == 403


def test_T7_an_answer_lets_in_only_the_browser_that_asked(browser: Browser, identity: Simulators) -> None:
    collect = browser.delivers(*browser.proves(ERIK))["Location"]
    victim = Client()
    assert victim.get(collect).status_code == 403
    other = Browser(identity)
    other.chooses()
    assert other.client.get(collect).status_code == 403
    assert not logged_in(victim)
    assert not logged_in(other.client)
    assert browser.client.get(collect).status_code == 302


def test_T7_a_session_from_before_the_login_opens_nothing_after_it(browser: Browser) -> None:
    browser.logs_in(ERIK)
    first = browser.client.session.session_key
    browser.logs_in(MAJA)
    fixed = Client()
    fixed.cookies["session"] = str(first)
    assert fixed.get("/sok")["Location"].startswith("/?next")
    assert browser.client.session.session_key != first


@pytest.mark.parametrize(
    "target", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", "https:ond", "%2F%2Fond"]
)
def test_T14_a_login_leads_to_no_page_of_others(browser: Browser, target: str) -> None:
    assert browser.logs_in(ERIK, next=target)["Location"] == "/sok"


def test_an_unasked_answer_is_refused(browser: Browser) -> None:
    address, form = browser.proves(ERIK)
    Attempt.objects.all().delete()
    assert browser.delivers(address, form).status_code == 403


def test_an_answer_belongs_to_the_request_that_its_relay_state_names(browser: Browser) -> None:
    first, second = browser.proves(ERIK), browser.proves(ERIK)
    assert browser.delivers(first[0], first[1] | {"RelayState": second[1]["RelayState"]}).status_code == 403


def test_an_answer_of_one_provider_does_not_fit_the_other(browser: Browser) -> None:
    address, form = browser.proves("195206142597", "eleg")
    assert browser.delivers(address.replace("eleg", "siths"), form).status_code == 403


def test_a_login_must_be_finished_within_a_quarter_of_an_hour(browser: Browser) -> None:
    address, form = browser.proves(ERIK)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16), tick=False):
        assert browser.delivers(address, form).status_code == 403
        actions.clear_away()
    assert not Attempt.objects.exists()


def test_a_browser_has_at_most_ten_logins_begun(browser: Browser) -> None:
    for _ in range(12):
        browser.client.get("/saml2/authenticate/siths")
    assert Attempt.objects.count() == 10


def test_who_calls_her_own_machine_by_another_name_begins_under_the_one_that_is_answered_to(
    identity: Simulators, client: Client, settings: Any
) -> None:
    here = settings.WEBCERT.public_url
    asked = "/saml2/authenticate/siths?next=/sok%3Fsida%3D2"
    for name in ("127.0.0.1:8000", "[::1]:8000"):
        assert client.get(asked, headers={"Host": name})["Location"] == f"{here}{asked}"
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"base_url": "https://webcert.example.se"})
    assert "SAMLRequest=" in client.get(asked, headers={"Host": "127.0.0.1:8000"})["Location"], "a proxy may ask so"


def test_the_cookie_of_a_login_is_short_lived_and_for_the_browser_alone(browser: Browser) -> None:
    browser.chooses()
    cookie = browser.client.cookies["login"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 900)
    assert browser.logs_in(ERIK).cookies["login"].value == ""


def test_the_callback_asks_for_no_token_but_nothing_else_is_exempt(identity: Simulators) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/login/saml2/sso/siths", {"SAMLResponse": "x"}).status_code == 403
    assert b"Inloggningen misslyckades" in strict.post("/login/saml2/sso/siths", {"SAMLResponse": "x"}).content
    assert b"Inloggningen misslyckades" in strict.post("/logout/saml2/slo", {"SAMLRequest": "x"}).content
    assert "Behörighet saknas" in strict.post("/logga-ut").content.decode()
    assert strict.get("/login/saml2/sso/siths").status_code == 405


@pytest.mark.parametrize("mode", ["down", "error"])
def test_a_provider_that_cannot_be_reached_is_told_as_such(identity: Simulators, client: Client, mode: str) -> None:
    identity.set_mode(f"{identity.identity_url}/siths", mode)
    answer = client.get("/saml2/authenticate/siths")
    assert answer.status_code == 503
    assert "Legitimeringstjänsten går inte att nå" in answer.content.decode()


def test_metadata_are_kept_while_the_provider_is_away(browser: Browser, identity: Simulators) -> None:
    browser.chooses()
    identity.set_mode(f"{identity.identity_url}/siths", "down")
    assert browser.client.get("/saml2/authenticate/siths").status_code == 302
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        assert browser.client.get("/saml2/authenticate/siths").status_code == 302
    with time_machine.travel(datetime.now(UTC) + timedelta(days=31)):
        assert browser.client.get("/saml2/authenticate/siths").status_code == 503


def test_published_metadata_need_somebody_who_signs_them(identity: Simulators, client: Client, settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"siths_metadata_certificate": None})
    assert client.get("/saml2/authenticate/siths").status_code == 503
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"siths_metadata_certificate": identity.folder / "pki" / "idp-eleg.crt"})
    assert client.get("/saml2/authenticate/siths").status_code == 503
    with pytest.raises(providers.ProviderUnavailable, match="SIGNATURE_UNTRUSTED_KEY"):
        providers.provider_of(registration("siths"))


def test_replay_is_remembered_across_requests_for_the_sample_of_it(settings: Any, db: None) -> None:
    environment = index()["registrations"]["siths"]
    settings.WEBCERT = settings.WEBCERT.model_copy(
        update={
            "base_url": "https://webcert.example.invalid",
            "siths_metadata": str(shared("data/saml/metadata-fixture/idp-siths.xml")),
            "siths_metadata_certificate": shared("data/saml/keys/idp-siths.cert.pem"),
            "siths_contexts": tuple(environment["acceptedContexts"]),
        }
    )
    ours = registration("siths")
    assert (ours.entity_id, ours.acs) == (environment["spEntityId"], environment["acs"])
    document = response("bad-replay-second-use-of-ok.xml")
    with time_machine.travel(now(), tick=False):
        for _ in range(2):
            attempt = actions.begin("siths", browser="b", target="")
            Attempt.objects.filter(pk=attempt.pk).update(request_id=index()["outstandingRequestId"])
            if not SeenAssertion.objects.exists():
                actions.answer(ours, attempt.relay, document)
        with pytest.raises(Rejected) as refused:
            actions.answer(ours, attempt.relay, document)
    assert refused.value.reason is Reason.REPLAY


def test_a_response_that_is_too_large_is_not_read(browser: Browser) -> None:
    address, form = browser.proves(ERIK)
    assert browser.delivers(address, form | {"SAMLResponse": "A" * 300_000}).status_code == 413
    assert browser.delivers(address, form).status_code == 303
