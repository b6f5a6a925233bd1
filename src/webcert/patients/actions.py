"""Looking persons up: from PU, or from what PU told a moment ago."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import structlog
from django.conf import settings

from webcert.monitoring.events import Event, tell
from webcert.monitoring.pseudonyms import pseudonym
from webcert.patients import pu
from webcert.patients.models import Person
from webcert.patients.pu import PuUnavailable, Registered
from webcert.statements import Select
from webcert.vocabulary import clock
from webcert.vocabulary.personal_id import PersonalId

log = structlog.get_logger("webcert.patients")

_PERSONS = Select(Person, "personal_id = ANY(%s)")

_TOLD_BY_PU = ("given_name", "middle_name", "surname", "street", "postcode", "town", "protected", "deceased", "test_indicated")


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
    return look_up_all([personal_id.digits])[personal_id.digits]


def look_up_all(numbers: Collection[str]) -> dict[str, Lookup]:
    """The same for several persons, by the twelve digits of their numbers; PU is asked once for all that are not known well enough."""
    known = {person.personal_id: person for person in _PERSONS.all(list(set(numbers)))}
    fresh = {number: _found(person) for number, person in known.items() if _is_fresh(person)}
    others = sorted(set(numbers) - fresh.keys())
    return fresh | _asked_of_pu(others, known) if others else fresh


def look_up_again(known: Person) -> Lookup:
    """The same for a person who has been read."""
    return _found(known) if _is_fresh(known) else _asked_of_pu([known.personal_id], {known.personal_id: known})[known.personal_id]


def _is_fresh(person: Person) -> bool:
    return person.fetched_at > clock.now() - timedelta(seconds=settings.WEBCERT.pu_cache_seconds)


def _asked_of_pu(numbers: Collection[str], known: Mapping[str, Person]) -> dict[str, Lookup]:
    try:
        told = pu.persons([PersonalId(number) for number in numbers])
    except PuUnavailable as error:
        log.warning("PU cannot be asked", error=str(error))
        found = {number: Lookup(Status.ERROR, known.get(number)) for number in numbers}
    else:
        kept = _kept(told.values(), known)
        found = {number: _found(kept.get(number)) for number in numbers}
    for number, lookup in found.items():
        tell(Event.PU_LOOKUP, person=pseudonym("person", number), result=lookup.status)
    return found


def _found(person: Person | None) -> Lookup:
    """Persons that exist for tests only are not known, unless the operator lets them be used."""
    if person is None or (person.test_indicated and not settings.WEBCERT.test_patients):
        return Lookup(Status.NOT_FOUND, None)
    return Lookup(Status.FOUND, person)


def _kept(told: Collection[Registered], known: Mapping[str, Person]) -> dict[str, Person]:
    """Write down what PU told: mostly that nothing has changed, which is one statement for all."""
    same = {number: known[number] for one in told if (number := one.personal_id.digits) in known and _says(one, known[number])}
    if same:
        Person.objects.filter(personal_id__in=same).update(fetched_at=clock.now())
    news = [one for one in told if one.personal_id.digits not in same]
    return same | _written(news) if news else same


def _says(one: Registered, person: Person) -> bool:
    return all(getattr(one, name) == getattr(person, name) for name in _TOLD_BY_PU)


def _written(news: Collection[Registered]) -> dict[str, Person]:
    """The handle of a person who is known already stays, also when two look her up at once."""
    facts = [{name: getattr(one, name) for name in _TOLD_BY_PU} | {"personal_id": one.personal_id.digits} for one in news]
    Person.objects.bulk_create(
        [Person(id=uuid.uuid4(), fetched_at=clock.now(), **one) for one in facts],
        update_conflicts=True,
        unique_fields=["personal_id"],
        update_fields=[*_TOLD_BY_PU, "fetched_at"],
    )
    return {person.personal_id: person for person in Person.objects.filter(personal_id__in=[one["personal_id"] for one in facts])}
