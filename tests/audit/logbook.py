"""A log to work with: entries about patients, hands that change what must not be changed, and the log service's stand-in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from clinic import doctor, running_simulators, simulators  # noqa: F401
from simulated import Simulators
from webcert.audit import delivery
from webcert.audit.actions import Owner, log_access
from webcert.audit.models import Activity, AuditEntry
from webcert.staff.login_context import LoginContext

TOLVAN, LILLTOLVAN, COORDINATED = "191212121212", "201212121212", "197010632391"
ELSEWHERE = Owner("SE2321000990-1020", "Medicinkliniken", "SE2321000990-0001", "Region Exempel")


def write(doctor: LoginContext, patient_id: str = TOLVAN, **told: Any) -> AuditEntry:
    """An entry as the wiring writes it."""
    about: dict[str, Any] = {"activity": Activity.READ, "certificate_id": uuid4(), "owner": ELSEWHERE, **told}
    log_access(about.pop("activity"), by=doctor, patient_id=patient_id, **about)
    return AuditEntry.objects.get(certificate_id=about["certificate_id"])


def write_many(count: int) -> list[AuditEntry]:
    """So many entries, a second apart, written in one statement."""
    start = datetime(2026, 3, 1, 8, tzinfo=UTC)
    blank = dict.fromkeys(("activity", "user_id", "unit_id", "unit_name", "care_provider_id", "care_provider_name"), "x")
    owner = {"owner_unit_id": "x", "owner_care_provider_id": "x"}
    return AuditEntry.objects.bulk_create(
        AuditEntry(at=start + timedelta(seconds=number), patient_id=TOLVAN, **blank, **owner) for number in range(count)
    )


def by_force(statement: str, *values: Any) -> None:
    """What somebody does who has the right to lay the guards of the database aside."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_auditentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        for table in ("audit_auditentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def log_service(simulators: Simulators, settings: Any, db: None) -> Iterator[Simulators]:
    """The product delivers to the stand-in, which remembers what earlier tests sent; no circuit is open."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"log_url": f"{simulators.url}/log", "outside_timeout_seconds": 2.0})
    delivery._client.cache_clear()
    yield simulators
    delivery._client.cache_clear()
