"""What Webcert remembers of a user besides what HSA knows: her preferences, the terms she has accepted, where she logged in from."""

from django.db import models


class UserPreference(models.Model):
    """One choice of one user: favourite certificate types, whether a panel is hidden and the like."""

    pk = models.CompositePrimaryKey("hsa_id", "key")
    hsa_id = models.CharField(max_length=64)
    key = models.CharField(max_length=40)
    value = models.JSONField()


class AcceptedTerms(models.Model):
    """One version of the terms of use that one private practitioner has accepted."""

    pk = models.CompositePrimaryKey("hsa_id", "version")
    hsa_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    accepted_at = models.DateTimeField()


class ProviderLogin(models.Model):
    """Which session of ours belongs to which session at an identity provider, so that each can end the other."""

    session_key = models.CharField(primary_key=True, max_length=40)
    registration = models.CharField(max_length=16)
    name_id = models.CharField(max_length=512)
    index = models.CharField(max_length=512, blank=True)

    class Meta:
        indexes = (models.Index(fields=["registration", "name_id"], name="provider_login_by_name"),)
