"""The certificate record and what has happened to it. A draft *becomes* a certificate: one table for both.

State is changed only by `actions.py`. Signed bytes are never changed at all.
"""

import uuid

from django.db import models
from django.db.models import Q


class Status(models.TextChoices):
    """Stored status (reference/access-and-lifecycle.md §1.1); sent and revoked are facts beside it."""

    INCOMPLETE = "DRAFT_INCOMPLETE"
    COMPLETE = "DRAFT_COMPLETE"
    LOCKED = "DRAFT_LOCKED"
    SIGNED = "SIGNED"


OPEN_DRAFT = (Status.INCOMPLETE, Status.COMPLETE)


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

    class Meta:
        indexes = (
            models.Index(fields=["patient_id", "unit_id", "-saved_at"], name="certificates_of_patient"),
            models.Index(fields=["unit_id", "-saved_at"], name="drafts_of_unit", condition=~Q(status=Status.SIGNED)),
        )

    @property
    def is_open_draft(self) -> bool:
        return self.status in OPEN_DRAFT

    @property
    def is_signed(self) -> bool:
        return self.status == Status.SIGNED


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
