"""Users with protected identity of their own: nothing works until they have accepted that others can see them (manual S 5.11)."""

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from logged_in import log_in
from simulated import Simulators

pytestmark = pytest.mark.django_db

ELIN, HASSAN = "SE5569000002-2005", "SE5569000002-2023"
"""A doctor on one unit; an administrator on two."""

OPEN_TO_ALL = {"", "logga-ut", "utloggad", "hjalp", "healthz", "metrics", "sekretessmarkering"}
"""Routes that need no login; those of the protocols are before it."""

PROTOCOLS = ("saml2/", "login/", "logout/", "signering/svar")


def login(client: Client, hsa_id: str, **fields: str) -> Any:
    return log_in(client, hsa_id, **fields)


def accept(client: Client, **fields: str) -> Any:
    return client.post("/sekretessmarkering", {"accepted": "true", **fields})


def routes(patterns: Iterable[URLPattern | URLResolver]) -> Iterable[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        else:
            yield str(pattern.pattern)


def test_A_114_nothing_works_until_the_risk_is_accepted(hsa: Simulators, client: Client) -> None:
    assert login(client, ELIN)["Location"] == "/sekretessmarkering"
    some_id = "6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17"
    for route in set(routes(get_resolver().url_patterns)) - OPEN_TO_ALL:
        if route.startswith(PROTOCOLS):
            continue
        address = "/" + re.sub("<uuid:.*?>", some_id, route)
        for answer in (client.get(address), client.generic("POST", address)):
            assert answer.status_code in (302, 401, 405), route
            assert answer.status_code != 302 or answer["Location"].partition("?")[0] == "/", route
    assert client.get("/?next=/utkast")["Location"] == "/sekretessmarkering?next=%2Futkast"
    assert client.get("/antal", headers={"Accept": "application/json"}).status_code == 401


def test_A_114_the_box_must_be_ticked(hsa: Simulators, client: Client) -> None:
    login(client, ELIN)
    assert client.post("/sekretessmarkering", {"next": "/utkast"}).status_code == 200
    assert client.get("/sok").status_code == 302
    assert accept(client, next="/utkast")["Location"] == "/utkast"
    assert client.get("/sok").status_code == 200


@pytest.mark.parametrize(("hsa_id", "signing"), [(ELIN, True), (HASSAN, False)])
def test_A_114_doctors_are_told_of_signing_and_all_of_messages(hsa: Simulators, client: Client, hsa_id: str, signing: bool) -> None:
    login(client, hsa_id)
    page = client.get("/sekretessmarkering").content.decode()
    assert ("När du signerar ett intyg" in page) is signing
    assert "Försäkringskassan" in page
    assert "Jag förstår och godkänner." in page


def test_A_115_she_is_asked_once_and_can_read_it_again(hsa: Simulators, client: Client) -> None:
    login(client, ELIN)
    accept(client)
    client.post("/logga-ut")
    assert login(client, ELIN)["Location"] == "/sok"
    page = client.get("/sok").content.decode()
    assert re.search(r'data-opens="sekretessmarkering"[^>]*>.*?Sekretessmarkering</button>', page, re.S)
    assert "När du signerar ett intyg" in page
    assert client.get("/sekretessmarkering")["Location"] == "/"


def test_with_several_units_one_is_chosen_after_accepting(hsa: Simulators, client: Client) -> None:
    login(client, HASSAN)
    assert accept(client, next="/utkast")["Location"] == "/valj-enhet?next=%2Futkast"


def test_who_does_not_accept_is_told_that_it_is_needed(hsa: Simulators, client: Client) -> None:
    login(client, ELIN)
    page = client.post("/logga-ut", {"orsak": "godkannande"}, follow=True)
    assert "Godkännande saknas" in page.content.decode()
    assert "held_login" not in client.session
    assert login(client, ELIN)["Location"] == "/sekretessmarkering"


def test_others_are_not_asked(hsa: Simulators, client: Client) -> None:
    assert login(client, "SE2321000990-2002")["Location"] == "/sok"
    assert "Sekretessmarkering</button>" not in client.get("/sok").content.decode()
    assert client.get("/sekretessmarkering")["Location"] == "/"
