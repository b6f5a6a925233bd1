"""How long a session lasts, under which key, and what is told of it (reference/login-and-signing.md §4.1)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from clinic import doctor  # noqa: F401
from logged_in import log_in
from running import SOURCE
from security.test_url_map import browser_of
from simulated import Simulators, running_simulators, simulators  # noqa: F401
from told import told
from webcert.site import sessions
from webcert.site.tasks import end_expired_sessions
from webcert.staff import hsa as directory
from webcert.staff.login_context import LoginContext, Origin

pytestmark = pytest.mark.django_db

MAJA, ERIK, PROTECTED = "SE2321000990-2001", "SE2321000990-2002", "SE5569000002-2005"
MEDICIN, DIABETES = "SE2321000990-1020", "SE2321000990-1021"
BACKGROUND = {"X-Webcert-Background": "1", "Accept": "application/json"}


@pytest.fixture(autouse=True)
def hsa(simulators: Simulators, settings: Any) -> Simulators:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"hsa_url": f"{simulators.url}/hsa"})
    return simulators


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 21, 6, 0, tzinfo=UTC), tick=False) as clock:
        yield clock


def login(client: Client, hsa_id: str) -> Client:
    assert log_in(client, hsa_id).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/session", headers=BACKGROUND).status_code == 200


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(client: Client, clock: Any) -> None:
    login(client, ERIK)
    for _ in range(12 * 3 - 1):
        clock.shift(20 * 60)
        assert client.get("/sok").status_code == 200
    assert client.get("/session", headers=BACKGROUND).json() == {"seconds_left": 20 * 60, "lasts_longer": False}
    clock.shift(20 * 60 + 1)
    assert not is_in(client)


def test_what_a_page_asks_by_itself_keeps_no_session_alive_also_when_it_keeps_something_in_it(client: Client, clock: Any) -> None:
    login(client, ERIK)
    clock.shift(20 * 60)
    session = client.session
    session["something"] = "kept"
    session.save()
    clock.shift(10 * 60 + 1)
    assert not is_in(client)


def test_a_change_of_unit_gives_the_session_another_key_and_the_old_one_opens_nothing(client: Client) -> None:
    login(client, MAJA)
    keys = [client.session.session_key]
    for unit in (MEDICIN, DIABETES):
        client.post("/valj-enhet", {"unit_id": unit})
        keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    for old in keys[:2]:
        client.cookies["session"] = old or ""
        assert not is_in(client)


def test_who_accepts_the_risk_goes_on_under_another_key(client: Client) -> None:
    login(client, PROTECTED)
    held = client.session.session_key
    client.post("/sekretessmarkering", {"accepted": "true"})
    assert is_in(client)
    assert client.session.session_key != held


def test_a_session_belongs_to_one_browser_and_ends_with_its_log_out_only() -> None:
    one, other = login(Client(), ERIK), login(Client(), ERIK)
    one.post("/logga-ut")
    assert not is_in(one)
    assert is_in(other)


def test_an_operator_ends_all_sessions_of_a_user_and_of_nobody_else(capsys: pytest.CaptureFixture[str]) -> None:
    hers = [login(Client(), ERIK), login(Client(), ERIK)]
    others = login(Client(), MAJA)
    waiting = login(Client(), PROTECTED)
    assert sessions.end_all_of(ERIK) == 2
    assert not any(map(is_in, hers))
    assert is_in(others)
    assert sessions.end_all_of(PROTECTED) == 1
    waiting.post("/sekretessmarkering", {"accepted": "true"})
    assert not is_in(waiting)


def test_log_in_log_out_and_expiry_are_told(client: Client, clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    login(client, ERIK)
    client.post("/logga-ut")
    login(client, ERIK)
    clock.shift(30 * 60 + 1)
    end_expired_sessions(timestamp=0)
    end_expired_sessions(timestamp=0)
    assert [(line["event"], line["user"], bool(line["scheme"])) for line in told(caplog)] == [
        (name, ERIK, True) for name in ("USER_LOGIN", "USER_LOGOUT", "USER_LOGIN", "USER_SESSION_EXPIRY")
    ]
    assert Session.objects.count() == 0


def test_the_log_knows_a_session_by_a_reference_that_opens_nothing(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    login(client, ERIK)
    key = client.session.session_key or ""
    client.post("/logga-ut")
    references = {line["session"] for line in told(caplog, "USER_LOGIN", "USER_LOGOUT")}
    assert len(references) == 1
    assert key not in caplog.text


@pytest.mark.usefixtures("closed_circuits")
def test_a_login_that_fails_is_told_with_its_reason(client: Client, hsa: Simulators, caplog: pytest.LogCaptureFixture) -> None:
    log_in(client, "SE2321000990-2010")
    hsa.set_mode("hsa", "down")
    log_in(client, ERIK)
    assert [(line["event"], line["reason"]) for line in told(caplog)] == [
        ("USER_MISSING_MIU", "login.medarbetaruppdrag"),
        ("LOGIN_FAILED", "login.hsaerror"),
    ]


@pytest.fixture
def closed_circuits() -> Iterator[None]:
    """What HSA's outage leaves behind is no matter for other tests."""
    yield
    directory._client.cache_clear()


def test_after_log_out_and_time_out_the_browser_is_told_to_forget(client: Client) -> None:
    login(client, ERIK)
    for answer in (client.post("/logga-ut"), client.get("/utloggad?orsak=timeout")):
        assert answer["Clear-Site-Data"] == '"cache", "storage"'


COOKIES = """
from webcert.site import settings
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
"""


@pytest.mark.parametrize(
    ("address", "cookies"),
    [("https://webcert.example.se", "__Host-session __Host-csrf True True"), ("http://localhost:8000", "session csrf False False")],
)
def test_over_tls_cookies_are_secure_and_of_this_host_only(address: str, cookies: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "WEBCERT_BASE_URL": address}
    assert subprocess.check_output([sys.executable, "-c", COOKIES], env=environment, text=True).strip() == cookies


def test_no_cookie_can_be_read_by_a_script_or_is_sent_from_other_sites(client: Client) -> None:
    client.get("/")
    login(client, ERIK)
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")
        assert not cookie["max-age"]
    assert set(client.cookies) == {"session", "csrf"}


@pytest.fixture
def in_ehr(doctor: LoginContext) -> Client:
    """A window that an EHR has opened."""
    return browser_of(replace(doctor, origin=Origin.DEEP_INTEGRATION))


def seconds_left(browser: Client) -> int:
    left: int = browser.get("/session", headers=BACKGROUND).json()["seconds_left"]
    return left


def test_in_an_ehrs_window_the_session_ends_seven_seconds_after_the_last_page_is_gone(in_ehr: Client, clock: Any) -> None:
    assert 'data-window-url="/session/fonster"' in in_ehr.get("/hjalp").content.decode()
    assert in_ehr.post("/session/fonster", {"state": "closed"}).status_code == 204
    assert seconds_left(in_ehr) == 7
    clock.shift(8)
    assert not is_in(in_ehr)


def test_the_next_page_in_an_ehrs_window_keeps_the_session(in_ehr: Client, clock: Any) -> None:
    in_ehr.get("/sok")
    in_ehr.post("/session/fonster", {"state": "closed"})
    clock.shift(5)
    in_ehr.post("/session/fonster", {"state": "open"})
    clock.shift(5)
    assert seconds_left(in_ehr) == 30 * 60 - 10


def test_elsewhere_it_does_not_matter_that_a_window_is_closed(doctor: LoginContext, clock: Any) -> None:
    browser = browser_of(doctor)
    assert "data-window-url" not in browser.get("/hjalp").content.decode()
    browser.post("/session/fonster", {"state": "closed"})
    assert seconds_left(browser) == 30 * 60
    assert browser.post("/session/fonster", {"state": "ajar"}).status_code == 400
