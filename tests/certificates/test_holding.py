"""Who has a draft, asked every few seconds by the page that shows it: the one who has lost it is told at once, by name (A-058)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pen
from certificates.test_pages import AS_SCRIPT, autosave, browser, codes, draft, filled, remembered  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from logged_in import browser_of
from webcert.audit.models import AuditEntry
from webcert.certificates import actions
from webcert.certificates.errors import StaleRevision
from webcert.certificates.models import Certificate, Event
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> LoginContext:
    return working("Lena Karlsson", Role.DOCTOR)


@pytest.fixture
def shown(draft: Certificate, doctor: LoginContext) -> int:
    """The revision on the page where the doctor has the draft open."""
    return actions.open_draft(draft.id, by=doctor).certificate.revision


def told(browser: Client, draft: Certificate, revision: int) -> tuple[int, str]:
    """What the page is answered when it asks; a save must be answered the same."""
    asked = browser.get(f"/intyg/{draft.id}/lage", {"revision": revision}, headers=AS_SCRIPT)
    saved = autosave(browser, draft.id, {}, revision)
    text = asked.json().get("error", "")
    assert (saved.status_code, saved.json().get("error", "")) == (asked.status_code, text)
    return asked.status_code, text


def test_who_has_the_draft_is_told_nothing_and_nothing_is_noted(browser: Client, draft: Certificate, shown: int) -> None:
    before = Event.objects.count(), AuditEntry.objects.count()
    browser.get(
        f"/intyg/{draft.id}/lage", {"revision": shown}, headers=AS_SCRIPT
    )  # the session's time of activity is written once a minute
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"/intyg/{draft.id}/lage", {"revision": shown}, headers=AS_SCRIPT | {"X-Webcert-Background": "1"})
    assert (answer.status_code, answer.json()) == (200, {})
    assert len(asked) <= 2  # the session, the draft
    assert (Event.objects.count(), AuditEntry.objects.count()) == before


def test_A_058_who_has_lost_it_is_told_by_whom_in_the_moment(
    browser: Client, draft: Certificate, shown: int, colleague: LoginContext, doctor: LoginContext
) -> None:
    actions.open_draft(draft.id, by=colleague)
    assert told(browser, draft, shown) == (
        409, "Lena Karlsson har öppnat utkastet och har nu företräde. Läs in sidan igen för att se det senaste."
    )  # fmt: skip
    with pytest.raises(StaleRevision):
        actions.delete(draft.id, by=doctor, revision=shown)
    assert Certificate.objects.filter(pk=draft.id).exists()


def test_two_tabs_of_one_user(browser: Client, draft: Certificate, shown: int, doctor: LoginContext) -> None:
    actions.open_draft(draft.id, by=doctor)
    status, text = told(browser, draft, shown)
    assert status == 409
    assert text.startswith("Du har öppnat utkastet på nytt i en annan flik eller dator.")


def test_a_draft_that_somebody_else_has_deleted(browser: Client, draft: Certificate, shown: int, colleague: LoginContext) -> None:
    actions.delete(draft.id, by=colleague)
    assert told(browser, draft, shown) == (404, "Lena Karlsson har raderat utkastet.")


def test_a_draft_that_somebody_else_has_signed(browser: Client, draft: Certificate, shown: int, colleague: LoginContext) -> None:
    hers = actions.open_draft(draft.id, by=colleague).certificate
    filled(hers, colleague)
    pen.sign(draft.id, revision=hers.revision, by=colleague)
    assert told(browser, draft, shown) == (409, "Lena Karlsson har signerat intyget.")


def test_a_draft_that_has_been_locked_by_age(browser: Client, draft: Certificate, shown: int) -> None:
    Certificate.objects.filter(pk=draft.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    assert told(browser, draft, shown) == (409, "Utkastet är låst.")


def test_who_has_moved_on_to_another_unit(draft: Certificate, shown: int, doctor: LoginContext) -> None:
    here, there = doctor.unit, unit("SE2321000990-1002", "Medicinkliniken")
    moved = working(doctor.user.name, Role.DOCTOR, here, there).at(there.id)
    assert told(browser_of(moved), draft, shown) == (403, "Intyget hör till en annan vårdenhet. Det kommer du bara åt inloggad på den.")


def test_a_question_that_is_none(browser: Client, draft: Certificate) -> None:
    for revision in ("", "x"):
        assert browser.get(f"/intyg/{draft.id}/lage", {"revision": revision}).status_code == 400
