"""A patient who has died: what can still be done for her, and that the population register is asked each time (manual S 8)."""

from uuid import uuid4

import pytest

import pen
from certificates.test_life import codes, draft, filled, signed  # noqa: F401
from certificates.test_life_pages import buttons, page_of
from certificates.test_ready import finishing
from clinic import TOLVAN, doctor, outside, patient, person, running_simulators, simulators  # noqa: F401
from logged_in import browser_of
from simulated import Simulators
from webcert.certificates import actions, ending, following
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.errors import Denied
from webcert.certificates.guards import DECEASED
from webcert.certificates.models import Certificate
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

DEAD = "Patienten är avliden"


def tell(outside: Simulators, *, deceased: bool) -> None:
    outside.post("/pu/person", number=TOLVAN, deceased=str(deceased).lower())


def test_A_170_the_register_is_asked_each_time_that_somebody_searches_or_opens(
    signed: Certificate, patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    browser, draft = browser_of(doctor), actions.create("lisjp", patient=patient, by=doctor)
    for deceased in (False, True, False):
        tell(outside, deceased=deceased)
        found = browser.post("/sok", {"number": TOLVAN})
        for address in (found["Location"], f"/intyg/{draft.id}", f"/intyg/{signed.id}"):
            assert (DEAD in browser.get(address).content.decode()) is deceased, address


def test_A_171_nothing_new_is_offered_and_all_of_it_is_refused(
    signed: Certificate, patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    tell(outside, deceased=True)
    browser = browser_of(doctor)
    listed = browser.get(f"/patient/{patient.id}").content.decode()
    assert "/intyg/skapa" not in listed
    assert "/fornya" not in listed
    assert not {"Förnya", "Ersätt"} & set(buttons(page_of(browser, signed.id)))
    for attempt in (
        lambda: actions.create("lisjp", patient=patient, by=doctor),
        lambda: following.renew(signed.id, by=doctor),
        lambda: following.replace(signed.id, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == DECEASED.code
    assert browser.post("/intyg/skapa", {"type": "lisjp", "patient": patient.id, "id": uuid4()}).status_code == 403
    assert Certificate.objects.count() == 1


def test_A_172_what_has_begun_is_ended(signed: Certificate, outside: Simulators, doctor: LoginContext) -> None:
    """Sent and revoked. For asking and answering there are no pages yet; the table of access allows them."""
    tell(outside, deceased=True)
    assert {"Skicka till Försäkringskassan", "Makulera"} <= set(buttons(page_of(browser_of(doctor), signed.id)))
    sent = actions.send(signed.id, by=doctor)
    for action in (Action.ASK, Action.ANSWER):
        assert refusal(action, Subject.of(sent, patient=person(TOLVAN)), doctor) is None
    assert ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=doctor).revoked_at


def test_A_173_a_draft_from_before_the_death_is_signed(draft: Certificate, outside: Simulators, doctor: LoginContext) -> None:
    filled(draft, doctor)
    tell(outside, deceased=True)
    page = page_of(browser_of(doctor), draft.id)
    assert DEAD in page.text_content()
    assert "Signera intyget" in finishing(page)
    opened = actions.open_draft(draft.id, by=doctor).certificate
    assert pen.sign(draft.id, revision=opened.revision, by=doctor).is_signed
