"""How often something may be asked for, and how large an autosave may be (reference/security-and-audit.md §4.3)."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory

from clinic import administrator, doctor, unit, working  # noqa: F401
from security.test_url_map import browser_of
from told import told
from webcert.site.models import Count
from webcert.site.tasks import forget_counts
from webcert.staff import visitor
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(datetime(2026, 11, 21, 10, 0, 20, tzinfo=UTC), tick=False) as clock:
        yield clock


def look_up(client: Client, **headers: str) -> Any:
    return client.post("/sok", {"number": "inget"}, headers=headers)


def test_the_sixty_first_patient_in_a_minute_has_to_wait(doctor: LoginContext, administrator: LoginContext, clock: Any) -> None:
    browser = browser_of(doctor)
    assert {look_up(browser).status_code for _ in range(60)} == {200}
    refused = look_up(browser)
    assert refused.status_code == 429
    assert refused["Retry-After"] == "40"
    assert "Det går för fort" in refused.content.decode()
    assert "tar Webcert en paus" in look_up(browser, accept="application/json").json()["error"]
    assert look_up(browser_of(administrator)).status_code == 200
    assert browser.get("/sok").status_code == 200
    clock.shift(40)
    assert look_up(browser).status_code == 200


def test_a_new_browser_and_a_new_login_do_not_begin_from_zero(doctor: LoginContext) -> None:
    for _ in range(60):
        look_up(browser_of(doctor))
    assert look_up(browser_of(doctor)).status_code == 429


def test_a_limit_that_is_run_into_is_told_once_in_its_time(doctor: LoginContext, clock: Any, caplog: pytest.LogCaptureFixture) -> None:
    browser = browser_of(doctor)
    for _ in range(2):
        for _ in range(65):
            look_up(browser)
        clock.shift(60)
    events = told(caplog, "RATE_LIMIT_HIT")
    assert [(event["limit"], event["user"], event["level"]) for event in events] == [("lookups", doctor.user.hsa_id, "warning")] * 2


def test_logins_are_counted_by_network_address(client: Client, settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"limit_logins": 3})
    answers = [client.post("/login/saml2/sso/siths", REMOTE_ADDR="192.0.2.1").status_code for _ in range(4)]
    assert answers[3] == 429
    assert 429 not in answers[:3]
    assert client.post("/login/saml2/sso/siths", REMOTE_ADDR="192.0.2.2").status_code != 429


@pytest.mark.parametrize(
    ("proxies", "passed", "address"),
    [
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "203.0.113.66, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.66, 198.51.100.7, 192.0.2.9", "198.51.100.7"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(settings: Any, proxies: int, passed: str, address: str) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"proxies": proxies})
    headers = {"X-Forwarded-For": passed} if passed else {}
    assert visitor.address(RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.1")) == address


def test_what_is_counted_names_nobody_and_is_forgotten(doctor: LoginContext, clock: Any) -> None:
    look_up(browser_of(doctor))
    assert not [key for key in Count.objects.values_list("key", flat=True) if doctor.user.hsa_id in key]
    clock.shift(60)
    forget_counts(timestamp=0)
    assert [key.split()[0] for key in Count.objects.values_list("key", flat=True)] == ["mass-lookups"]
    clock.shift(3600)
    forget_counts(timestamp=0)
    assert not Count.objects.exists()


NESTED: Any = json.loads("[" * 150 + "]" * 150)
SENT = {"revision": 1, "sequence": 1, "focus": "", "fields": {}}

WRONG: dict[str, Any] = {
    "no JSON": "{",
    "a list": [],
    "nothing": {},
    "more than is asked for": SENT | {"more": 1},
    "nested": SENT | {"fields": NESTED},
    "nested beside": SENT | {"more": NESTED},
    "a number for a text": SENT | {"fields": {"27.x": 1}},
    "a long text": SENT | {"fields": {"27.x": "x" * 50_001}},
    "a long name": SENT | {"fields": {"x" * 201: ""}},
    "many fields": SENT | {"fields": {f"f{number}": "" for number in range(10_001)}},
    "half a character": '{"revision": 1, "sequence": 1, "focus": "", "fields": {"27.x": "\\ud800"}}',
}


@pytest.mark.parametrize("sent", WRONG.values(), ids=WRONG)
def test_an_autosave_that_no_page_sends_is_refused(doctor: LoginContext, sent: Any) -> None:
    body = sent if isinstance(sent, str) else json.dumps(sent)
    answer = browser_of(doctor).post("/intyg/6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17/spara", body, content_type="application/json")
    assert answer.status_code == 400


def test_the_largest_autosave_is_taken_in(doctor: LoginContext) -> None:
    body = json.dumps(SENT | {"fields": {f"f{number}": "x" * 50_000 for number in range(20)}})
    answer = browser_of(doctor).post("/intyg/6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17/spara", body, content_type="application/json")
    assert answer.status_code == 404
