"""A new type is a declaration: with it alone the editor, the rules, the document, the read view and the print work."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.http import HttpRequest
from django.test import Client

from clinic import doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_type import FK7210
from official import schema_errors, schematron_accepts
from pen import sign
from webcert.certificate_types import BY_EXTERNAL_CODE, TYPES
from webcert.certificate_types.received import judge
from webcert.certificates import actions
from webcert.certificates.models import Certificate
from webcert.certificates.rights import EVERYONE, ROLES, SIGNERS, Action
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.session import keep
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

NEXT_MONTH = (clock.today() + timedelta(days=30)).isoformat()


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines of the registry and of the access table."""
    monkeypatch.setitem(TYPES, FK7210.id, FK7210)
    monkeypatch.setitem(BY_EXTERNAL_CODE, FK7210.external_code, FK7210)
    for action in Action:
        monkeypatch.setitem(ROLES, (FK7210.id, action), SIGNERS if action is Action.SIGN else EVERYONE)


@pytest.fixture
def draft(patient: Person, doctor: LoginContext) -> Certificate:
    return actions.create("igrav", patient=patient, by=doctor)


@pytest.fixture
def browser(doctor: LoginContext) -> Client:
    client = Client()
    request = HttpRequest()
    request.session = client.session
    keep(request, doctor)
    request.session.save()
    return client


def saved(draft: Certificate, day: str, by: LoginContext) -> actions.Saved:
    fields = {"54": day} | FK7210.newest_form.by_id["unit"].encode(draft.answers["unit"])
    return actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=draft.sequence + 1, by=by)


@pytest.fixture
def signed(draft: Certificate, doctor: LoginContext) -> Certificate:
    saved(draft, NEXT_MONTH, doctor)
    return sign(draft.id, revision=draft.revision, by=doctor)


def test_it_is_offered_and_has_an_editor(patient: Person, draft: Certificate, browser: Client) -> None:
    offered = browser.get(f"/patient/{patient.id}").content.decode()
    editor = browser.get(f"/intyg/{draft.id}").content.decode()

    assert 'name="type" value="igrav"' in offered
    for words in ("Intyg om graviditet", "Beräknat födelsedatum", 'name="54"', "Utgå från det senaste ultraljudet.", "Vårdenhetens adress"):
        assert words in editor


@pytest.mark.parametrize(
    ("days", "text"),
    [(-1, "Ange dagens datum eller ett senare."), (0, None), (366, None), (367, "Ange ett datum inom ett år."), (None, "Ange ett datum.")],
)
def test_its_rules_are_told(draft: Certificate, doctor: LoginContext, days: int | None, text: str | None) -> None:
    day = "" if days is None else (clock.today() + timedelta(days=days)).isoformat()
    problems = saved(draft, day, doctor).evaluation.problems
    assert [problem.text for problem in problems] == ([text] if text else [])


def test_its_document_fits_the_schema_and_the_official_schematron(signed: Certificate) -> None:
    document = bytes(signed.signed_xml or b"")
    verdict = judge(document, today=clock.today())
    assert (verdict.type, verdict.answers, verdict.problems) == (FK7210, {"54": NEXT_MONTH}, ())
    assert signed.summary == NEXT_MONTH
    assert schema_errors(document) == []
    assert schematron_accepts(document, "certificate-service/igrav.v1")


def test_it_is_read_and_printed(signed: Certificate, browser: Client) -> None:
    page = browser.get(f"/intyg/{signed.id}").content.decode()
    paper: Any = browser.get(f"/intyg/{signed.id}/skriv-ut")
    text = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(paper.content)).pages)

    for words in ("Beräknat födelsedatum", NEXT_MONTH):
        assert words in page
        assert words in text
