"""The access log and the chain of seals over it. Source: reference/access-and-lifecycle.md §9, reference/security-and-audit.md §1.

Entries and seals are only ever added: the database itself refuses anything else (migration 0002). What waits to be sealed and what
waits to be delivered are two short queues of their own, so that neither entries nor seals need to change.
"""

import uuid
from textwrap import wrap

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

PURPOSE = "Vård och behandling"
LISTS = "2"
"""The activity level of a list that shows the patient among others."""


class Activity(models.TextChoices):
    """What was done, in the words of the national log contract."""

    READ = "Läsa"
    WRITE = "Skriva"
    SIGN = "Signera"
    PRINT = "Utskrift"
    DELETE = "Radera"


class AuditEntry(models.Model):
    """One access to one patient's data; `id` is the logId of the contract.

    `remark` says more where the activity alone does not ("Utkastet utskrivet"). The unit is where the user was logged in; the owner is
    the unit that issued the certificate. Without a certificate it was a list. Names of users and patients are deliberately left out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    activity = models.CharField(max_length=10, choices=Activity)
    remark = models.CharField(max_length=8192)
    purpose = models.CharField(max_length=40, default=PURPOSE)
    certificate_id = models.UUIDField(null=True)
    patient_id = models.CharField(max_length=12)
    user_id = models.CharField(max_length=64)
    user_title = models.CharField(max_length=256, default="")
    assignment = models.CharField(max_length=256, default="")
    unit_id = models.CharField(max_length=64)
    unit_name = models.CharField(max_length=200)
    care_provider_id = models.CharField(max_length=64)
    care_provider_name = models.CharField(max_length=200)
    owner_unit_id = models.CharField(max_length=64)
    owner_unit_name = models.CharField(max_length=200, default="")
    owner_care_provider_id = models.CharField(max_length=64)
    owner_care_provider_name = models.CharField(max_length=200, default="")

    class Meta:
        indexes = (
            models.Index(fields=["patient_id", "at"]),
            models.Index(fields=["user_id", "at"]),
            BrinIndex(fields=["at"], name="audit_entries_by_time"),
        )

    @property
    def level(self) -> str:
        """The activity level of the contract: the certificate's id, or that it was a list."""
        return str(self.certificate_id) if self.certificate_id else LISTS


class Unsealed(models.Model):
    """An entry that waits to be sealed. The database puts it here when the entry is written (migration 0002)."""

    entry_id = models.UUIDField(primary_key=True)


class Seal(models.Model):
    """Proof of a batch of entries: their ids and digests in order, bound together and to the seal before by `digest` (sealing.py)."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    entry_ids = ArrayField(models.UUIDField())
    entry_digests = ArrayField(models.CharField(max_length=64))
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    @property
    def note(self) -> str:
        """Number and digest, to be noted outside the database; in eights, or the log would take some digits for an identity number."""
        return ":".join([str(self.number), *wrap(self.digest, 8)])


class Undelivered(models.Model):
    """A seal whose entries the log service has not got yet."""

    seal = models.OneToOneField(Seal, models.DO_NOTHING, primary_key=True)
