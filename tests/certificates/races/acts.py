"""What a side does besides the product's own actions. Here, since a side's process finds by name what it is sent: the name by which pytest
knows a module of tests is known to nobody else."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from webcert.certificates import ending
from webcert.certificates.models import OPEN_DRAFT, Certificate


def fourteen_days_pass(id: UUID) -> None:
    """The draft, if it is one still, has suddenly been there for so long that the job locks it."""
    old = datetime.now(UTC) - timedelta(days=20)
    Certificate.objects.filter(pk=id, status__in=OPEN_DRAFT).update(created_at=old, saved_at=old)
    ending.lock_old_drafts()
