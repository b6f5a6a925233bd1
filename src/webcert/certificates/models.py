"""The certificate record and what has happened to it. A draft *becomes* a certificate: one table for both.

State is changed only by `actions.py`. Signed bytes are never changed at all.
"""

import uuid
from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import Q

from webcert.vocabulary import clock


class Status(models.TextChoices):
    """Stored status (reference/access-and-lifecycle.md §1.1); sent and revoked are facts beside it."""

    INCOMPLETE = "DRAFT_INCOMPLETE"
    COMPLETE = "DRAFT_COMPLETE"
    LOCKED = "DRAFT_LOCKED"
    SIGNED = "SIGNED"


OPEN_DRAFT = (Status.INCOMPLETE, Status.COMPLETE)

DAYS_UNTIL_LOCKED = 14
"""A draft that is not signed is locked when so many whole days have passed since the day it was created (manual S 5.1)."""


class Relation(models.TextChoices):
    """How a certificate follows from another, in the codes of the contracts (reference/access-and-lifecycle.md §3.3)."""

    RENEWS = "FRLANG"
    REPLACES = "ERSATT"
    COMPLEMENTS = "KOMPLT"
    COPIES = "KOPIA"


class RevocationReason(models.TextChoices):
    """Why a certificate is revoked; the label is what the recipient is told (reference/access-and-lifecycle.md §4)."""

    WRONG_PATIENT = "FEL_PATIENT", "Intyget har utfärdats på fel patient."
    OTHER_SERIOUS = "ANNAT_ALLVARLIGT_FEL", "Annat allvarligt fel."


class Certificate(models.Model):
    """`revision` names who may save: it changes when the draft is opened, so that the one who opened last has it; `sequence` numbers
    the saves of that page. `patient_id` has 12 digits and never leaves the server in an address; `person_id` is the handle for that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    type = models.CharField(max_length=20)
    version = models.CharField(max_length=10)
    status = models.CharField(max_length=20, choices=Status, default=Status.INCOMPLETE)

    unit_id = models.CharField(max_length=64)
    unit_name = models.CharField(max_length=200)
    care_provider_id = models.CharField(max_length=64)
    care_provider_name = models.CharField(max_length=200)

    patient_id = models.CharField(max_length=12)
    person_id = models.UUIDField()
    protected = models.BooleanField(default=False)
    test_indicated = models.BooleanField(default=False)

    answers = models.JSONField(default=dict)
    summary = models.CharField(max_length=200, default="")
    revision = models.PositiveIntegerField(default=0)
    sequence = models.PositiveIntegerField(default=0)
    editor_id = models.CharField(max_length=64)
    editor_name = models.CharField(max_length=200)
    changed_since_opened = models.BooleanField(default=False)

    created_at = models.DateTimeField()
    created_by_id = models.CharField(max_length=64)
    created_by_name = models.CharField(max_length=200)
    saved_at = models.DateTimeField()
    saved_by_id = models.CharField(max_length=64)
    saved_by_name = models.CharField(max_length=200)
    forwarded = models.BooleanField(default=False)
    ready_at = models.DateTimeField(null=True)
    ready_by_name = models.CharField(max_length=200, default="")

    signed_at = models.DateTimeField(null=True)
    signed_by_id = models.CharField(max_length=64, default="")
    signed_by_name = models.CharField(max_length=200, default="")
    signed_xml = models.BinaryField(null=True)
    digest = models.CharField(max_length=44, default="")

    sent_at = models.DateTimeField(null=True)
    recipient = models.CharField(max_length=40, default="")
    delivered_at = models.DateTimeField(null=True)
    delivery_problem = models.CharField(max_length=300, default="")
    revoked_at = models.DateTimeField(null=True)
    revoked_by_name = models.CharField(max_length=200, default="")
    revocation_reason = models.CharField(max_length=30, choices=RevocationReason, default="")
    revocation_text = models.TextField(default="")
    locked_at = models.DateTimeField(null=True)

    parent_id = models.UUIDField(null=True)
    relation = models.CharField(max_length=10, choices=Relation, default="")

    class Meta:
        indexes = (
            models.Index(fields=["patient_id", "unit_id", "-saved_at"], name="certificates_of_patient"),
            models.Index(fields=["parent_id"], name="children", condition=Q(parent_id__isnull=False)),
            models.Index(fields=["created_at"], name="open_drafts_by_age", condition=Q(status__in=OPEN_DRAFT)),
            models.Index(fields=["unit_id", "-saved_at"], name="drafts_of_unit", condition=~Q(status=Status.SIGNED)),
        )

    @property
    def is_open_draft(self) -> bool:
        """A draft that can still be written. One that is old enough to be locked is not, whether or not the job has been there."""
        return self.status in OPEN_DRAFT and not is_overdue(self.created_at)

    @property
    def is_locked_draft(self) -> bool:
        return self.status != Status.SIGNED and not self.is_open_draft

    @property
    def is_signed(self) -> bool:
        return self.status == Status.SIGNED


class Signature(models.Model):
    """That a certificate was signed electronically, and what proves it besides its document. One for each, written once.

    Certificates that were signed elsewhere have none: what proves them stands in their documents, or nowhere. `signer_id` is what names
    the signer in her own certificate: her HSA-id, or for e-legitimation her personal identity number.
    """

    class Kind(models.TextChoices):
        """XMLDSIG: the signature stands in the document. BANKID: the evidence is the signature, of a text that the digest is bound to."""

        XMLDSIG = "XMLDSIG"
        BANKID = "BANKID"

    certificate = models.OneToOneField(Certificate, models.CASCADE, primary_key=True, related_name="signature")
    kind = models.CharField(max_length=10, choices=Kind)
    method = models.CharField(max_length=20)
    evidence = models.BinaryField()
    signer_id = models.CharField(max_length=64)
    made_at = models.DateTimeField()


def is_overdue(created_at: datetime) -> bool:
    """Whether a draft created then is locked now: created before the start of the day 14 days ago (reference §2.5, to the second)."""
    return created_at <= lock_horizon()


def lock_horizon() -> datetime:
    """Drafts created at this moment or earlier are locked: the start, in Sweden, of the day 14 days ago."""
    day = clock.today() - timedelta(days=DAYS_UNTIL_LOCKED)
    return datetime.combine(day, time.min, tzinfo=clock.SWEDEN)


class Event(models.Model):
    """A fact about a certificate, written in the same transaction as the change. Rows are only ever added.

    There is no foreign key: that a draft was deleted stays known when its contents are gone.
    """

    certificate_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    by_id = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, default="")

    class Meta:
        indexes = (models.Index(fields=["certificate_id", "at"]),)
