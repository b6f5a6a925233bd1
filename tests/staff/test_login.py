"""Logging in against the HSA stand-in: who may, as what, where; and the session that follows."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from logged_in import log_in
from simulated import Simulators
from simulators.people import STAFF
from told import told
from webcert.staff.identity import Method
from webcert.staff.login_context import LoginContext, Origin, Position, Unit, User
from webcert.staff.roles import Role
from webcert.staff.session import _JSON

pytestmark = pytest.mark.django_db

MAJA, ERIK, LEILA, OSKAR, ELIN, SOFIA, KARIN, JOHAN, AMINA, PER, GUNILLA = (
    f"{prefix}-{number}" for number, prefix in enumerate(["SE2321000990"] * 3 + ["SE5569000002"] * 2 + ["SE2321000990"] * 6, start=2001)
)
BJORKANGEN, MEDICIN, DIABETES = "SE2321000990-1010", "SE2321000990-1020", "SE2321000990-1021"


def login(client: Client, hsa_id: str, **fields: str) -> Any:
    return log_in(client, hsa_id, **fields)


def kept(client: Client) -> LoginContext:
    return _JSON.validate_python(client.session["login"])


@pytest.mark.parametrize(
    ("hsa_id", "role"),
    [
        (ERIK, Role.DOCTOR),
        (LEILA, Role.DOCTOR),
        (OSKAR, Role.DOCTOR),
        (SOFIA, Role.DENTIST),
        (KARIN, Role.CARE_ADMINISTRATOR),
        (AMINA, Role.CARE_ADMINISTRATOR),
    ],
)
def test_A_024_A_030_with_one_unit_it_is_chosen_by_itself(hsa: Simulators, client: Client, hsa_id: str, role: Role) -> None:
    answer = login(client, hsa_id)
    context = kept(client)
    assert answer.status_code == 302
    assert answer["Location"] != "/valj-enhet"
    assert context.user.role is role
    assert context.unit.parent_id is None
    assert (">Byt vårdenhet</a>" in client.get("/hjalp").content.decode()) == (len(context.units) > 1)  # its sub-units are units, too


def test_A_023_with_several_units_one_must_be_chosen_first(hsa: Simulators, client: Client) -> None:
    assert login(client, MAJA, next="/sok?x=1")["Location"] == "/valj-enhet?next=%2Fsok%3Fx%3D1"
    assert client.get("/sok")["Location"] == "/valj-enhet?next=%2Fsok"
    assert client.get("/")["Location"] == "/valj-enhet"
    page = client.get("/valj-enhet?next=/sok").content.decode()
    places = [
        page.index(name) for name in ("Region Nordanvik", "Medicinkliniken", "Diabetesmottagningen", "Vårdcentralen", "Sjöviks Läkargrupp")
    ]
    assert places == sorted(places)
    assert "Välj din vårdenhet" in page
    assert client.post("/valj-enhet", {"unit_id": MEDICIN, "next": "/sok"})["Location"] == "/sok"
    assert kept(client).unit.name == "Medicinkliniken Nordanviks sjukhus"
    assert kept(client).scope == {MEDICIN, DIABETES, "SE2321000990-1022"}


def test_a_doctor_can_change_to_a_sub_unit(hsa: Simulators, client: Client) -> None:
    login(client, MAJA)
    client.post("/valj-enhet", {"unit_id": MEDICIN})
    client.post("/valj-enhet", {"unit_id": DIABETES})
    context = kept(client)
    assert (context.unit.name, context.unit.parent_id, context.unit.workplace_code) == ("Diabetesmottagningen", MEDICIN, "8710021")
    assert context.scope == {DIABETES}
    page = client.get("/valj-enhet").content.decode()
    assert "(vald enhet)" in page
    assert "Avbryt" in page


@pytest.mark.parametrize("unit_id", ["", "SE2321000990-1030", "<script>"])
def test_a_unit_of_others_cannot_be_chosen_and_it_is_told(
    hsa: Simulators, client: Client, unit_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    login(client, MAJA)
    assert client.post("/valj-enhet", {"unit_id": unit_id}).status_code == 400
    assert kept(client).unit_id == ""
    assert [event["user"] for event in told(caplog, "USER_MISSING_MIU_ON_ENHET")] == [MAJA]


@pytest.mark.parametrize("hsa_id", [PER, GUNILLA])
def test_R15_without_a_valid_assignment_for_care_the_login_is_refused(hsa: Simulators, client: Client, hsa_id: str) -> None:
    answer = login(client, hsa_id)
    assert answer.status_code == 403
    assert "Medarbetaruppdrag saknas" in answer.content.decode()
    assert "login" not in client.session


@pytest.mark.usefixtures("closed_circuits")
@pytest.mark.parametrize("mode", ["down", "garbage", "fault"])
def test_when_hsa_does_not_answer_the_login_ends_with_a_technical_error(hsa: Simulators, client: Client, mode: str) -> None:
    hsa.set_mode("hsa", mode)
    answer = login(client, ERIK)
    assert answer.status_code == 503
    assert "Tekniskt fel" in answer.content.decode()
    assert "login" not in client.session


def test_whom_hsa_does_not_know_is_not_logged_in(hsa: Simulators, client: Client) -> None:
    answer = login(client, "SE2321000990-9999")
    assert answer.status_code == 403
    assert "Inloggningen misslyckades" in answer.content.decode()
    assert "SE2321000990-9999" not in answer.content.decode()
    assert "login" not in client.session


def test_a_login_begins_a_new_session_and_a_failed_one_ends_the_old(hsa: Simulators, client: Client) -> None:
    login(client, ERIK)
    first = client.session.session_key
    login(client, KARIN)
    assert client.session.session_key != first
    login(client, PER)
    assert client.get("/session").status_code == 302


@pytest.mark.parametrize("target", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", "sok"])
def test_a_login_leads_to_no_page_of_others(hsa: Simulators, client: Client, target: str) -> None:
    assert login(client, ERIK, next=target)["Location"] == "/sok"


def test_A_026_log_out_ends_the_session_and_pages_are_not_kept(hsa: Simulators, client: Client) -> None:
    login(client, ERIK)
    assert "no-store" in client.get("/sok")["Cache-Control"]
    assert client.get("/logga-ut").status_code == 405
    assert client.post("/logga-ut")["Location"] == "/utloggad"
    assert client.get("/sok")["Location"] == "/?next=%2Fsok"
    assert "Du är nu utloggad" in client.get("/utloggad").content.decode()
    assert "inte har använt Webcert" in client.get("/utloggad?orsak=timeout").content.decode()


def test_A_027_the_session_ends_after_30_minutes_without_work_and_polling_does_not_prolong_it(hsa: Simulators, client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 21, 10, 0, tzinfo=UTC), tick=False) as clock:

        def left(**headers: str) -> int | None:
            answer = client.get("/session", headers=headers | {"Accept": "application/json"})
            return answer.json()["seconds_left"] if answer.status_code == 200 else None

        polling = {"X-Webcert-Background": "1"}
        login(client, ERIK)
        assert left(**polling) == 1800
        clock.shift(29 * 60)
        assert left(**polling) == 60
        left()
        assert left(**polling) == 1800
        clock.shift(29 * 60)
        assert left(**polling) == 60
        clock.shift(61)
        assert left(**polling) is None
        assert client.get("/sok")["Location"] == "/?next=%2Fsok"


def test_scripts_are_told_that_nobody_is_logged_in(client: Client) -> None:
    for headers in ({"Accept": "application/json"}, {"Sec-Fetch-Dest": "empty"}):
        answer = client.get("/session", headers=headers)
        assert answer.status_code == 401
        assert "error" in answer.json()
    assert client.post("/valj-enhet")["Location"] == "/"


def test_the_context_survives_the_session_as_it_was() -> None:
    unit = Unit("SE1-1", "Enhet", "SE1", "Region", "Gatan 1", "12345", "Orten", "08", "", "0000000")
    user = User("SE1-2", "Åsa Ö", Role.DENTIST, (Position("204010", "AT"),), ("Kirurgi",), protected=True)
    context = LoginContext(user, (unit,), "SE1-1", Method.SITHS, Origin.NORMAL)
    assert _JSON.validate_python(_JSON.dump_python(context, mode="json", exclude_defaults=True)) == context


def test_everybody_in_the_directory_gets_the_role_that_the_table_says(hsa: Simulators, client: Client) -> None:
    for employee in STAFF:
        if "kan inte logga in" in employee.about:
            assert login(client, employee.id).status_code == 403, employee.name
            continue
        login(client, employee.id)
        client.post("/sekretessmarkering", {"accepted": "true"})
        assert kept(client).user.role.label == employee.role, employee.name
        assert all(unit.id.startswith("SE") and unit.name for unit in kept(client).units)
