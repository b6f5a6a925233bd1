"""What the tables allow is what the actions do, what the addresses do and what the buttons offer: none is shown that the server refuses.

Certificates stand in the database in every state; every worker asks for each of them in all three ways. Nothing that is done stays done.
"""

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from certificates.decisions.tables import (
    CLASSES,
    PATIENTS,
    SAME_ROLE,
    STATES,
    UNITS,
    UNSIGNED,
    WORKERS,
    Patient,
    Worker,
    certificate,
    child_of,
    may,
)
from certificates.decisions.ways import DONE, SHOWN, WAYS, Browser, addresses_in, by_action, outcome_of, undone
from certificates.test_pages import codes  # noqa: F401
from clinic import outside, running_simulators, simulators  # noqa: F401
from example_fk7804 import ADDRESS, FULL
from example_statements import LUSE
from example_transport import TSTRK1007_7
from simulated import Simulators
from webcert.certificate_types import TYPES
from webcert.certificates import actions, refusals
from webcert.certificates.access import Action
from webcert.certificates.models import Certificate
from webcert.certificates.rights import MESSAGES
from webcert.patients.models import Person
from webcert.printing import views as printing
from webcert.staff.login_context import Origin

pytestmark = pytest.mark.django_db

ANSWERS: Mapping[str, Any] = {"lisjp": FULL | {"unit": ADDRESS}, "luse": LUSE[0] | {"unit": ADDRESS}, "ts-bas": TSTRK1007_7[0]}

SILENT = "the register is silent"
NUMBERS = {
    "ordinary": "191212121212",
    "protected": "198001910002",
    "deceased": "190503279812",
    "protected and deceased": "195401872394",
    "for tests": "195401782395",
    SILENT: "199209262386",
}
GOES_ON = {"being replaced": ("REPLACE", "signed"), "locked, being copied": ("COPY", "locked")}
"""States in which a button leads to what has been begun, for who could have begun it in the state before."""

DIFFER = ("doctor", "dentist", "administrator", "private practitioner", "integrated doctor", "integrated administrator")
LOGINS = [name for name in WORKERS if name not in SAME_ROLE]


class Row(NamedTuple):
    type: str
    state: str
    unit_id: str
    patient: str


def rows_of(name: str) -> list[Row]:
    """What the worker is tried with: a FK 7804 on every unit and for every patient; who differs by role or way in, also every state, and
    every type for the patients who matter; a doctor and an administrator, also every type in every state. That nothing else matters is in
    test_table.py; with `WEBCERT_WHOLE_PRODUCT=1` everybody is tried with everything, which takes half an hour.

    No FK 7263 is a draft here, and Försäkringskassan cannot ask for anything yet.
    """
    here, differs = WORKERS[name].login.unit_id, name in DIFFER
    types, states = CLASSES if name in ("doctor", "administrator") else CLASSES[:1], STATES if differs else ("locked",)
    tried = [
        *(Row(type, state, here, "ordinary") for type, state in product(types, states)),
        *(Row("lisjp", "signed", *rest) for rest in product(UNITS, ("ordinary", "protected", "deceased", SILENT))),
        *(Row("lisjp", "complete", unit_id, "ordinary") for unit_id in UNITS),
        *(Row("lisjp", state, here, patient) for state, patient in product(("complete", "signed"), NUMBERS)),
        *(Row(*rest) for rest in product(CLASSES * differs, ("complete", "signed"), [here], ("ordinary", "protected", "deceased"))),
    ]
    if os.environ.get("WEBCERT_WHOLE_PRODUCT"):
        tried = [Row(*rest) for rest in product(CLASSES, STATES, UNITS, NUMBERS)]
    exist = (row for row in tried if "requested" not in row.state and not (row.type == "fk7263" and row.state in UNSIGNED))
    return list(dict.fromkeys(exist))


def person(name: str) -> Person:
    """As the population register told of them, just now or too long ago."""
    facts = PATIENTS.get(name, Patient())
    return Person(
        personal_id=NUMBERS[name],
        given_name="Tolvan",
        surname="Tolvansson",
        street="Gatan 1",
        postcode="12345",
        town="Orten",
        protected=facts.protected,
        deceased=facts.deceased,
        test_indicated=facts.test_indicated,
        fetched_at=datetime.now(UTC) - timedelta(days=9 if name == SILENT else 0),
    )


@pytest.fixture
def people(outside: Simulators, settings: Any) -> Mapping[str, Person]:
    """The patients, whom the population register has told of before it fell silent."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 3600, "test_patients": True})
    outside.set_mode("pu", "down")
    return dict(zip(NUMBERS, Person.objects.bulk_create(map(person, NUMBERS)), strict=True))


@pytest.fixture
def denials(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """What the log is told of each refusal: the certificate and the reason. All else that is logged is left out, and no print is drawn."""
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(refusals, "tell", lambda event, *, certificate, reason: told.append((certificate, reason)))
    monkeypatch.setattr(printing, "print_of_record", lambda opened, **_: SimpleNamespace(file_name="intyg.pdf"))
    monkeypatch.setattr(printing, "certificate_pdf", lambda print: b"%PDF")
    logging.disable()
    yield told
    logging.disable(logging.NOTSET)


def stored(rows: Iterable[Row], people: Mapping[str, Person]) -> Mapping[Row, Certificate]:
    """A certificate for each row, with what follows from it."""
    made = {}
    for row in rows:
        patient, facts = people[row.patient], PATIENTS.get(row.patient, Patient())
        answers = ANSWERS[row.type] if row.state == "complete" else {"unit": ADDRESS}
        about = {"patient_id": patient.personal_id, "person_id": patient.id, "answers": answers}
        made[row] = certificate(row.type, row.state, row.unit_id, facts, **about)
    Certificate.objects.bulk_create(made.values(), batch_size=1000)
    Certificate.objects.bulk_create(filter(None, (child_of(it, row.state) for row, it in made.items())), batch_size=1000)
    return made


def allowed_to(worker: Worker, row: Row) -> set[str]:
    """What the tables let the worker do. Only an autosave does not ask the population register."""
    facts = PATIENTS.get(row.patient, Patient())
    asked = {"EDIT"} if row.patient == SILENT else {"READ", *WAYS}
    return {action for action in asked if may(worker, row.type, row.state, row.unit_id, facts, action)}


def on_the_page(worker: Worker, row: Row) -> tuple[set[str], set[str]] | None:
    """What the certificate's page has addresses and buttons for; None when it does not open. Who signs forwards from the lists."""
    allowed = allowed_to(worker, row)
    if "READ" not in allowed:
        return None
    offered = allowed - {"READ"} - ({"FORWARD"} if "SIGN" in allowed else set())
    action, before = GOES_ON.get(row.state, ("", ""))
    goes_on = {action} & allowed_to(worker, row._replace(state=before)) if action else set()
    return offered, (offered | goes_on) - {"EDIT"}


@pytest.mark.parametrize("name", LOGINS)
def test_A_099_actions_addresses_and_buttons_agree(name: str, people: Mapping[str, Person], denials: list[tuple[str, str]]) -> None:
    worker, browser = WORKERS[name], Browser(WORKERS[name].login)
    for row, it in stored(rows_of(name), people).items():
        allowed = allowed_to(worker, row)
        for action in WAYS:
            denials.clear()
            with undone() if action in allowed else nullcontext():
                acted = by_action(action, it, worker.login)
            with undone() if action in allowed else nullcontext():
                asked = browser.outcome(action, it)
            assert (acted == DONE) == (asked == DONE) == (action in allowed), (row, action, acted, asked)
            if asked == SHOWN:
                assert acted[1] == "INVALID_STATE", (row, action)
            elif asked != DONE:
                assert (asked[0], asked[2]) == (acted[0], acted[2]), (row, action)
                assert denials == [(str(it.id), acted[1])], (row, action)
        with undone():
            assert browser.offered(it) == on_the_page(worker, row), row


@pytest.mark.parametrize("name", LOGINS)
def test_who_may_create_agrees(name: str, people: Mapping[str, Person], denials: list[tuple[str, str]]) -> None:
    worker, browser = WORKERS[name], Browser(WORKERS[name].login)
    for patient, type in product(("ordinary", "protected", "deceased", SILENT), TYPES):
        facts, known, denials[:] = PATIENTS.get(patient, Patient()), people[patient], []
        allowed = patient != SILENT and may(worker, type, "", worker.login.unit_id, facts, "CREATE")
        with undone():
            acted = outcome_of(partial(actions.create, type, patient=known, by=worker.login))
        with undone():
            answer = browser.ask("/intyg/skapa", {"type": type, "patient": known.id, "id": uuid4()})
        assert (acted == DONE) == (answer.status_code == 302) == allowed, (type, patient, acted)
        assert allowed or (answer.status_code, denials) == (acted[0], [("", acted[1])]), (type, patient)
    if worker.login.origin is Origin.NORMAL:
        for patient in ("ordinary", "protected", "deceased"):
            allowed_types = {type for type in TYPES if may(worker, type, "", worker.login.unit_id, PATIENTS[patient], "CREATE")}
            assert browser.creates(people[patient]) == allowed_types, patient


@pytest.mark.parametrize("name", [name for name in LOGINS if WORKERS[name].login.origin is Origin.NORMAL])
def test_the_buttons_of_the_lists_agree(name: str, people: Mapping[str, Person], denials: list[tuple[str, str]]) -> None:
    worker, browser = WORKERS[name], Browser(WORKERS[name].login)
    rows = [row for row in rows_of(name) if row.patient == "ordinary" and row.unit_id == worker.login.unit_id]
    made = stored(rows, people)
    on_patients_page = browser.page(f"/patient/{people['ordinary'].id}?visa=alla")
    among_drafts = browser.page("/utkast?antal=100")
    for row, it in made.items():
        allowed = allowed_to(worker, row)
        assert addresses_in(on_patients_page, it) == allowed & {"FORWARD", "RENEW"}, row
        assert addresses_in(among_drafts, it) == allowed & {"FORWARD"}, row


def test_every_action_on_a_certificate_is_tried() -> None:
    assert WAYS.keys() == set(Action) - MESSAGES - {Action.CREATE, Action.READ}
