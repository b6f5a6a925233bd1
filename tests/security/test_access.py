"""T1, T2, T3, T13: no certificate is reached by changing an id, no right is had by asking past the page."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client

from certificates.test_pages import codes, draft, filled, remembered, signed  # noqa: F401
from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from logged_in import browser_of
from security.test_url_map import ON_A_UNIT
from simulated import Simulators
from told import told
from webcert.audit.models import AuditEntry
from webcert.certificates import actions
from webcert.certificates.models import Certificate, Event, Status
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

OF_CERTIFICATES = {route: methods for route, methods in ON_A_UNIT.items() if route.startswith("intyg/<uuid:id>")}

SAVE = {"revision": 0, "sequence": 1, "focus": "", "fields": {}}
FORM = {"revision": "0", "forwarded": "true", "reason": "FEL_PATIENT", "patient": str(UUID(int=1)), "id": str(UUID(int=2))}


def asked(browser: Client, route: str, id: UUID) -> tuple[int, str]:
    """Status and text of a good request to the certificate's address, without the number of the request."""
    address = "/" + route.replace("<uuid:id>", str(id))
    if OF_CERTIFICATES[route] == "GET":
        answer = browser.get(address, {"revision": "0"})
    elif route.endswith("spara"):
        answer = browser.post(address, SAVE, content_type="application/json")
    else:
        answer = browser.post(address, FORM | {"id": str(uuid4())})
    return answer.status_code, re.sub(r"[a-p]{12}|value=\"\w{64}\"|content=\"\w{64}\"", "", answer.content.decode(errors="replace"))


STRANGERS = {
    "same provider": working("Eva Holm", Role.DOCTOR, unit("SE2321000990-1009", "Annan enhet")),
    "other provider": working("Eva Holm", Role.DOCTOR, unit("SE5569000002-1010", "Sjöviks läkarmottagning")),
    "a unit below": working("Eva Holm", Role.DOCTOR, unit("SE2321000990-1099", "Under", parent="SE2321000990-1001")),
}


@pytest.mark.parametrize("route", OF_CERTIFICATES)
@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("which", ["draft", "signed"])
def test_T01_a_certificate_of_another_unit_is_refused_at_every_address(
    draft: Certificate, doctor: LoginContext, who: str, which: str, route: str, caplog: pytest.LogCaptureFixture
) -> None:
    if which == "signed":
        Certificate.objects.filter(pk=draft.id).update(status=Status.SIGNED)

    def stored() -> tuple[object, ...]:
        return Certificate.objects.filter(pk=draft.id).values().get(), Event.objects.count(), AuditEntry.objects.count()

    before = stored()
    status, text = asked(browser_of(STRANGERS[who]), route, draft.id)
    assert status == 403
    assert TOLVAN not in text
    assert "Tolvan" not in text
    assert stored() == before
    assert [event["certificate"] for event in told(caplog, "AUTHORIZATION_DENIED")] == [str(draft.id)]


@pytest.mark.parametrize("route", OF_CERTIFICATES)
def test_T01_a_protected_patient_is_closed_to_administrators_at_every_address(
    outside: Simulators, doctor: LoginContext, administrator: LoginContext, route: str
) -> None:
    draft = actions.create("lisjp", patient=person("198001910002"), by=doctor)
    status, text = asked(browser_of(administrator), route, draft.id)
    assert status == 403
    assert "Svedin" not in text


@pytest.mark.parametrize("route", OF_CERTIFICATES)
def test_T13_ids_that_do_not_exist_are_answered_alike(doctor: LoginContext, outside: Simulators, route: str) -> None:
    browser = browser_of(doctor)
    assert asked(browser, route, uuid4()) == asked(browser, route, uuid4()) == (404, asked(browser, route, uuid4())[1])


def test_T13_ids_cannot_be_guessed(patient: Person, doctor: LoginContext) -> None:
    assert {actions.create("lisjp", patient=patient, by=doctor).id.version for _ in range(3)} == {4}


def test_T02_an_administrator_signs_nothing_by_asking_past_the_page(
    draft: Certificate, doctor: LoginContext, administrator: LoginContext
) -> None:
    it = filled(draft, doctor)
    browser = browser_of(administrator)
    assert browser.post(f"/intyg/{it.id}/signera", {"revision": str(it.revision)}).status_code == 403
    assert Certificate.objects.get(pk=it.id).status == Status.COMPLETE


def test_T03_a_version_that_was_not_seen_is_not_signed(draft: Certificate, doctor: LoginContext) -> None:
    seen = filled(draft, doctor).revision
    actions.open_draft(draft.id, by=working("Eva Holm", Role.DOCTOR))
    assert browser_of(doctor).post(f"/intyg/{draft.id}/signera", {"revision": str(seen)}).status_code == 409
    assert Certificate.objects.get(pk=draft.id).status == Status.COMPLETE
