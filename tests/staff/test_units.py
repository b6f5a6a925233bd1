"""The tree of units with what waits on each, and the header's numbers. What is counted is given here."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from lxml import html

from logged_in import log_in
from simulated import Simulators
from told import told
from webcert.staff import counters
from webcert.staff.counters import wire_counters

pytestmark = pytest.mark.django_db

MAJA, BIRGITTA, JONAS = "SE2321000990-2001", "SE2321000990-2017", "SE2321000990-2025"
BJORKANGEN, MEDICIN, DIABETES, HJART = "SE2321000990-1010", "SE2321000990-1020", "SE2321000990-1021", "SE2321000990-1022"
SJOVIK, PSYKIATRIN = "SE5569000002-1010", "SE2321000990-1060"

DRAFTS = {BJORKANGEN: 1, MEDICIN: 2, DIABETES: 3, HJART: 4}
MESSAGES = {MEDICIN: 1, DIABETES: 1, SJOVIK: 5}


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    before = dict(counters._counters)
    wire_counters({"drafts": lambda login: DRAFTS, "unhandled": lambda login: MESSAGES})
    yield
    counters._counters.clear()
    wire_counters(before)


def on(client: Client, hsa_id: str, unit_id: str) -> None:
    log_in(client, hsa_id)
    client.post("/valj-enhet", {"unit_id": unit_id})


def numbers(client: Client) -> dict[str, tuple[str, str]]:
    """Unit → what the chooser says of messages and drafts there."""
    rows = html.fromstring(client.get("/valj-enhet").content.decode()).xpath("//tbody/tr")
    cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]
    return {name: (messages, drafts) for _, name, messages, drafts, _ in cells}


def test_D2_tells_what_waits_on_each_unit_and_on_its_sub_units_together(hsa: Simulators, client: Client) -> None:
    log_in(client, MAJA)
    told = numbers(client)
    assert told["Medicinkliniken Nordanviks sjukhus"] == ("1 (1)", "2 (7)")
    assert told["Diabetesmottagningen"] == ("1", "3")
    assert told["Sjöviks läkarmottagning"] == ("5", "0")


def test_D2_the_unit_where_one_is_cannot_be_chosen_and_is_seen_also_under_a_plus(hsa: Simulators, client: Client) -> None:
    on(client, MAJA, DIABETES)
    page = html.fromstring(client.get("/valj-enhet").content.decode())
    assert page.xpath(f"//tbody[@id='under-{MEDICIN}'][not(@hidden)]")
    assert page.xpath("//tbody[@id='under-SE2321000990-1010'][@hidden]")
    (row,) = page.xpath("//tr[contains(., '(vald enhet)')]")
    assert "Diabetesmottagningen" in row.text_content()
    assert row.xpath(".//form") == []
    assert page.xpath("//form//input[@value=$id]", id=MEDICIN)


@pytest.mark.parametrize(
    ("unit_id", "messages", "drafts", "elsewhere"),
    [
        (MEDICIN, 2, 2, "5 ärenden och 1 utkast på andra enheter"),
        (DIABETES, 1, 3, "6 ärenden och 7 utkast på andra enheter"),
        (SJOVIK, 5, 0, "2 ärenden och 10 utkast på andra enheter"),
    ],
)
def test_tabs_and_header_count_as_their_lists_show(
    hsa: Simulators, client: Client, unit_id: str, messages: int, drafts: int, elsewhere: str
) -> None:
    on(client, MAJA, unit_id)
    told = client.get("/antal", headers={"X-Webcert-Background": "1"}).json()
    assert (told["tabs"]["unhandled"]["count"], told["tabs"]["drafts"]["count"]) == (messages, drafts)
    assert told["elsewhere"] == elsewhere
    page = html.fromstring(client.get("/hjalp").content.decode())
    assert page.xpath("string(//*[@data-count-elsewhere])") == elsewhere
    (badge,) = page.xpath("//*[@data-count='drafts']")
    assert badge.text == str(drafts)
    assert ("hidden" in badge.attrib) is (drafts == 0)


def test_a_change_of_unit_lands_on_the_first_page_of_the_role(hsa: Simulators, client: Client) -> None:
    on(client, MAJA, MEDICIN)
    assert client.post("/valj-enhet", {"unit_id": BJORKANGEN})["Location"] == "/sok"


def test_closed_units_and_sub_units_are_not_offered(hsa: Simulators, client: Client) -> None:
    on(client, BIRGITTA, PSYKIATRIN)
    assert set(numbers(client)) == {
        "Psykiatriska kliniken Nordanviks sjukhus (vald enhet)",
        "Beroendemottagningen",
        "Öppenvårdsmottagningen",
    }
    log_in(client, JONAS)
    assert re.search("<b>Medicinkliniken", client.get("/sok").content.decode())


def test_one_who_has_nothing_elsewhere_is_told_nothing(hsa: Simulators, client: Client) -> None:
    log_in(client, "SE2321000990-2016")
    assert client.get("/antal").json()["elsewhere"] == ""
    assert "data-count-elsewhere" not in client.get("/sok").content.decode()


def test_A_018_A_034_who_may_not_change_unit_is_refused_by_the_server_too_and_it_is_told(
    hsa: Simulators, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    on(client, MAJA, BJORKANGEN)
    session = client.session
    session["login"]["user"]["role"] = "PRIVATLAKARE"
    session.save()
    assert client.get("/valj-enhet").status_code == 403
    assert client.post("/valj-enhet", {"unit_id": MEDICIN}).status_code == 403
    assert client.session["login"]["unit_id"] == BJORKANGEN
    assert [event["reason"] for event in told(caplog, "AUTHORIZATION_DENIED")] == ["UNIT_CHANGE"] * 2
