"""Reading persons that have been looked up before."""

from collections.abc import Iterable
from uuid import UUID

from webcert.patients.models import Person


def person_of(id: UUID) -> Person | None:
    """The person with that handle, as PU last told, or None."""
    return Person.objects.filter(pk=id).first()


def persons_of(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Those of the persons with these handles that have been looked up, by handle. One SQL statement."""
    return Person.objects.in_bulk(list(ids))
