"""Every forbidden action, sent straight to the server by somebody who goes past the pages (A-190): refused with the reason that the
table of access gives, which is what the pages say, and without a trace."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from certificates.test_life import codes, draft, filled, signed  # noqa: F401
from certificates.test_pages import AS_SCRIPT
from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from logged_in import browser_of
from pen import sign
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificates import actions, ending, following
from webcert.certificates import guards as g
from webcert.certificates.guards import Guard
from webcert.certificates.models import Certificate, Event
from webcert.certificates.patient import PU_UNAVAILABLE
from webcert.staff.login_context import Integration, LoginContext, Origin
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

ELSEWHERE = unit("SE2321000990-1009", "Annan enhet")
WHO = {
    "doctor": working("Maja Lindqvist", Role.DOCTOR),
    "dentist": working("Sofia Berglund", Role.DENTIST),
    "administrator": working("Karin Ek", Role.CARE_ADMINISTRATOR),
    "practitioner": working("Göran Lundmark", Role.PRIVATE_PRACTITIONER),
    "stranger": working("Johan Wallin", Role.DOCTOR, ELSEWHERE),
    "integrated": replace(working("Maja Lindqvist", Role.DOCTOR), origin=Origin.DEEP_INTEGRATION),
    "neighbour": replace(working("Johan Wallin", Role.DOCTOR, ELSEWHERE), origin=Origin.DEEP_INTEGRATION),
    "inactive": replace(
        working("Maja Lindqvist", Role.DOCTOR), origin=Origin.DEEP_INTEGRATION, integration=Integration(inactive_unit=True)
    ),
}


@dataclass(frozen=True)
class World:
    """The certificate that it is tried on, and what can be made of it. Each method gives the certificate that is meant."""

    draft: Certificate
    outside: Simulators
    by: LoginContext

    def _update(self, **facts: Any) -> Certificate:
        Certificate.objects.filter(pk=self.draft.id).update(**facts)
        return Certificate.objects.get(pk=self.draft.id)

    def as_draft(self) -> Certificate:
        return self.draft

    def locked(self) -> Certificate:
        return self._update(created_at=datetime.now(UTC) - timedelta(days=20))

    def signed(self) -> Certificate:
        filled(self.draft, self.by)
        return sign(self.draft.id, revision=self.draft.revision, by=self.by)

    def transport(self) -> Certificate:
        self.signed()
        return self._update(type="ts-bas", version="7.0")

    def sent(self) -> Certificate:
        return actions.send(self.signed().id, by=self.by)

    def revoked(self) -> Certificate:
        return ending.revoke(self.signed().id, reason="FEL_PATIENT", text="", by=self.by)

    def replaced(self) -> Certificate:
        newer = following.replace(self.signed().id, by=self.by)
        sign(newer.id, revision=newer.revision, by=self.by)
        return self._update()

    def being_replaced(self) -> Certificate:
        following.replace(self.signed().id, by=self.by)
        return self._update()

    def of_a_protected_patient(self) -> Certificate:
        self.outside.post("/pu/person", number=TOLVAN, protection="sekretessmarkering")
        return self.draft

    def signed_of_a_dead_patient(self) -> Certificate:
        signed = self.signed()
        self.outside.post("/pu/person", number=TOLVAN, deceased="true")
        return signed

    def signed_while_the_register_is_down(self) -> Certificate:
        signed = self.signed()
        self.outside.set_mode("pu", "down")
        return signed


PU = Guard("PU_PROBLEM", PU_UNAVAILABLE, lambda subject, by, action: True, 503)
TO_A_DRAFT, TO_A_CERTIFICATE = "spara radera vidarebefordra", "skicka fornya ersatt makulera skriv-ut"

FORBIDDEN: list[tuple[str, Callable[[World], Certificate], str, Guard]] = [
    ("administrator", World.as_draft, "signera", g.ROLE),
    ("administrator", World.signed, "ersatt makulera", g.ROLE),
    ("administrator", World.locked, "makulera", g.ROLE),
    ("administrator", World.as_draft, "klart", g.ROLE),
    ("dentist", World.transport, f"öppna {TO_A_CERTIFICATE}", g.ROLE),
    ("practitioner", World.as_draft, "vidarebefordra", g.ROLE),
    ("integrated", World.as_draft, "vidarebefordra klart", g.ROLE),
    ("stranger", World.as_draft, f"öppna signera {TO_A_DRAFT}", g.UNIT_TO_WRITE),
    ("stranger", World.signed, f"öppna {TO_A_CERTIFICATE}", g.UNIT_TO_READ),
    ("neighbour", World.signed, "skicka ersatt makulera", g.UNIT_TO_WRITE),
    ("inactive", World.signed, "skapa fornya ersatt", g.INACTIVE),
    ("doctor", World.signed, "radera vidarebefordra", g.ALREADY_SIGNED),  # A-049; what a save is told stands in test_holding.py
    ("doctor", World.signed, "kopiera", g.NOT_LOCKED),
    ("doctor", World.as_draft, "skicka fornya ersatt", g.NOT_SIGNED),
    ("doctor", World.as_draft, "kopiera", g.NOT_LOCKED),
    ("doctor", World.as_draft, "makulera", g.OPEN_DRAFT),
    ("doctor", World.locked, f"signera {TO_A_DRAFT}", g.LOCKED),
    ("doctor", World.locked, "skicka fornya ersatt", g.NOT_SIGNED),
    ("doctor", World.transport, "fornya", g.ROLE),
    ("doctor", World.revoked, f"{TO_A_CERTIFICATE} skriv-ut/minimalt", g.REVOKED),
    ("doctor", World.replaced, "skicka fornya ersatt", g.REPLACED),
    ("doctor", World.being_replaced, "ersatt", g.BEING_REPLACED),
    ("administrator", World.of_a_protected_patient, f"öppna skapa {TO_A_DRAFT.removeprefix('spara ')}", g.PROTECTED),
    ("neighbour", World.of_a_protected_patient, "öppna", g.PROTECTED_ELSEWHERE),
    ("doctor", World.signed_of_a_dead_patient, "skapa fornya ersatt", g.DECEASED),
    ("doctor", World.signed_while_the_register_is_down, f"öppna skapa {TO_A_CERTIFICATE}", PU),
]
"""Who, on what, which addresses, and the reason."""


@pytest.mark.parametrize(("who", "made", "ways", "guard"), FORBIDDEN, ids=[f"{who} {made.__name__}" for who, made, *_ in FORBIDDEN])
def test_A_190_what_is_forbidden_is_refused_with_the_reason_and_leaves_no_trace(
    draft: Certificate,
    doctor: LoginContext,
    outside: Simulators,
    who: str,
    made: Callable[[World], Certificate],
    ways: str,
    guard: Guard,
) -> None:
    certificate = made(World(draft, outside, doctor))
    browser, before = browser_of(WHO[who]), traces()
    for way in ways.split():
        answer = tried(browser, certificate, way)
        assert (answer.status_code, answer.json()) == (guard.status, {"error": guard.text}), way
    assert traces() == before


def traces() -> tuple[Any, ...]:
    """All that an action would leave: certificates, what has happened to them, and who has had access."""
    return list(Certificate.objects.order_by("id").values("id", "revision", "status")), Event.objects.count(), AuditEntry.objects.count()


def tried(browser: Client, certificate: Certificate, way: str) -> Any:
    """The answer to one of a certificate's addresses, asked as a page's script would."""
    address, new = f"/intyg/{certificate.id}/{way}", {"id": str(uuid4())}
    if way == "öppna":
        return browser.get(f"/intyg/{certificate.id}", headers=AS_SCRIPT)
    if way.startswith("skriv-ut"):
        return browser.get(address, headers=AS_SCRIPT)
    if way == "skapa":
        return browser.post("/intyg/skapa", {"type": "lisjp", "patient": certificate.person_id, **new}, headers=AS_SCRIPT)
    if way == "spara":
        sent = {"revision": certificate.revision, "sequence": 1, "focus": "", "fields": {}}
        return browser.post(address, sent, content_type="application/json", headers=AS_SCRIPT)
    fields = {"reason": "FEL_PATIENT", "forwarded": "true", "patient": certificate.person_id, "revision": certificate.revision}
    return browser.post(address, fields | new, headers=AS_SCRIPT)
