"""What every address writes in the access log, declared; one that is declared neither here nor as silent fails the build.

Source: reference/security-and-audit.md §1.2 and §1.4, reference/access-and-lifecycle.md §9.2.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from certificates.test_pages import codes, draft, remembered, signed  # noqa: F401
from clinic import TOLVAN, doctor, outside, patient, running_simulators, simulators  # noqa: F401
from security.test_url_map import ON_A_UNIT, browser_of
from webcert.audit import actions
from webcert.audit.models import LISTS, PURPOSE, AuditEntry
from webcert.certificates.models import Certificate, Status
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

ITS, NEW = "the certificate's own id", "that of the draft that is made"

LOGS: Mapping[str, Sequence[tuple[str, str, str]]] = {
    "utkast": [("Läsa", "", LISTS)],
    "patient/<uuid:id>": [("Läsa", "", LISTS)],
    "intyg/skapa": [("Skriva", "", NEW)],
    "intyg/<uuid:id>": [("Läsa", "", ITS)],
    "intyg/<uuid:id>/spara": [("Skriva", "", ITS)],
    "intyg/<uuid:id>/radera": [("Radera", "", ITS)],
    "intyg/<uuid:id>/skicka": [("Utskrift", "Intyg skickat till mottagare Försäkringskassan", ITS)],
    "intyg/<uuid:id>/fornya": [("Läsa", "", ITS), ("Skriva", "", NEW)],
    "intyg/<uuid:id>/ersatt": [("Läsa", "", ITS), ("Skriva", "", NEW)],
    "intyg/<uuid:id>/kopiera": [("Läsa", "", ITS), ("Skriva", "", NEW)],
    "intyg/<uuid:id>/makulera": [("Radera", "", ITS)],
    "intyg/<uuid:id>/skriv-ut": [("Utskrift", "Intyg utskrivet", ITS)],
    "intyg/<uuid:id>/skriv-ut/minimalt": [("Utskrift", "Intyg utskrivet", ITS)],
}
"""Route → activity, remark and level of what it writes."""

OF_DRAFTS = {"utkast", "intyg/<uuid:id>/spara", "intyg/<uuid:id>/radera"}

SILENT: Mapping[str, str] = {
    "antal": "numbers only",
    "sok": "what is found is shown, and logged, on the patient's page",
    "sok/kontroll": "a number is judged, nobody is looked up",
    "arenden": "shows nobody yet",
    "intyg/favorit": "about types",
    "intyg/raderat": "about nobody",
    "intyg/nyckel": "about nobody",
    "intyg/<uuid:id>/lage": "says who has the draft, nothing of what is in it",
    "intyg/<uuid:id>/vidarebefordra": "a mark, nothing of what is in the draft (§9.2)",
    "intyg/<uuid:id>/klart": "a mark, nothing of what is in the draft (§9.2)",
    **dict.fromkeys(
        [route for route in ON_A_UNIT if route.startswith("signering/") or route.endswith("signera")],
        "the draft that is open is signed; that it was signed is logged by the signature itself (test_life.py)",
    ),
}


def ask(browser: Client, route: str, it: Certificate, new: UUID) -> HttpResponse:
    """A good request to the address."""
    address = "/" + re.sub("<uuid:id>", str(it.person_id if route.startswith("patient") else it.id), route)
    if ON_A_UNIT[route] == "GET":
        return browser.get(address)
    if route.endswith("spara"):
        return browser.post(address, {"revision": 0, "sequence": 1, "focus": "", "fields": {}}, content_type="application/json")
    form = {"revision": it.revision, "reason": "FEL_PATIENT", "patient": it.person_id, "type": "lisjp", "id": new}
    return browser.post(address, form)


def test_every_address_is_declared() -> None:
    assert LOGS.keys() | SILENT.keys() == ON_A_UNIT.keys()
    assert not LOGS.keys() & SILENT.keys()


@pytest.mark.parametrize("route", LOGS)
def test_every_access_is_logged_and_without_its_entry_nothing_is_done_or_shown(
    signed: Certificate, doctor: LoginContext, route: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = Status.COMPLETE if route in OF_DRAFTS else Status.LOCKED if route.endswith("kopiera") else Status.SIGNED
    Certificate.objects.filter(pk=signed.id).update(status=status, revision=0, sequence=0, changed_since_opened=False)
    it, browser, new = Certificate.objects.get(pk=signed.id), browser_of(doctor), uuid4()
    stored: Any = list(Certificate.objects.values())
    known = set(AuditEntry.objects.values_list("pk", flat=True))

    def broken(*_: object, **__: object) -> None:
        raise OperationalError("the log cannot be written")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "_entry", broken)
        refused = ask(browser, route, it, new)
    assert refused.status_code == 503
    assert "Tolvan" not in refused.content.decode()
    assert list(Certificate.objects.values()) == stored

    assert ask(browser, route, it, new).status_code in (200, 302)
    entries = AuditEntry.objects.exclude(pk__in=known)
    levels = {ITS: str(it.id), NEW: str(new)}
    expected = sorted((activity, remark, levels.get(level, level)) for activity, remark, level in LOGS[route])
    assert sorted((entry.activity, entry.remark, entry.level) for entry in entries) == expected
    for entry in entries:
        assert (entry.patient_id, entry.user_id, entry.purpose) == (TOLVAN, doctor.user.hsa_id, PURPOSE)
        assert (entry.unit_id, entry.owner_unit_id) == (doctor.unit.id, it.unit_id)
