"""What the diagnosis fields get while somebody types."""

from typing import Any

import pytest
from django.test import Client

from webcert.code_systems.actions import load_starter_lists

pytestmark = [pytest.mark.usefixtures("code_tables"), pytest.mark.urls("webcert.code_systems.urls")]

ICD, KSH = "ICD_10_SE", "KSH_97_P"


@pytest.fixture
def doctor(client: Client) -> Client:
    load_starter_lists()
    session = client.session
    session["login"] = "somebody"
    session.save()
    return client


def ask(client: Client, system: str, field: str, query: str) -> dict[str, Any]:
    response = client.get("/diagnoser", {"kodverk": system, "falt": field, "q": query})
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def test_A_118_the_code_field_suggests_from_three_characters(doctor: Client) -> None:
    assert ask(doctor, ICD, "kod", "J4") == {"hits": [], "more": False, "hint": "Skriv minst 3 tecken av koden."}
    assert ask(doctor, ICD, "kod", "j20")["hits"][0] == {"code": "J20", "title": "Akut bronkit", "selectable": True, "note": None}


def test_A_119_the_text_field_suggests_from_one_character(doctor: Client) -> None:
    answer = ask(doctor, ICD, "text", "m")
    assert len(answer["hits"]) == 10
    assert (answer["more"], answer["hint"]) == (True, "Fler träffar finns. Skriv mer för att begränsa sökningen.")


def test_A_120_with_ksh97p_the_suggestions_are_ksh97p(doctor: Client) -> None:
    assert [hit["code"] for hit in ask(doctor, KSH, "kod", "F43")["hits"]] == ["F431", "F438A", "F439P"]


def test_three_positions_of_f_cannot_be_chosen_and_the_note_says_why(doctor: Client) -> None:
    first = ask(doctor, ICD, "kod", "f32")["hits"][0]
    assert (first["code"], first["selectable"], first["note"]) == ("F32", False, "Koden måste anges med minst fyra positioner.")


def test_a_search_without_hits_says_so(doctor: Client) -> None:
    assert ask(doctor, ICD, "text", "qqq")["hint"] == "Inga träffar i ICD-10-SE. Kontrollera stavningen eller sök med andra ord."
    assert ask(doctor, ICD, "text", " ")["hint"] is None


@pytest.mark.parametrize(
    ("system", "field", "query"), [("SNOMED", "kod", "J20"), ("", "kod", "J20"), (ICD, "namn", "J20"), (ICD, "kod", "J" * 101)]
)
def test_a_malformed_question_is_refused(doctor: Client, system: str, field: str, query: str) -> None:
    response = doctor.get("/diagnoser", {"kodverk": system, "falt": field, "q": query})
    assert (response.status_code, list(response.json())) == (400, ["error"])


def test_only_somebody_who_is_logged_in_gets_suggestions(client: Client) -> None:
    assert client.get("/diagnoser", {"kodverk": ICD, "falt": "kod", "q": "J20"}).status_code == 401


def test_the_answer_may_be_kept_by_the_browser_only(doctor: Client) -> None:
    response = doctor.get("/diagnoser", {"kodverk": ICD, "falt": "kod", "q": "J20"})
    assert response.headers["Cache-Control"] == "private, max-age=60"
