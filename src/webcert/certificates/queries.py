"""Reading certificates for pages. Each list has its own index, and the number of SQL statements does not grow with the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from webcert.certificate_types import TYPES
from webcert.certificates.access import SIGNERS
from webcert.certificates.models import Certificate, Event, Status
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary.personal_id import PersonalId

LISTED = ("id", "type", "status", "summary", "saved_at", "saved_by_name", "sent_at", "revoked_at", "protected", "forwarded", "patient_id")
"""The columns of a list: never the answers or the signed bytes."""

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate in a list."""

    id: UUID
    type_name: str
    code: str
    status: str
    summary: str
    saved_at: datetime
    saved_by: str
    patient_number: str
    protected: bool
    forwarded: bool


def certificates_of_patient(person: Person, *, by: LoginContext) -> Sequence[Row]:
    """The patient's certificates and drafts on the unit where the user is and its sub-units, latest first (manual S 4.2.1)."""
    found = Certificate.objects.filter(patient_id=person.personal_id, unit_id__in=by.scope).order_by("-saved_at")
    return _rows(found)


def drafts_of_unit(*, by: LoginContext) -> Sequence[Row]:
    """The unsigned drafts of exactly the unit where the user is, latest first (reference/ui.md §4.4).

    Those of protected patients are left out for who may not handle them.
    """
    found = Certificate.objects.filter(unit_id=by.unit.id, revoked_at=None).exclude(status=Status.SIGNED).order_by("-saved_at")
    return _rows(found if by.user.role in SIGNERS else found.filter(protected=False))


def history_of(certificate: Certificate) -> Sequence[Event]:
    """What has happened to the certificate, newest first."""
    return list(Event.objects.filter(certificate_id=certificate.id).order_by("-at", "-id"))


def status_text(certificate: Certificate) -> str:
    """The status in the words of the lists (reference/ui.md §4.3)."""
    if certificate.revoked_at:
        return "Makulerat"
    if certificate.sent_at:
        return "Skickat"
    return STATUS_TEXTS[certificate.status]


STATUS_TEXTS: dict[str, str] = {
    Status.SIGNED: "Signerat",
    Status.LOCKED: "Utkast, låst",
    Status.COMPLETE: "Utkast, kan signeras",
    Status.INCOMPLETE: "Utkast, uppgifter saknas",
}


def _rows(found: QuerySet[Certificate]) -> list[Row]:
    return [
        Row(
            id=certificate.id,
            type_name=TYPES[certificate.type].name,
            code=TYPES[certificate.type].code,
            status=status_text(certificate),
            summary=certificate.summary,
            saved_at=certificate.saved_at,
            saved_by=certificate.saved_by_name,
            patient_number=PersonalId(certificate.patient_id).with_dash(),
            protected=certificate.protected,
            forwarded=certificate.forwarded,
        )
        for certificate in found.only(*LISTED)[:MOST_ROWS]
    ]
