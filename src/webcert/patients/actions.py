"""Looking a person up: from PU, or from what PU told a moment ago."""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import structlog
from django.conf import settings

from webcert.patients import pu
from webcert.patients.models import Person
from webcert.patients.pu import PuUnavailable, Registered
from webcert.vocabulary import clock
from webcert.vocabulary.personal_id import PersonalId

log = structlog.get_logger("webcert.patients")

_TOLD_BY_PU = ("given_name", "middle_name", "surname", "street", "postcode", "town", "protected", "deceased")


class Status(StrEnum):
    """What came of a look-up (reference/roles-and-login-context.md §6.1)."""

    FOUND = "FOUND"
    NOT_FOUND = "NOT_FOUND"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The person, or with ERROR what was known of her before, if anything; it may then not be trusted."""

    status: Status
    person: Person | None

    @property
    def certain(self) -> bool:
        """Whether PU has answered, so that protection and death are known."""
        return self.status is not Status.ERROR


def look_up(personal_id: PersonalId) -> Lookup:
    """The person as PU knows her now, or knew her less than `pu_cache_seconds` ago. Never raises because of PU."""
    known = Person.objects.filter(personal_id=personal_id.digits).first()
    fresh_until = clock.now() - timedelta(seconds=settings.WEBCERT.pu_cache_seconds)
    if known and known.fetched_at > fresh_until:
        return Lookup(Status.FOUND, known)
    try:
        told = pu.persons([personal_id]).get(personal_id)
    except PuUnavailable as error:
        log.warning("PU cannot be asked", error=str(error))
        return Lookup(Status.ERROR, known)
    if told is None:
        return Lookup(Status.NOT_FOUND, None)
    return Lookup(Status.FOUND, _kept(told))


def _kept(told: Registered) -> Person:
    """Write down what PU told; the handle of a person who is known already stays, also when two look her up at once."""
    facts = {name: getattr(told, name) for name in _TOLD_BY_PU}
    digits = told.personal_id.digits
    Person.objects.bulk_create(
        [Person(id=uuid.uuid4(), personal_id=digits, fetched_at=clock.now(), **facts)],
        update_conflicts=True,
        unique_fields=["personal_id"],
        update_fields=[*_TOLD_BY_PU, "fetched_at"],
    )
    return Person.objects.get(personal_id=digits)
