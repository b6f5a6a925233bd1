"""The person as PU last told: a cache, and the handle that stands in addresses instead of the identity number."""

import uuid

from django.db import models

from webcert.vocabulary.personal_id import PersonalId


class Person(models.Model):
    """One person. `id` never changes for an identity number; everything else is as PU said at `fetched_at`.

    `test_indicated`: nobody in real life, but a person that exists for tests in production.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    personal_id = models.CharField(max_length=12, unique=True)
    given_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    street = models.CharField(max_length=130)
    postcode = models.CharField(max_length=5)
    town = models.CharField(max_length=40)
    protected = models.BooleanField()
    deceased = models.BooleanField()
    test_indicated = models.BooleanField(default=False)
    fetched_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Person {self.id}"

    @property
    def name(self) -> str:
        """All names in the order of speech."""
        return " ".join(part for part in (self.given_name, self.middle_name, self.surname) if part)

    @property
    def number(self) -> str:
        """The identity number as people read it."""
        return PersonalId(self.personal_id).with_dash()

    @property
    def is_named(self) -> bool:
        """Whether PU told both a first name and a surname; without them no certificate can be written."""
        return bool(self.given_name and self.surname)
