"""Writing the access log. Called in the transaction of what is logged, so that neither exists without the other.

Source: reference/access-and-lifecycle.md §9.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
    _write(_entry(clock.now(), by, owner, activity=activity.value, certificate_id=certificate_id, remark=remark), [patient_id])


def log_operator(activity: Activity, *, operator: str, patient_id: str, certificate_id: UUID, owner: Owner, remark: str) -> None:
    """Add one entry for what an operator has done at the command line, on behalf of the unit that owns the certificate."""
    entry = AuditEntry(
        at=clock.now(),
        activity=activity.value,
        remark=remark,
        certificate_id=certificate_id,
        user_id=operator,
        unit_id=owner.unit_id,
        unit_name=owner.unit_name,
        care_provider_id=owner.care_provider_id,
        care_provider_name=owner.care_provider_name,
        **_owned_by(owner),
    )
    _write(entry, [patient_id])


def log_list_access(patient_ids: Iterable[str], *, by: LoginContext) -> None:
    """Add one entry for each of the patients that a list showed, whatever number of rows each has. One statement, none for nobody.

    Showing rows that are linked to a patient is access to the patient's data (§9.2, as adopted in 2026).
    """
    patients, unit = sorted(set(patient_ids)), by.unit
    if patients:
        here = Owner(unit.id, unit.name, unit.care_provider_id, unit.care_provider_name)
        _write(_entry(clock.now(), by, here, activity=Activity.READ.value), patients)


_SAME = tuple(field.attname for field in AuditEntry._meta.concrete_fields if field.attname not in ("id", "patient_id"))
_WRITE = (
    f"INSERT INTO {AuditEntry._meta.db_table} (id, patient_id, {', '.join(_SAME)})"
    f" SELECT gen_random_uuid(), patient, {', '.join(['%s'] * len(_SAME))} FROM unnest(%s::text[]) AS patient"
)


def _write(entry: AuditEntry, patients: list[str]) -> None:
    """The entry, once for each of the patients. Written by hand: nearly every page does it, and the ORM puts it together anew each time."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*(getattr(entry, column) for column in _SAME), patients])


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
        **_owned_by(owner),
        **what,
    )


def _owned_by(owner: Owner) -> dict[str, str]:
    return {f"owner_{name}": value for name, value in asdict(owner).items()}
