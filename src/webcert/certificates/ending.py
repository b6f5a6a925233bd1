"""How certificates end: revoked by a doctor, or locked as drafts by age. Part of the actions; see `actions.py` for their common rules.

Source: reference/access-and-lifecycle.md §2.5 and §4, manual S 5.1 and 5.10.
"""

from uuid import UUID

from django.db import transaction

from webcert.certificate_types import TYPES
from webcert.certificates.access import Action, Subject, require
from webcert.certificates.actions import locked
from webcert.certificates.errors import BadRevocation
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.models import OPEN_DRAFT, Certificate, Event, RevocationReason, Status, lock_horizon
from webcert.certificates.patient import patient_of
from webcert.certificates.relatives import relatives_of
from webcert.forms.form import written
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock

LONGEST_TEXT = 3500
BATCH = 200


def revoke(id: UUID, *, reason: str, text: str, by: LoginContext) -> Certificate:
    """Make a signed certificate or a locked draft void, for good. The recipient is told if it had been sent.

    Raises BadRevocation when no reason is given, or when "Annat allvarligt fel." comes without a text.
    """
    text = written(text).strip()
    if reason not in RevocationReason.values or (reason == RevocationReason.OTHER_SERIOUS and not text) or len(text) > LONGEST_TEXT:
        raise BadRevocation
    patient = patient_of(id)
    with transaction.atomic():
        certificate = locked(id)
        if certificate.is_locked_draft:
            lock(certificate)
        require(Action.REVOKE, Subject.of(certificate, relatives_of(certificate), patient), by)
        certificate.revoked_at, certificate.revoked_by_name = clock.now(), by.user.name
        certificate.revocation_reason, certificate.revocation_text = reason, text
        certificate.delivery_problem = ""
        certificate.save(update_fields=["revoked_at", "revoked_by_name", "revocation_reason", "revocation_text", "delivery_problem"])
        record(Fact(Happened.REVOKED, certificate, by))
    return certificate


@transaction.atomic
def record_revocation_delivery(id: UUID) -> None:
    """Note that the recipient knows of the revocation. Done once; a repeated note changes nothing."""
    certificate = locked(id)
    if not Event.objects.filter(certificate_id=id, kind=Happened.REVOCATION_DELIVERED).exists():
        _set_problem(certificate, "")
        record(Fact(Happened.REVOCATION_DELIVERED, certificate, None, TYPES[certificate.type].recipient.name))


@transaction.atomic
def record_revocation_failure(id: UUID, *, problem: str) -> None:
    """Note that the recipient will not know of the revocation unless somebody acts. `problem` is for the operator; it names no person."""
    certificate = locked(id)
    _set_problem(certificate, problem[:300])
    record(Fact(Happened.REVOCATION_FAILED, certificate, None, certificate.delivery_problem))


def _set_problem(certificate: Certificate, problem: str) -> None:
    certificate.delivery_problem = problem
    certificate.save(update_fields=["delivery_problem"])


def lock(draft: Certificate) -> None:
    """Lock a draft that is too old to be signed; it then follows from no other (reference §2.5). The row must be held by a transaction."""
    if draft.status not in OPEN_DRAFT:
        return
    draft.status, draft.locked_at, draft.parent_id, draft.relation = Status.LOCKED, clock.now(), None, ""
    draft.save(update_fields=["status", "locked_at", "parent_id", "relation"])
    record(Fact(Happened.LOCKED, draft, None))


def lock_old_drafts() -> int:
    """Lock every draft that is old enough, a batch at a time, beside those who work; gives how many. Several may run at once."""
    total = 0
    while count := _lock_batch():
        total += count
    return total


@transaction.atomic
def _lock_batch() -> int:
    overdue = Certificate.objects.select_for_update(skip_locked=True).filter(status__in=OPEN_DRAFT, created_at__lte=lock_horizon())
    drafts = list(overdue.order_by("created_at")[:BATCH])
    for draft in drafts:
        lock(draft)
    return len(drafts)
