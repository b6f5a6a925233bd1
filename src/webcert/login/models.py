"""What is remembered between the steps of a login, and of what has been seen. Rows live for minutes; `tasks.py` clears them away."""

from django.db import models


class Attempt(models.Model):
    """A login that has begun: which browser asked for what. `identity` is what was proven, until the browser has come to collect it.

    `relay` and `request_id` are unguessable; the browser holds a cookie of which `browser` is the digest.
    """

    relay = models.CharField(primary_key=True, max_length=64)
    registration = models.CharField(max_length=16)
    request_id = models.CharField(max_length=64)
    browser = models.CharField(max_length=64, db_index=True)
    target = models.TextField()
    begun_at = models.DateTimeField(db_index=True)
    verifier = models.CharField(max_length=128, blank=True)
    identity = models.JSONField(null=True)


class SeenAssertion(models.Model):
    """An assertion that has been used; it could be delivered again until `good_until`."""

    pk = models.CompositePrimaryKey("provider", "assertion_id")
    provider = models.CharField(max_length=512)
    assertion_id = models.CharField(max_length=256)
    good_until = models.DateTimeField(db_index=True)


class ProviderMetadata(models.Model):
    """A provider's metadata as they were fetched, so that a login does not wait for them, nor fail while they cannot be fetched."""

    registration = models.CharField(primary_key=True, max_length=16)
    document = models.BinaryField()
    fetched_at = models.DateTimeField()
