"""What is remembered of a signing from its beginning to its end. Rows live for minutes; `tasks.py` clears them away."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q

from webcert.certificates.document import Document
from webcert.signing.bankid.models import Order
from webcert.vocabulary import clock

__all__ = ["LASTS", "OPEN", "Order", "Status", "Ticket"]

LASTS = timedelta(minutes=15)
"""From the beginning of a signing until it must be finished (reference/login-and-signing.md §6.3)."""


class Status(models.TextChoices):
    """How far it has come, in the codes of the reference (§6.2)."""

    PROCESSING = "BEARBETAR"
    WAITING = "VANTA_SIGN"
    NO_CLIENT = "NO_CLIENT"
    SIGNED = "SIGNERAD"
    CANCELLED = "AVBRUTEN"
    FAILED = "ERROR"


OPEN = (Status.PROCESSING, Status.WAITING, Status.NO_CLIENT)


class Ticket(models.Model):
    """One signing: which draft in which revision, by whom in which session, and exactly what is to be signed.

    `document` is the message without signature and `digest` that of its signed form (base64). `answer` is what the
    outside service has sent, until the user's browser comes to collect it. `problem` tells the user why nothing was signed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    certificate_id = models.UUIDField()
    revision = models.PositiveIntegerField()
    type_name = models.CharField(max_length=100)
    version = models.CharField(max_length=10)
    user_id = models.CharField(max_length=64)
    session = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    status = models.CharField(max_length=20, choices=Status, default=Status.PROCESSING)
    problem = models.CharField(max_length=300, default="")

    document = models.BinaryField()
    digest = models.CharField(max_length=44)
    signed_at = models.DateTimeField()
    answer = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (
            models.Index(fields=["user_id"], name="open_tickets_of_user", condition=Q(status__in=OPEN)),
            models.Index(fields=["certificate_id"], name="tickets_of_certificate"),
        )

    @property
    def is_open(self) -> bool:
        """Whether the certificate can still be signed by it."""
        return self.status in OPEN and clock.now() - self.created_at < LASTS

    @property
    def prepared(self) -> Document:
        """What is to be signed."""
        return Document(bytes(self.document), self.digest)
