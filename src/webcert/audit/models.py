"""One row for each access to a patient's data. Source: reference/access-and-lifecycle.md §9, reference/security-and-audit.md §1."""

import uuid

from django.db import models

PURPOSE = "Vård och behandling"


class Activity(models.TextChoices):
    """What was done, in the words of the national log contract."""

    READ = "Läsa"
    WRITE = "Skriva"
    SIGN = "Signera"
    PRINT = "Utskrift"
    DELETE = "Radera"


class AuditEntry(models.Model):
    """`remark` says more where the activity alone does not ("Utkastet utskrivet"). The unit is where the user was logged in;
    the owner is the unit that issued the certificate."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    activity = models.CharField(max_length=10, choices=Activity)
    remark = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40, default=PURPOSE)
    certificate_id = models.UUIDField(null=True)
    patient_id = models.CharField(max_length=12)
    user_id = models.CharField(max_length=64)
    unit_id = models.CharField(max_length=64)
    unit_name = models.CharField(max_length=200)
    care_provider_id = models.CharField(max_length=64)
    care_provider_name = models.CharField(max_length=200)
    owner_unit_id = models.CharField(max_length=64)
    owner_care_provider_id = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["patient_id", "at"]), models.Index(fields=["user_id", "at"]))
