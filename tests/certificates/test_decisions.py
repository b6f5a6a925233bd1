"""Who may do what, typed in from the manuals' tables 2 and 3 and the reference §5–6: asked of the table of access for every combination,
and of the actions, the addresses and the buttons for every state, so that no button is shown that the server refuses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from certificates.test_life_pages import buttons, page_of
from certificates.test_pages import browser_of, codes, draft, remembered, signed  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from webcert.certificate_types import TYPES
from webcert.certificates import actions, ending, following
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.errors import Denied
from webcert.certificates.models import Certificate, Status
from webcert.certificates.relatives import Relatives, relatives_of
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

D, T, A = Role.DOCTOR, Role.DENTIST, Role.CARE_ADMINISTRATOR
WRITES = "CREATE READ EDIT DELETE FORWARD SEND PRINT COPY"
STATEMENT = {WRITES + " RENEW": {D, A}, "SIGN REPLACE REVOKE": {D}}
TRANSPORT = {WRITES: {D, A}, "SIGN REPLACE REVOKE": {D}}
ROLES: dict[str, dict[str, set[Role]]] = {
    "lisjp": {WRITES + " RENEW PRINT_MINIMAL": {D, T, A}, "SIGN REPLACE REVOKE": {D, T}},
    "luse": STATEMENT,
    "luae_na": STATEMENT,
    "luae_fs": STATEMENT,
    "ts-bas": TRANSPORT,
    "ts-diabetes": TRANSPORT,
    "fk7263": {"READ PRINT PRINT_MINIMAL": {D, T, A}, "REVOKE": {D, T}},
}

OPEN = "READ EDIT DELETE FORWARD SIGN PRINT"
STATES = {
    "incomplete": OPEN,
    "complete": OPEN,
    "overdue": "READ PRINT COPY REVOKE",
    "locked": "READ PRINT COPY REVOKE",
    "locked, being copied": "READ PRINT REVOKE",
    "locked, copy signed": "READ PRINT COPY REVOKE",
    "locked, revoked": "READ",
    "signed": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "sent": "READ PRINT PRINT_MINIMAL RENEW REPLACE REVOKE",
    "renewed": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "being replaced": "READ PRINT PRINT_MINIMAL SEND RENEW REVOKE",
    "replaced": "READ PRINT PRINT_MINIMAL REVOKE",
    "replacement revoked": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "complemented": "READ PRINT PRINT_MINIMAL SEND REVOKE",
    "complement revoked": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "revoked": "READ",
}
CHILDREN = {
    "locked, being copied": {"relation": "KOPIA", "status": Status.INCOMPLETE},
    "locked, copy signed": {"relation": "KOPIA", "status": Status.SIGNED},
    "renewed": {"relation": "FRLANG", "status": Status.SIGNED},
    "being replaced": {"relation": "ERSATT", "status": Status.COMPLETE},
    "replaced": {"relation": "ERSATT", "status": Status.SIGNED},
    "replacement revoked": {"relation": "ERSATT", "status": Status.SIGNED, "revoked": True},
    "complemented": {"relation": "KOMPLT", "status": Status.SIGNED},
    "complement revoked": {"relation": "KOMPLT", "status": Status.SIGNED, "revoked": True},
}
NOT_WHEN_DECEASED = {"CREATE", "RENEW", "REPLACE", "COPY"}

HERE, BELOW, ABOVE, ELSEWHERE = "SE-HERE", "SE-BELOW", "SE-ABOVE", "SE-ELSEWHERE"
UNITS = {HERE: True, BELOW: True, ABOVE: False, ELSEWHERE: False}
"""Where the certificate belongs, for somebody who is logged in at HERE → whether that is within reach."""


def set_state(certificate: Certificate, state: str) -> Certificate:
    now = datetime.now(UTC)
    certificate.status = {"incomplete": Status.INCOMPLETE, "complete": Status.COMPLETE, "overdue": Status.COMPLETE}.get(
        state, Status.LOCKED if state.startswith("locked") else Status.SIGNED
    )
    certificate.created_at = now - timedelta(days=20) if state == "overdue" else now
    certificate.revoked_at = now if state in ("revoked", "locked, revoked") else None
    certificate.sent_at = now if state == "sent" else None
    return certificate


def child_of(parent: Certificate, relation: str, status: Status, revoked: bool = False) -> Certificate:
    now = datetime.now(UTC)
    signed_at = now if status == Status.SIGNED else None
    return Certificate(
        type=parent.type, unit_id=parent.unit_id, parent_id=parent.id, relation=relation, status=status, created_at=now,
        signed_at=signed_at, saved_at=now, revoked_at=now if revoked else None, person_id=uuid4(), version=parent.version,
    )  # fmt: skip


def roles_of(type: str, action: Action) -> set[Role]:
    return next((roles for names, roles in ROLES[type].items() if action in names.split()), set())


def expected(type: str, role: Role, state: str, unit_id: str, protected: bool, deceased: bool, action: Action) -> bool:
    """What the tables say."""
    return (
        role in roles_of(type, action)
        and action in STATES[state].split()
        and UNITS[unit_id]
        and not (protected and (role == A or type in ("ts-bas", "ts-diabetes")))
        and not (deceased and action in NOT_WHEN_DECEASED)
    )


def test_the_table_of_access_says_what_the_manuals_say_in_every_combination() -> None:
    below, above, elsewhere = unit(BELOW, "Under", parent=HERE), unit(ABOVE, "Över"), unit(ELSEWHERE, "Annan")
    logins = {role: working("Någon", role, unit(HERE, "Här"), below, above, elsewhere) for role in (D, T, A)}
    combinations = 0
    for type, state, unit_id in product(ROLES, STATES, UNITS):
        certificate = set_state(Certificate(type=type, version=TYPES[type].text_versions[-1].version, unit_id=unit_id), state)
        children = (child_of(certificate, **CHILDREN[state]),) if state in CHILDREN else ()  # type: ignore[arg-type]
        plain = Subject(type, unit_id, certificate, relatives=Relatives(None, children))
        for role, protected, deceased, action in product(logins, (False, True), (False, True), Action):
            if action is Action.CREATE:
                continue
            subject = replace(plain, protected=protected, deceased=deceased)
            allowed = refusal(action, subject, logins[role]) is None
            assert allowed == expected(type, role, state, unit_id, protected, deceased, action), (type, role, state, unit_id, action)
            combinations += 1
    assert combinations > 50_000


def test_who_may_create_which_type() -> None:
    for type, role, protected, deceased in product(ROLES, (D, T, A), (False, True), (False, True)):
        subject = Subject(type, HERE, None, protected, deceased)
        may = role in roles_of(type, Action.CREATE) and not deceased and not (protected and (role == A or type.startswith("ts-")))
        assert (refusal(Action.CREATE, subject, working("Någon", role, unit(HERE))) is None) == may, (type, role, protected, deceased)


BUTTONS = {
    Action.SEND: "Skicka till Försäkringskassan",
    Action.RENEW: "Förnya",
    Action.REPLACE: "Ersätt",
    Action.COPY: "Kopiera",
    Action.REVOKE: "Makulera",
}
GOES_ON = {"being replaced": Action.REPLACE, "locked, being copied": Action.COPY}
"""States in which a button leads to what has been begun, without asking the server for anything new."""

DONE_BY: dict[Action, tuple[str, Callable[[UUID, LoginContext], Any]]] = {
    Action.SEND: ("skicka", lambda id, by: actions.send(id, by=by)),
    Action.RENEW: ("fornya", lambda id, by: following.renew(id, by=by)),
    Action.REPLACE: ("ersatt", lambda id, by: following.replace(id, by=by)),
    Action.COPY: ("kopiera", lambda id, by: following.copy(id, by=by)),
    Action.REVOKE: ("makulera", lambda id, by: ending.revoke(id, reason="FEL_PATIENT", text="", by=by)),
}


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", [state for state in STATES if STATES[state] != OPEN])
@pytest.mark.parametrize("role", [D, A])
def test_actions_addresses_and_buttons_agree(signed: Certificate, role: Role, state: str) -> None:
    by = working("Eva Holm", role)
    set_state(signed, state).save()
    if state in CHILDREN:
        child_of(signed, **CHILDREN[state]).save()  # type: ignore[arg-type]
    may = {action for action in BUTTONS if role in roles_of("lisjp", action) and action in STATES[state].split()}
    goes_on = {GOES_ON[state]} if state in GOES_ON and role in roles_of("lisjp", GOES_ON[state]) else set()
    browser = browser_of(by)
    shown = {action for action, label in BUTTONS.items() if label in buttons(page_of(browser, signed.id))}
    assert shown == may | goes_on
    assert {action for action in BUTTONS if _is_done(signed, action, by)} == may
    assert {action for action in BUTTONS if _is_taken(signed, action, browser)} == may
    assert refusal(Action.READ, Subject.of(signed, relatives_of(signed)), by) is None


def _is_done(certificate: Certificate, action: Action, by: LoginContext) -> bool:
    with undone():
        try:
            DONE_BY[action][1](certificate.id, by)
        except Denied:
            return False
    return True


def _is_taken(certificate: Certificate, action: Action, browser: Client) -> bool:
    """Whether the address does it. A second sending is answered with the page as it is, so what has been written is asked too."""
    with undone():
        before = certificate.sent_at
        response = browser.post(f"/intyg/{certificate.id}/{DONE_BY[action][0]}", {"id": str(uuid4()), "reason": "FEL_PATIENT"})
        assert response.status_code in (302, 403, 409), response.content
        sent = Certificate.objects.values_list("sent_at", flat=True).get(pk=certificate.id) != before
        return response.status_code == 302 and (action is not Action.SEND or sent)


def test_every_page_of_another_unit_is_refused(signed: Certificate, draft: Certificate) -> None:
    stranger = browser_of(working("Eva Holm", D, unit(ELSEWHERE, "Annan")))
    for address in (f"/intyg/{signed.id}", f"/intyg/{draft.id}", f"/intyg/{signed.id}/skriv-ut"):
        assert stranger.get(address).status_code == 403
