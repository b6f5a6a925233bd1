"""What is told to whoever watches: each business event once, when it has come true, and never of whom it was (security-and-audit.md §2)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import structlog
from django.db import transaction

from certificates.test_pages import codes, draft, remembered, signed  # noqa: F401
from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from logged_in import browser_of
from simulated import Simulators
from told import told
from webcert.certificates import actions, ending, following
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.models import Certificate, Status
from webcert.monitoring.pseudonyms import pseudonym
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

CANARY = "Kanariefågeln sjunger 19 121212-1212"

Kept = Callable[..., Any]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture) -> Callable[..., list[dict[str, Any]]]:
    """Does something to the end, and gives what was told of it."""

    def done(doing: Callable[..., object], *args: Any, **options: Any) -> list[dict[str, Any]]:
        caplog.clear()
        structlog.contextvars.clear_contextvars()
        with caplog.at_level("INFO"), django_capture_on_commit_callbacks(execute=True):
            doing(*args, **options)
        return told(caplog)

    return done


def told_of(events: list[dict[str, Any]], name: str) -> dict[str, Any]:
    (event,) = [event for event in events if event["event"] == name]
    return {key: value for key, value in event.items() if key not in ("event", "timestamp", "logger", "level", "request", "session")}


def test_the_life_of_a_certificate_is_told(committed: Kept, signed: Certificate, doctor: LoginContext) -> None:
    common = {"certificate": str(signed.id), "type": "lisjp", "version": signed.version, "unit": signed.unit_id, "user": doctor.user.hsa_id}
    assert told_of(committed(actions.read, signed.id, by=doctor), "INTYG_READ") == common
    assert told_of(committed(actions.record_print, signed.id, by=doctor), "INTYG_PRINT_PDF") == common | {"print": "FULL"}
    assert told_of(committed(actions.send, signed.id, by=doctor), "INTYG_SENT") == common | {"recipient": "FKASSA"}
    new = uuid4()
    renewed = told_of(committed(following.renew, signed.id, by=doctor, new_id=new), "INTYG_COPIED_RENEWAL")
    assert renewed == common | {"certificate": str(new), "original": str(signed.id), "version": renewed["version"]}
    revoked = committed(ending.revoke, signed.id, reason="ANNAT_ALLVARLIGT_FEL", text=CANARY, by=doctor)
    assert told_of(revoked, "INTYG_REVOKED") == common | {"reason": "ANNAT_ALLVARLIGT_FEL"}


def test_the_life_of_a_draft_is_told(committed: Kept, patient: Person, doctor: LoginContext) -> None:
    id = uuid4()
    assert told_of(committed(actions.create, "lisjp", patient=patient, by=doctor, id=id), "UTKAST_CREATED")["certificate"] == str(id)
    assert told_of(committed(actions.open_draft, id, by=doctor), "UTKAST_READ")
    draft = Certificate.objects.get(pk=id)
    fields = {"25.text": CANARY}
    edited = committed(actions.save, id, fields=fields, focus="", revision=draft.revision, sequence=1, by=doctor)
    assert told_of(edited, "UTKAST_EDITED")
    assert committed(actions.save, id, fields=fields, focus="", revision=draft.revision, sequence=2, by=doctor) == []
    assert told_of(committed(actions.record_print, id, by=doctor), "UTKAST_PRINT")
    assert told_of(committed(actions.delete, id, by=doctor), "UTKAST_DELETED")


def test_a_signature_is_told_with_its_method_and_relation(committed: Kept, draft: Certificate, doctor: LoginContext) -> None:
    Certificate.objects.filter(pk=draft.id).update(status=Status.SIGNED)
    draft.refresh_from_db()
    event = told_of(committed(record, Fact(Happened.SIGNED, draft, doctor)), "INTYG_SIGNED")
    assert (event["scheme"], event["relation"]) == (doctor.method, "NO RELATION")


def test_a_draft_that_is_locked_by_age_is_told_without_a_user(committed: Kept, draft: Certificate) -> None:
    assert "user" not in told_of(committed(ending.lock, draft), "UTKAST_LOCKED")


@pytest.mark.django_db(transaction=True)
def test_what_did_not_come_true_is_not_told(draft: Certificate, doctor: LoginContext, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with transaction.atomic():
        actions.delete(draft.id, by=doctor)
        transaction.set_rollback(True)
    assert told(caplog, "UTKAST_DELETED") == []


def test_rights_that_are_lacking_are_told(draft: Certificate, caplog: pytest.LogCaptureFixture) -> None:
    stranger = working("Eva Holm", Role.DOCTOR, unit("SE-ELSEWHERE", "Annan"))
    browser_of(stranger).get(f"/intyg/{draft.id}")
    (event,) = told(caplog, "AUTHORIZATION_DENIED")
    assert (event["certificate"], event["reason"], event["user"]) == (str(draft.id), "AUTHORIZATION_DIFFERENT_UNIT", stranger.user.hsa_id)
    assert event["level"] == "warning"
    assert event["session"]


def test_two_at_one_draft_are_told(draft: Certificate, doctor: LoginContext, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    browser = browser_of(doctor)
    sent = {"revision": draft.revision + 5, "sequence": 1, "focus": "", "fields": {}}
    assert browser.post(f"/intyg/{draft.id}/spara", sent, content_type="application/json").status_code == 409
    assert told(caplog, "UTKAST_CONCURRENTLY_EDITED")[0]["certificate"] == str(draft.id)


def test_a_look_up_is_told_by_a_pseudonym(outside: Simulators, doctor: LoginContext, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    browser = browser_of(doctor)
    for number in ("19121212-1212", "19800191-0002"):
        browser.post("/sok", {"number": number})
    persons = [pseudonym("person", number) for number in (TOLVAN, "198001910002")]
    assert [(event["person"], event["result"]) for event in told(caplog, "PU_LOOKUP")] == [(person, "FOUND") for person in persons]


def test_a_pseudonym_depends_on_purpose_and_key_and_cannot_be_taken_for_a_number(settings: Any) -> None:
    made = pseudonym("person", TOLVAN)
    assert made == pseudonym("person", TOLVAN) != pseudonym("session", TOLVAN)
    assert re.fullmatch("[a-p]{20}", made)
    settings.SECRET_KEY = "x" * 40
    assert pseudonym("person", TOLVAN) != made


def test_no_log_line_of_a_day_at_work_names_the_patient_or_repeats_what_was_written(
    draft: Certificate, patient: Person, doctor: LoginContext, caplog: pytest.LogCaptureFixture
) -> None:
    """The canaries: the patient's number, in all its forms, and name, and a text that the doctor writes."""
    caplog.set_level("DEBUG")
    browser = browser_of(doctor)
    browser.post("/sok", {"number": "19121212-1212"})
    browser.post("/sok", {"number": CANARY})
    browser.get(f"/patient/{patient.id}")
    browser.get(f"/patient/{TOLVAN}?q={TOLVAN}", headers={"X-Number": TOLVAN})
    browser.get(f"/intyg/{draft.id}")
    draft.refresh_from_db()
    sent = {"revision": draft.revision, "sequence": 1, "focus": "", "fields": {"25.text": CANARY}}
    assert browser.post(f"/intyg/{draft.id}/spara", sent, content_type="application/json").status_code == 200
    browser.post(f"/intyg/{draft.id}/spara", sent | {"revision": CANARY}, content_type="application/json")
    browser.get(f"/intyg/{draft.id}/skriv-ut")
    browser.post(f"/intyg/{draft.id}/radera", {"patient": str(patient.id), "revision": draft.revision})
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("webcert"))
    assert ours.count("'request'") > 5
    for canary in ("121212", "Kanarie", "sjunger", patient.given_name, patient.surname):
        assert canary not in ours
    assert UUID(str(draft.id))
