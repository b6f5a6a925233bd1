"""Reading the access log: for whoever reviews it, and for whoever watches that it gets where it should."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from webcert.audit.models import AuditEntry, Seal, Undelivered, Unsealed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the log has come. `last` is the last seal, None before the first."""

    last: Seal | None
    unsealed: int
    undelivered: int


def search(
    *,
    patient_id: str | None = None,
    user_id: str | None = None,
    unit_id: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> QuerySet[AuditEntry]:
    """The entries about the patient, by the user, done on the unit, from `start` to before `end`, in the order of time; None is any."""
    wanted = {"patient_id": patient_id, "user_id": user_id, "unit_id": unit_id, "at__gte": start, "at__lt": end}
    return AuditEntry.objects.filter(**{name: value for name, value in wanted.items() if value is not None}).order_by("at", "id")


def standing() -> Standing:
    """How far the log has come now."""
    return Standing(Seal.objects.order_by("-number").first(), Unsealed.objects.count(), Undelivered.objects.count())


def oldest_waiting() -> datetime | None:
    """When the oldest entry was written that the log service has not got; None when it has all. (Rejected batches are failed jobs.)"""
    undelivered = Undelivered.objects.order_by("seal_id").values_list("seal__entry_ids", flat=True).first()
    waiting = Q(pk__in=undelivered) if undelivered else Q(pk__in=Unsealed.objects.values("entry_id"))
    oldest: datetime | None = AuditEntry.objects.filter(waiting).aggregate(oldest=Min("at"))["oldest"]
    return oldest
