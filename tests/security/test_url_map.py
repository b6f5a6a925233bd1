"""Every address of the product, declared: who may ask, how, and what protects it. A new route that is not declared here fails.

The exact list of what is open to all answers T23 of reference/security-and-audit.md §6.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import logged_in
from clinic import doctor, unit, working  # noqa: F401
from told import told
from webcert.site.limits import BODIES, FORM, JSON, LIMITS, ORDINARY
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

OPEN: Mapping[str, str] = {
    "": "GET",
    "healthz": "GET",
    "metrics": "GET",
    "saml2/authenticate/<str:name>": "GET",
    "saml2/service-provider-metadata/<str:name>": "GET",
    "login/saml2/sso/<str:name>": "POST",
    "login/oauth2/code/<str:name>": "GET",
    "login/klar/<str:relay>": "GET",
    "signering/svar": "POST",
    "logout/saml2/slo": "POST",
    "logout/oauth2/<str:name>": "POST",
    "logga-ut": "POST",
    "utloggad": "GET",
    "sekretessmarkering": "GET POST",
    "anvandarvillkor": "GET POST",
    "hjalp": "GET",
}
"""Open to all: route → methods."""

LOGGED_IN: Mapping[str, str] = {"valj-enhet": "GET POST", "session": "GET", "session/fonster": "POST", "val": "POST", "diagnoser": "GET"}
"""For who is logged in, on a unit or not yet."""

ON_A_UNIT: Mapping[str, str] = {
    "antal": "GET",
    "sok": "GET POST",
    "sok/kontroll": "POST",
    "utkast": "GET",
    "arenden": "GET",
    "patient/<uuid:id>": "GET",
    "intyg/favorit": "POST",
    "intyg/skapa": "POST",
    "intyg/raderat": "GET",
    "intyg/nyckel": "GET",
    "intyg/<uuid:id>": "GET",
    "intyg/<uuid:id>/spara": "POST",
    "intyg/<uuid:id>/lage": "GET",
    "intyg/<uuid:id>/vidarebefordra": "POST",
    "intyg/<uuid:id>/klart": "POST",
    "intyg/<uuid:id>/radera": "POST",
    "intyg/<uuid:id>/signera": "POST",
    "signering/<uuid:ticket_id>/bankid": "GET",
    "signering/<uuid:ticket_id>/bankid/starta": "POST",
    "signering/<uuid:ticket_id>/bankid/status": "GET",
    "signering/<uuid:ticket_id>/bankid/avbryt": "POST",
    "intyg/<uuid:id>/skicka": "POST",
    "intyg/<uuid:id>/fornya": "POST",
    "intyg/<uuid:id>/ersatt": "POST",
    "intyg/<uuid:id>/kopiera": "POST",
    "intyg/<uuid:id>/makulera": "POST",
    "intyg/<uuid:id>/skriv-ut": "GET",
    "signering/<uuid:ticket_id>": "GET",
    "signering/<uuid:ticket_id>/klart": "GET",
    "intyg/<uuid:id>/skriv-ut/minimalt": "GET",
}
"""For who is logged in on a unit."""

ROUTES = OPEN | LOGGED_IN | ON_A_UNIT

FROM_OUTSIDE: Mapping[str, str] = {
    "login/saml2/sso/<str:name>": "signed by the identity provider; only the browser whose request it answers can collect it",
    "logout/saml2/slo": "signed by the identity provider",
    "logout/oauth2/<str:name>": "a token that the OpenID provider has signed",
    "signering/svar": "signed by the signing service, and judged when the user that it answers collects it",
}
"""Posts that need no token of ours, and what stands in its place."""

KEPT_BY_BROWSERS = {"diagnoser": "suggestions from the code lists, which tell of nobody"}

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")

HEADERS = {
    "Content-Security-Policy": re.compile(r"default-src 'none';.* frame-ancestors 'none'; base-uri 'none'"),
    "X-Content-Type-Options": re.compile("nosniff"),
    "X-Frame-Options": re.compile("DENY"),
    "Referrer-Policy": re.compile("same-origin"),
    "Permissions-Policy": re.compile(r"camera=\(\).*geolocation=\(\).*microphone=\(\)"),
    "Cross-Origin-Opener-Policy": re.compile("same-origin"),
    "Cross-Origin-Resource-Policy": re.compile("same-origin"),
    "Server": re.compile("^Webcert$"),
}


def address(route: str) -> str:
    return "/" + re.sub("<str:.*?>", "siths", re.sub("<uuid:.*?>", "6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17", route))


def posts(routes: Mapping[str, str] = ROUTES) -> list[str]:
    return [route for route, methods in routes.items() if "POST" in methods.split()]


def ask(client: Client, route: str, method: str = "", **headers: str) -> HttpResponse:
    """One request that the route takes, with an empty body."""
    return client.generic(method or ROUTES[route].split()[0], address(route), headers=headers)


def browser_of(login: LoginContext, **options: Any) -> Client:
    """The same, and what the product does not catch is answered as in production."""
    return logged_in.browser_of(login, raise_request_exception=False, **options)


@pytest.fixture
def browser(doctor: LoginContext) -> Client:
    return browser_of(doctor)


def test_T23_every_route_is_declared_and_no_other_is_open() -> None:
    def walk(patterns: Iterable[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
        for pattern in patterns:
            here = prefix + str(pattern.pattern)
            yield from walk(pattern.url_patterns, here) if isinstance(pattern, URLResolver) else [here]

    assert sorted(walk(get_resolver().url_patterns)) == sorted(ROUTES)
    assert len(ROUTES) == len(OPEN) + len(LOGGED_IN) + len(ON_A_UNIT)


@pytest.mark.parametrize("route", ROUTES)
def test_T11_nothing_is_exported_to_spreadsheets(browser: Client, route: str) -> None:
    assert not re.search("csv|excel|spreadsheet|tab-separated", ask(browser, route).get("Content-Type", ""))


@pytest.mark.parametrize("route", ROUTES)
def test_other_methods_are_refused(browser: Client, route: str) -> None:
    for method in METHODS:
        if method not in ROUTES[route].split():
            assert ask(browser, route, method).status_code == 405, method


@pytest.mark.parametrize("route", LOGGED_IN | ON_A_UNIT)
def test_who_is_not_logged_in_gets_nothing(route: str) -> None:
    for method in ROUTES[route].split():
        answer = ask(Client(), route, method)
        assert answer.status_code == 401 or answer["Location"].partition("?")[0] == "/"
        assert ask(Client(), route, method, accept="application/json").status_code == 401


@pytest.mark.parametrize("route", ON_A_UNIT)
def test_who_has_not_chosen_a_unit_gets_nothing(route: str) -> None:
    login = working("Maja Lindqvist", Role.DOCTOR, unit("SE-1"), unit("SE-2"))
    for method in ROUTES[route].split():
        answer = ask(browser_of(LoginContext(login.user, login.units, "", login.method)), route, method)
        assert answer["Location"].partition("?")[0] == "/valj-enhet"


@pytest.mark.parametrize("route", posts())
def test_a_post_without_our_token_is_refused_and_told(doctor: LoginContext, route: str, caplog: pytest.LogCaptureFixture) -> None:
    refused = ask(browser_of(doctor, enforce_csrf_checks=True), route, "POST").status_code == 403 and bool(told(caplog, "CSRF_FAILURE"))
    assert refused is (route not in FROM_OUTSIDE)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("route", posts())
def test_a_post_that_another_site_caused_is_refused_whatever_it_carries(
    browser: Client, route: str, site: str, caplog: pytest.LogCaptureFixture
) -> None:
    ask(browser, route, "POST", **{"Sec-Fetch-Site": site})
    assert bool(told(caplog, "CSRF_FAILURE")) is (route not in FROM_OUTSIDE)


@pytest.mark.parametrize("route", ROUTES)
def test_every_answer_is_protected_and_belongs_to_no_other_site(browser: Client, route: str) -> None:
    for answer in (ask(browser, route, method, origin="https://elak.example") for method in (*ROUTES[route].split(), "PATCH")):
        for name, value in HEADERS.items():
            assert value.search(answer[name]), name
        assert not [name for name in answer.headers if name.startswith(("Access-Control", "X-Powered"))]


@pytest.mark.parametrize("route", ROUTES)
def test_no_answer_is_kept_by_a_browser(browser: Client, route: str) -> None:
    answer = ask(browser, route) if route != "diagnoser" else browser.get("/diagnoser?kodverk=ICD_10_SE&falt=kod&q=F32")
    assert ("no-store" in answer["Cache-Control"]) is (route not in KEPT_BY_BROWSERS)


@pytest.mark.parametrize("route", ROUTES)
def test_an_unknown_host_is_refused(route: str) -> None:
    for host in ("elak.example", "localhost.elak.example", "localhost@elak.example"):
        assert ask(Client(), route, host=host).status_code == 400


@pytest.mark.parametrize("route", posts())
def test_what_is_too_large_or_of_another_kind_is_refused(browser: Client, route: str) -> None:
    name = get_resolver().resolve(address(route)).view_name
    allowed = BODIES.get(name, ORDINARY)
    largest, kind = (allowed.largest, JSON if JSON in allowed.kinds else FORM)
    for other in {"text/plain", "text/xml", "application/octet-stream", "application/json"} - {kind}:
        assert browser.post(address(route), "a=1", content_type=other).status_code == 415, other
    assert browser.post(address(route), "a=" + "x" * largest, content_type=kind).status_code == 413
    assert browser.post(address(route), b"a=\xff", content_type=kind).status_code == 400


def test_limits_name_routes_that_exist() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(BODIES) | {name for _, name in LIMITS} <= names
