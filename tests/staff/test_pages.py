"""The start page, the header, and what a user's preferences are."""

import re

import pytest
from django.test import Client

from logged_in import log_in
from simulated import Simulators
from simulators.people import STAFF
from webcert.staff.page import header_of
from webcert.staff.preferences import preference, set_preference

pytestmark = pytest.mark.django_db


def test_A_021_the_start_page_offers_both_ways_to_log_in(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Välkommen till Webcert" in page
    assert re.search(r"<a[^>]*>SITHS-kort</a>", page)
    assert re.search(r"<a[^>]*>E-legitimation</a>", page)


def test_A_022_without_javascript_the_start_page_says_that_it_is_required(client: Client) -> None:
    noscript = re.search(r"<noscript>(.*?)</noscript>", client.get("/").content.decode(), re.S)
    assert noscript
    assert "Javascript krävs" in noscript[1]


@pytest.mark.parametrize(("method", "name"), [("siths", "SITHS-kort"), ("eleg", "e-legitimation")])
def test_a_way_to_log_in_that_is_not_set_up_says_so(client: Client, method: str, name: str) -> None:
    answer = client.get(f"/saml2/authenticate/{method}")
    assert answer.status_code == 503
    assert f"Inloggning med {name} är inte inställd" in answer.content.decode()
    assert client.get("/saml2/authenticate/annat").status_code == 404


def test_the_page_that_was_asked_for_follows_the_choice_of_login(client: Client) -> None:
    page = client.get("/?next=/sok").content.decode()
    assert 'href="/saml2/authenticate/siths?next=%2Fsok"' in page
    assert "next" not in client.get("/?next=https://ond.example/").content.decode()


def test_there_is_no_way_in_but_by_an_identity_provider(client: Client) -> None:
    assert "Logga in</button>" not in client.get("/").content.decode()
    assert client.post("/logga-in", {"hsa_id": STAFF[0].id}).status_code == 404


SEARCH, UNHANDLED, DRAFTS = "Sök/skriv intyg", "Ej hanterade ärenden", "Ej signerade utkast"


@pytest.mark.parametrize(
    ("hsa_id", "tabs"),
    [
        pytest.param("SE2321000990-2002", [SEARCH, UNHANDLED, DRAFTS], id="doctor"),
        pytest.param("SE2321000990-2006", [SEARCH, UNHANDLED, DRAFTS], id="dentist"),
        pytest.param("SE2321000990-2007", [UNHANDLED, DRAFTS, SEARCH], id="care administrator"),
    ],
)
def test_A_041_A_042_the_tabs_stand_in_the_order_of_the_role_and_the_first_is_open(
    hsa: Simulators, client: Client, hsa_id: str, tabs: list[str]
) -> None:
    page = client.get(log_in(client, hsa_id)["Location"]).content.decode()
    shown = re.findall(r'<li><a href="[^"]+"( aria-current="page")?>([^<]+?) *<', page)
    assert [label.strip() for _, label in shown] == tabs
    assert [bool(current) for current, _ in shown] == [True, False, False]
    assert f"<h1>{tabs[0]}</h1>" in page


def test_the_header_tells_unit_name_and_role(hsa: Simulators, client: Client) -> None:
    log_in(client, "SE2321000990-2006")
    page = client.get("/hjalp").content.decode()
    for text in ("Folktandvården Björkängen", "Region Nordanvik", "Sofia Berglund – Tandläkare", "Om Webcert", "Logga ut"):
        assert text in page
    assert "Byt vårdenhet</a>" not in page


@pytest.mark.parametrize("hsa_id", ["SE2321000990-2001", "SE2321000990-2003"])
def test_change_of_unit_is_offered_to_who_has_several_counting_sub_units(hsa: Simulators, client: Client, hsa_id: str) -> None:
    log_in(client, hsa_id)
    client.post("/valj-enhet", {"unit_id": "SE2321000990-1020"})
    assert "Byt vårdenhet</a>" in client.get("/hjalp").content.decode()


def test_nobody_has_no_header() -> None:
    assert header_of(None) is None


def test_preferences_are_kept_for_each_user() -> None:
    assert preference("SE1-1", "favourites", []) == []
    set_preference("SE1-1", "favourites", ["lisjp"])
    set_preference("SE1-1", "favourites", ["luse", "å"])
    set_preference("SE1-2", "favourites", False)
    assert preference("SE1-1", "favourites") == ["luse", "å"]
    assert preference("SE1-2", "favourites", True) is False
    assert preference("SE1-1", "panel") is None


def test_only_known_choices_between_yes_and_no_are_remembered(hsa: Simulators, client: Client) -> None:
    log_in(client, "SE2321000990-2002")
    assert client.post("/val", {"key": "panel_hidden", "value": "true"}).status_code == 204
    assert preference("SE2321000990-2002", "panel_hidden") is True
    for fields in ({"key": "risk_accepted", "value": "true"}, {"key": "panel_hidden", "value": "kanske"}, {}):
        assert client.post("/val", fields).status_code == 400
