"""The doctor's pages as they leave the server: what stands in them, what they cost, and what they answer when something is refused."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import FULL
from logged_in import browser_of
from pen import sign
from web_user import UNIT, fields_of
from webcert.certificate_types import FK7801, FK7804
from webcert.certificates import actions
from webcert.certificates.models import Certificate
from webcert.code_systems.actions import load_starter_lists
from webcert.code_systems.register import REGISTER
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

AS_SCRIPT = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def codes(db: None) -> None:
    """The starter lists, so that codes are known."""
    load_starter_lists()
    REGISTER.forget()


@pytest.fixture(autouse=True)
def remembered(outside: object, settings: Any) -> None:
    """What PU has told is good for a while, as in production."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 60})


@pytest.fixture
def draft(patient: Person, doctor: LoginContext) -> Certificate:
    return actions.create("lisjp", patient=patient, by=doctor)


@pytest.fixture
def browser(doctor: LoginContext) -> Client:
    return browser_of(doctor)


def filled(draft: Certificate, by: LoginContext, **changes: Any) -> Certificate:
    """The draft with a full set of answers saved."""
    fields = fields_of(FULL | {"unit": UNIT} | changes)
    return actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=draft.sequence + 1, by=by).draft


@pytest.fixture
def signed(draft: Certificate, doctor: LoginContext) -> Certificate:
    filled(draft, doctor)
    return sign(draft.id, revision=draft.revision, by=doctor)


def tree(response: HttpResponse) -> Any:
    assert response.status_code in (200, 422), response.content
    return html.fromstring(response.content.decode())


def text_of(response: HttpResponse) -> str:
    return " ".join(tree(response).text_content().split())


def posted_by(response: HttpResponse) -> dict[str, str]:
    """The fields that the editor's page would post as it stands. A browser drops the line break that begins a text area."""
    (form,) = tree(response).xpath("//form[@data-draft]")
    return {name: value.removeprefix("\n") for name, value in form.form_values() if value.strip()}


def save_as(browser: Client, draft: Certificate, page: HttpResponse, focus: str = "", **changes: str) -> HttpResponse:
    (form,) = tree(page).xpath("//form[@data-draft]")
    return autosave(browser, draft.id, posted_by(page) | changes, int(form.get("data-revision")), focus)


def autosave(browser: Client, id: UUID, fields: Mapping[str, str], revision: int, focus: str = "") -> HttpResponse:
    sent = {"revision": revision, "sequence": 1, "focus": focus, "fields": dict(fields)}
    return browser.post(f"/intyg/{id}/spara", sent, content_type="application/json", headers=AS_SCRIPT)


# The editor shows what is stored


def test_the_page_posts_what_is_stored(browser: Client, draft: Certificate, doctor: LoginContext) -> None:
    stored = filled(draft, doctor).answers
    assert FK7804.newest_form.decode(posted_by(browser.get(f"/intyg/{draft.id}"))) == stored


def test_a_value_that_the_form_does_not_know_is_shown_as_not_chosen(browser: Client, draft: Certificate) -> None:
    Certificate.objects.filter(pk=draft.id).update(answers={"39": "FORR_FANNS", "40": ["BORTTAGEN"], "28": ["STUDIER"]})
    posted = posted_by(browser.get(f"/intyg/{draft.id}"))
    assert "39" not in posted
    assert [name for name in posted if name.startswith(("28", "40"))] == ["28.STUDIER"]


def test_what_the_user_should_know_is_told_above_the_draft(draft: Certificate, doctor: LoginContext) -> None:
    Certificate.objects.filter(pk=draft.id).update(version="1.0")
    browser = browser_of(replace(doctor, units=(replace(doctor.unit, postcode="", town="", phone=""),)))
    above = "//main//*[@class='heads-up']"
    told = [" ".join(box.text_content().split()) for box in tree(browser.get(f"/intyg/{draft.id}")).xpath(above)]
    assert told[0] == "Observera att frågetexterna har uppdaterats sedan utkastet senast öppnades."
    assert told[1].startswith("Vårdenhetens postnummer, postort och telefonnummer saknas i HSA.")
    assert tree(browser_of(doctor).get(f"/intyg/{draft.id}")).xpath(above) == []


def test_A_139_every_mandatory_question_of_an_empty_draft_has_a_star(browser: Client, draft: Certificate) -> None:
    page = tree(browser.get(f"/intyg/{draft.id}"))
    starred = page.xpath("//*[@data-question][not(@hidden)][.//*[@data-star][not(@hidden)]]/@data-question")
    assert starred == ["1", "28", "6", "35", "17", "32", "39", "40"]


def test_an_autosave_answers_with_the_judgement(browser: Client, draft: Certificate) -> None:
    page = browser.get(f"/intyg/{draft.id}")
    answer = save_as(browser, draft, page, **{"32.HELT_NEDSATT.from": "20261121", "32.HELT_NEDSATT.to": "d14", "27": "on"}).json()
    assert answer["values"]["32.HELT_NEDSATT.to"] == "2026-12-04"
    assert answer["remarks"]["32.total"] == "Intyget motsvarar en period på 14 dagar."
    assert not answer["complete"]
    assert [section["id"] for section in answer["sections"]] == ["smittbararpenning", "diagnos", "bedomning", "ovrigt", "vardenhet"]
    assert [problem for problem in answer["problems"] if problem["question"] == "6"] == [
        {"question": "6", "field": "6", "kind": "EMPTY", "text": "Ange minst en diagnos."}
    ]


def test_a_field_that_is_left_is_written_out_and_the_one_with_the_cursor_is_not(browser: Client, draft: Certificate) -> None:
    page = browser.get(f"/intyg/{draft.id}")
    typed = {"32.HELT_NEDSATT.from": "2026-11-21", "32.HELT_NEDSATT.to": "2v", "focus": "32.HELT_NEDSATT.to"}
    assert save_as(browser, draft, page, **typed).json()["values"]["32.HELT_NEDSATT.to"] == "2v"


# What is signed is read


def test_A_053_signing_leads_to_the_certificate(browser: Client, draft: Certificate, doctor: LoginContext) -> None:
    filled(draft, doctor)
    begun = browser.post(f"/intyg/{draft.id}/signera", {"revision": draft.revision})
    assert begun["Location"].startswith("/signering/")
    sign(draft.id, revision=draft.revision, by=doctor)
    answer = browser.get(f"/intyg/{draft.id}")
    shown = text_of(answer)
    assert "Intyget är signerat" in shown
    assert "F438A" in shown
    assert "Utmattningssyndrom" in shown
    assert tree(answer).xpath("//dl/dd[1]/text()") == ["Maja Lindqvist"]
    assert f"Intygs-ID: {draft.id}" in shown


def test_A_140_an_incomplete_draft_is_not_signed_and_says_what_it_lacks(browser: Client, draft: Certificate) -> None:
    answer = browser.post(f"/intyg/{draft.id}/signera", {"revision": draft.revision})
    assert answer.status_code == 422
    assert tree(answer).xpath("//form[@data-draft][@data-tell-missing]")
    assert not Certificate.objects.get(pk=draft.id).is_signed


def test_signing_and_sending_once_more_shows_what_is_true(browser: Client, signed: Certificate) -> None:
    assert "Intyget är signerat" in text_of(browser.post(f"/intyg/{signed.id}/signera", {"revision": 1}, follow=True))
    for _ in range(2):
        sent = text_of(browser.post(f"/intyg/{signed.id}/skicka", follow=True))
        assert "Intyget är skickat till Försäkringskassan" in sent
        assert "Skicka intyg till Försäkringskassan" not in sent


def test_A_049_a_signed_certificate_can_neither_be_saved_nor_deleted(browser: Client, signed: Certificate) -> None:
    saved = autosave(browser, signed.id, {"35": "nytt"}, revision=1)
    assert (saved.status_code, saved.json()) == (409, {"error": "Du har i en annan flik eller dator signerat intyget."})
    assert browser.post(f"/intyg/{signed.id}/radera", {"patient": signed.person_id, "revision": signed.revision}).status_code == 409
    assert Certificate.objects.get(pk=signed.id).answers == signed.answers


@pytest.mark.parametrize(("last_day", "told"), [("2026-12-04", True), ("2026-12-05", False)])
def test_a_short_sick_leave_is_pointed_out_before_it_is_sent(
    browser: Client, draft: Certificate, doctor: LoginContext, last_day: str, told: bool
) -> None:
    filled(draft, doctor, **{"32": [{"code": "HELT_NEDSATT", "from": "2026-11-21", "to": last_day}]})
    sign(draft.id, revision=draft.revision, by=doctor)
    assert ("mindre än 15 dagar" in text_of(browser.get(f"/intyg/{draft.id}"))) is told


def test_a_delivery_that_failed_is_told(browser: Client, signed: Certificate, doctor: LoginContext) -> None:
    actions.send(signed.id, by=doctor)
    actions.record_delivery_failure(signed.id, problem="VALIDATION_ERROR")
    shown = text_of(browser.get(f"/intyg/{signed.id}"))
    assert "Intyget har inte kommit fram till Försäkringskassan" in shown
    assert "VALIDATION_ERROR" not in shown


# Who may what


def test_A_016_and_A_062_an_administrator_forwards_and_does_not_sign(draft: Certificate, administrator: LoginContext) -> None:
    page = tree(browser_of(administrator).get(f"/intyg/{draft.id}"))
    assert page.xpath("//form[@data-sign]") == []
    (letter,) = (unquote(link) for link in page.xpath("//a/@href") if link.startswith("mailto:?"))
    assert letter.endswith(f"/intyg/{draft.id}")
    assert "på enhet Björkängens vårdcentral för vårdgivare Region Exempel" in letter
    assert TOLVAN not in letter
    assert "Tolvan" not in letter


def test_refusals_are_told_to_scripts_as_json_and_to_people_as_pages(draft: Certificate, browser: Client) -> None:
    elsewhere = browser_of(working("Anna Annan", Role.DOCTOR, unit("SE2321000990-1009", "Annan enhet")))
    page = elsewhere.get(f"/intyg/{draft.id}")
    assert page.status_code == 403
    assert "Behörighet saknas" in page.content.decode()
    told = autosave(elsewhere, draft.id, {}, revision=0)
    assert told.status_code == 403
    assert told.json()["error"].startswith("Intyget hör till en annan vårdenhet.")
    assert autosave(Client(), draft.id, {}, revision=0).status_code == 401
    assert browser.get(f"/intyg/{UUID(int=7)}").status_code == 404


def test_who_opened_last_is_named_to_who_had_it_before(browser: Client, draft: Certificate) -> None:
    mine = browser.get(f"/intyg/{draft.id}")
    browser_of(working("Lena Karlsson", Role.DOCTOR)).get(f"/intyg/{draft.id}")
    answer = save_as(browser, draft, mine, **{"25": "mitt"})
    assert answer.status_code == 409
    assert answer.json()["error"].startswith("Lena Karlsson har öppnat utkastet")


@pytest.mark.parametrize(
    "numbers",
    [{}, {"revision": 1}, {"revision": "ett", "sequence": 1}, {"revision": -1, "sequence": 1}, {"revision": 1, "sequence": 2**31}],
)
def test_a_save_without_its_numbers_is_turned_away(browser: Client, draft: Certificate, numbers: dict[str, Any]) -> None:
    sent = {"focus": "", "fields": {}} | numbers
    assert browser.post(f"/intyg/{draft.id}/spara", sent, content_type="application/json", headers=AS_SCRIPT).status_code == 400


# The patient's page


def test_A_043_and_A_052_the_patients_page_creates_and_lists(browser: Client, patient: Person) -> None:
    assert "Patienten har inga intyg" in text_of(browser.get(f"/patient/{patient.id}"))
    offered = tree(browser.get(f"/patient/{patient.id}"))
    (form,) = (form for form in offered.forms if form.action == "/intyg/skapa" and form.fields["type"] == "lisjp")
    created = browser.post("/intyg/skapa", dict(form.form_values()))
    assert posted_by(browser.get(created.url))["unit.address"] == "Björkvägen 1"
    listed = text_of(browser.get(f"/patient/{patient.id}"))
    assert "Tolvan Tolvansson – 19121212-1212" in listed
    assert "Utkast, uppgifter saknas" in listed


def test_who_is_past_the_age_of_a_type_has_it_only_after_a_question(browser: Client, patient: Person) -> None:
    page = tree(browser.get(f"/patient/{patient.id}"))
    asked = page.xpath("//dialog[starts-with(@id, 'skapa-')]")
    assert [dialog.get("id") for dialog in asked] == ["skapa-luae_na"]
    assert "äldre än 30 år och två månader" in asked[0].text_content()
    (form,) = (form for form in page.forms if form.action == "/intyg/skapa" and form.fields["type"] == "luae_na")
    assert asked[0] in form.iterancestors()
    assert browser.post("/intyg/skapa", dict(form.form_values())).status_code == 302


@pytest.mark.parametrize(("born", "passed"), [(date(1996, 9, 21), False), (date(1996, 9, 20), True), (date(1999, 1, 4), False)])
def test_an_age_is_passed_the_day_after(born: date, passed: bool) -> None:
    assert FK7801.oldest
    assert FK7801.oldest.is_passed(born, date(2026, 11, 21)) is passed


def test_the_id_of_another_draft_cannot_be_asked_for(browser: Client, patient: Person, draft: Certificate) -> None:
    asked = {"type": "lisjp", "patient": patient.id, "id": draft.id}
    assert browser.post("/intyg/skapa", asked).url == f"/intyg/{draft.id}"
    colleague = browser_of(working("Lena Karlsson", Role.DOCTOR))
    for session, change in [(browser, {"type": "luse"}), (colleague, {}), (browser, {"id": "ett"}), (browser, {"id": ""})]:
        assert session.post("/intyg/skapa", asked | change).status_code == 400
    assert Certificate.objects.count() == 1


def test_a_deleted_draft_is_gone(browser: Client, draft: Certificate) -> None:
    asked = {"patient": draft.person_id, "revision": draft.revision}
    page = browser.post(f"/intyg/{draft.id}/radera", asked, follow=True)
    assert "Patienten har inga intyg" in text_of(page)
    gone = autosave(browser, draft.id, {}, revision=1)
    assert (gone.status_code, gone.json()["error"]) == (404, "Du har i en annan flik eller dator raderat utkastet.")


def test_the_panel_stays_hidden_for_who_has_hidden_it(browser: Client, doctor: LoginContext, draft: Certificate) -> None:
    assert browser.post("/val", {"key": "panel_hidden", "value": "true"}).status_code == 204
    for session in (browser, browser_of(doctor)):
        assert tree(session.get(f"/intyg/{draft.id}")).xpath("//*[@data-panel='hidden']")


def test_A_031_a_draft_belongs_to_the_unit_logged_in_at_and_to_a_sub_unit_only_after_the_change(patient: Person) -> None:
    care_unit, room = unit(), unit("SE2321000990-1002", "Rehab", parent="SE2321000990-1001")
    browser = browser_of(working("Maja Lindqvist", Role.DOCTOR, care_unit, room))

    def created_on() -> str:
        made = browser.post("/intyg/skapa", {"type": "lisjp", "patient": patient.id, "id": uuid4()})
        return Certificate.objects.get(pk=made.url.rpartition("/")[2]).unit_id

    assert created_on() == care_unit.id
    browser.post("/valj-enhet", {"unit_id": room.id})
    assert created_on() == room.id


# What it costs


def cost(visit: Callable[[], HttpResponse]) -> int:
    """SQL statements of a visit, when the session has been used before. A test's own transaction turns BEGIN into SAVEPOINT."""
    visit()
    with CaptureQueriesContext(connection) as queries:
        assert visit().status_code == 200
    return len(queries)


def test_lists_and_drafts_cost_few_statements_whatever_the_number_of_rows(
    browser: Client, patient: Person, draft: Certificate, doctor: LoginContext
) -> None:
    few = cost(lambda: browser.get(f"/patient/{patient.id}"))
    for _ in range(20):
        actions.create("lisjp", patient=patient, by=doctor)
    assert cost(lambda: browser.get(f"/patient/{patient.id}")) == few <= 6
    assert cost(lambda: browser.get(f"/intyg/{draft.id}")) <= 8


@pytest.mark.parametrize("known_for", [60, 0])
def test_a_certificate_costs_few_statements(browser: Client, signed: Certificate, settings: Any, known_for: int) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": known_for})
    assert cost(lambda: browser.get(f"/intyg/{signed.id}")) <= 8


def test_an_autosave_costs_at_most_6_statements(browser: Client, draft: Certificate) -> None:
    page = browser.get(f"/intyg/{draft.id}")
    sequence = iter(range(1, 10))
    assert cost(lambda: save_as(browser, draft, page, sequence=str(next(sequence)))) <= 6


def test_the_judgement_is_one_and_the_same_on_the_page_and_after_a_save(browser: Client, draft: Certificate) -> None:
    page = browser.get(f"/intyg/{draft.id}")
    (form,) = tree(page).xpath("//form[@data-draft]")
    shown = json.loads(form.get("data-judgement"))
    answer = save_as(browser, draft, page).json()
    assert shown == {name: answer[name] for name in shown}
