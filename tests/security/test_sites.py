"""T7, T12, T14, T15: what other sites and a borrowed browser can do."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from playwright.sync_api import Browser

from clinic import doctor, unit, working  # noqa: F401
from running import Running
from security.test_url_map import browser_of
from told import told
from webcert.staff.login_context import LoginContext
from webcert.staff.page import own_page
from webcert.staff.roles import Role
from webcert.staff.session import admit


@pytest.mark.django_db
def test_T07_a_session_that_was_planted_before_the_login_opens_nothing_afterwards(client: Client, doctor: LoginContext) -> None:
    planted = client.session
    planted["anything"] = "kept"
    planted.save()
    key = planted.session_key
    request = RequestFactory().get("/")
    request.session = planted
    admit(request, doctor)
    request.session.save()
    assert request.session.session_key != key
    client.cookies["session"] = key or ""
    assert client.get("/sok")["Location"].partition("?")[0] == "/"


@pytest.mark.django_db
def test_T12_looking_many_up_is_slowed_down_and_told(doctor: LoginContext, caplog: pytest.LogCaptureFixture) -> None:
    browser = browser_of(doctor)
    statuses = [browser.post("/sok", {"number": ""}).status_code for _ in range(300)]
    assert statuses.count(200) <= 120, "60 in a minute, and the minute may change once"
    assert statuses[-1] == 429
    (event,) = told(caplog, "MASS_LOOKUP")
    assert (event["user"], event["most"], event["level"]) == (doctor.user.hsa_id, 200, "warning")


ELSEWHERE = (
    *("https://elak.example/", "//elak.example", "///elak.example", "http:///elak.example", "https:elak.example", "https:/elak.example"),
    *("/\\elak.example", "\\\\elak.example", "//elak.example\\@localhost", "//localhost@elak.example", "elak.example", "..//elak.example"),
    *("\t//elak.example", "/\t/elak.example", "/\n/elak.example", " //elak.example", "/\x00/elak.example", "/%09/elak.example\t", ""),
    *("javascript:alert(1)", "data:text/html,x"),
)


@pytest.mark.parametrize("target", ELSEWHERE)
def test_T14_no_address_that_is_handed_on_leads_elsewhere(target: str) -> None:
    assert own_page(RequestFactory().get("/"), target) == ""


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_T14_after_the_choice_of_unit_nobody_is_led_elsewhere(target: str) -> None:
    browser = browser_of(working("Maja Lindqvist", Role.DOCTOR, unit("SE-1"), unit("SE-2")))
    answer = browser.post("/valj-enhet", {"unit_id": "SE-2", "next": target})
    assert answer.status_code == 400 if "\0" in target else answer["Location"] == "/sok"


@pytest.mark.parametrize("target", ["/sok", "/intyg/6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17", "/utkast?utkast=klara&sida=2"])
def test_T14_pages_of_ours_are_led_to(target: str) -> None:
    assert own_page(RequestFactory().get("/"), target) == target


def test_T15_no_page_can_be_framed_by_another_site(running: Running, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.route(
        "http://elak.example/", lambda route: route.fulfill(content_type="text/html", body=f'<iframe src="{running.url}/"></iframe>')
    )
    page.goto("http://elak.example/")
    assert page.frames[1].url.startswith("chrome-error:")
    assert "Välkommen" not in page.frames[1].content()


def test_T15_a_page_of_another_site_can_neither_post_nor_read(running: Running, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.route("http://elak.example/", lambda route: route.fulfill(content_type="text/html", body="<p>Elak</p>"))
    page.goto("http://elak.example/")
    read: Callable[[str], object] = lambda path: page.evaluate(  # noqa: E731
        "async url => fetch(url, {credentials: 'include'}).then(answer => answer.text()).catch(error => 'refused')", running.url + path
    )
    assert read("/") == read("/healthz") == "refused"
    page.evaluate(f"document.body.innerHTML = '<form method=post action=\"{running.url}/logga-ut\"></form>'")
    with page.expect_navigation() as posted:
        page.evaluate("document.forms[0].submit()")
    assert posted.value.status == 403
