"""The search page: reference/ui.md §4.1, reference/roles-and-login-context.md §6.1–6.2."""

import re
from typing import Any

import pytest
from django.test import Client

from logged_in import log_in
from simulated import Simulators
from told import told
from webcert.patients.models import Person

pytestmark = pytest.mark.django_db

DOCTOR, ADMINISTRATOR = "SE2321000990-2002", "SE2321000990-2007"


@pytest.fixture
def doctor(pu: Simulators, client: Client) -> Client:
    """A client that is logged in."""
    log_in(client, DOCTOR)
    return client


def search(client: Client, number: str) -> Any:
    return client.post("/sok", {"number": number})


def problem_of(answer: Any) -> str:
    found = re.search(r'id="number-problem"[^>]*>([^<]*)<', answer.content.decode())
    assert found
    return found[1]


def test_the_page_asks_for_a_number(doctor: Client) -> None:
    page = doctor.get("/sok").content.decode()
    assert "Patientens personnummer eller samordningsnummer" in page
    assert 'placeholder="ååååmmdd-nnnn"' in page
    assert problem_of(doctor.get("/sok")) == ""


@pytest.mark.parametrize("number", ["19121212-1212", "191212121212", "19121212+1212", "19701063-2391", " 199901042383 "])
def test_A_043_a_number_leads_to_the_patients_page_and_is_not_in_the_address(doctor: Client, number: str) -> None:
    answer = search(doctor, number)
    person = Person.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/patient/{person.id}"


@pytest.mark.parametrize(
    "number", ["", "1212121212", "121212-1212", "19121212-1213", "19991399-1234", "19121212TF12", "<script>", "å" * 5000]
)
def test_what_is_no_number_is_told_and_kept_in_the_field(doctor: Client, number: str) -> None:
    answer = search(doctor, number)
    assert answer.status_code == 200
    assert problem_of(answer) == "Ange ett giltigt person- eller samordningsnummer."
    assert "<script>" not in re.sub(r"<script type.*?</script>", "", answer.content.decode())
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("20000101-0107", "Personnumret finns inte"),
        ("19540178-2395", "Samordningsnumret finns inte"),
        ("19411029-9221", "saknar för- eller efternamn"),
    ],
)
def test_why_a_person_cannot_be_found_is_told_in_words_of_its_own(doctor: Client, number: str, text: str) -> None:
    answer = search(doctor, number)
    assert text in problem_of(answer)
    assert f'value="{number}"' in answer.content.decode()


def test_when_pu_does_not_answer_the_user_is_told_to_try_later(doctor: Client, pu: Simulators) -> None:
    pu.set_mode("pu", "down")
    answer = search(doctor, "19121212-1212")
    assert answer.status_code == 503
    assert "Personuppgiftstjänsten svarar inte" in problem_of(answer)


@pytest.mark.parametrize("number", ["19800191-0002", "19540187-2394"])
def test_a_protected_patient_is_open_to_doctors_and_closed_to_administrators(
    doctor: Client, number: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert search(doctor, number).status_code == 302
    log_in(doctor, ADMINISTRATOR)
    answer = search(doctor, number)
    assert answer.status_code == 403
    assert "sekretessmarkering" in problem_of(answer)
    assert [event["reason"] for event in told(caplog, "AUTHORIZATION_DENIED")] == ["AUTHORIZATION_SEKRETESS"]


def test_what_is_typed_is_checked_while_it_is_typed(doctor: Client) -> None:
    assert doctor.post("/sok/kontroll", {"number": "191212121212"}).json() == {"number": "19121212-1212"}
    assert doctor.post("/sok/kontroll", {"number": "1912"}).json() == {"error": "Ange ett giltigt person- eller samordningsnummer."}
    assert doctor.get("/sok/kontroll").status_code == 405


def test_nobody_searches_without_login(client: Client) -> None:
    assert client.get("/sok").status_code == 302
    assert client.post("/sok/kontroll", headers={"Accept": "application/json"}).status_code == 401
