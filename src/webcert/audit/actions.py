"""Writing the access log. Called in the transaction of what is logged, so that neither exists without the other.

Source: reference/access-and-lifecycle.md §9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from webcert.audit.models import Activity, AuditEntry
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock

_LONGEST = 256
"""Characters of a title or a name in the log contract."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The unit that issued a certificate, with its care provider."""

    unit_id: str
    unit_name: str
    care_provider_id: str
    care_provider_name: str


def log_access(activity: Activity, *, by: LoginContext, patient_id: str, certificate_id: UUID, owner: Owner, remark: str = "") -> None:
    """Add one entry: what was done with the certificate of whom. One statement."""
    entry = _entry(clock.now(), by, owner, activity=activity, patient_id=patient_id, certificate_id=certificate_id, remark=remark)
    entry.save(force_insert=True)


def log_list_access(patient_ids: Iterable[str], *, by: LoginContext) -> None:
    """Add one entry for each of the patients that a list showed, whatever number of rows each has. One statement, none for nobody.

    Showing rows that are linked to a patient is access to the patient's data (§9.2, as adopted in 2026).
    """
    patients, unit = sorted(set(patient_ids)), by.unit
    if not patients:
        return
    here = Owner(unit.id, unit.name, unit.care_provider_id, unit.care_provider_name)
    same = _entry(clock.now(), by, here, activity=Activity.READ.value)
    columns = [field.attname for field in AuditEntry._meta.concrete_fields if field.attname not in ("id", "patient_id")]
    with connection.cursor() as cursor:  # bulk_create would make a transaction of it, which costs as much again
        cursor.execute(
            f"INSERT INTO {AuditEntry._meta.db_table} (id, patient_id, {', '.join(columns)})"
            f" SELECT gen_random_uuid(), patient, {', '.join(['%s'] * len(columns))} FROM unnest(%s::text[]) AS patient",
            [*(getattr(same, column) for column in columns), patients],
        )


def _entry(at: datetime, by: LoginContext, owner: Owner, **what: Any) -> AuditEntry:
    return AuditEntry(
        at=at,
        user_id=by.user.hsa_id,
        user_title=", ".join(position.name for position in by.user.positions)[:_LONGEST],
        assignment=by.unit.assignment[:_LONGEST],
        unit_id=by.unit.id,
        unit_name=by.unit.name,
        care_provider_id=by.unit.care_provider_id,
        care_provider_name=by.unit.care_provider_name,
        owner_unit_id=owner.unit_id,
        owner_unit_name=owner.unit_name,
        owner_care_provider_id=owner.care_provider_id,
        owner_care_provider_name=owner.care_provider_name,
        **what,
    )
