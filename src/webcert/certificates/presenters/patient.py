"""The patient's page: the types that can be written, and what has been written before."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.urls import reverse

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import Action, Guard, Subject, refusal
from webcert.certificates.asked import Order
from webcert.certificates.guards import NOT_ISSUED, ROLE
from webcert.certificates.presenters.life import not_carried
from webcert.certificates.queries import NOT_CURRENT, Row
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock
from webcert.vocabulary.personal_id import PersonalId
from webcert.vocabulary.swedish import swedish_order


@dataclass(frozen=True, slots=True)
class Offered:
    """A type that the user's role may write, or that has been replaced. `reason`: why it cannot be created; empty when it can.
    `question`: what is asked before it is; empty when nothing is.

    `pinned`: it stands on top for this user. `draft_id`: the id that the draft gets, the same however often the button is pressed.
    """

    type: CertificateType
    reason: str
    question: str
    pinned: bool
    draft_id: UUID = field(default_factory=uuid4)


def offered(patient: Person, by: LoginContext, favourites: Container[str] = ()) -> list[Offered]:
    """The types to choose from, the favourites first and both groups by name (reference/ui.md §4.2)."""
    found = []
    for type in sorted(TYPES.values(), key=lambda type: (type.id not in favourites, swedish_order(type.name))):
        guard = refusal(Action.CREATE, Subject(type.id, by.unit.id, None, patient.protected, patient.deceased), by)
        if guard is not ROLE:
            found.append(Offered(type, _reason(guard, type), _question(patient, type), type.id in favourites))
    return found


@dataclass(frozen=True, slots=True)
class Renewals:
    """The "Förnya" of the rows. `new_ids`: certificate → the id that its renewal gets, the same however often the button is pressed;
    `not_carried`: type → what its renewals leave empty, for each type that has such a row."""

    new_ids: Mapping[UUID, UUID]
    not_carried: Mapping[str, Sequence[tuple[str, Sequence[str]]]]


def renewals(rows: Iterable[Row]) -> Renewals:
    """Of the rows, those that can be renewed."""
    renewable = [row for row in rows if Action.RENEW in row.may]
    return Renewals(
        {row.certificate.id: uuid4() for row in renewable},
        {type.id: not_carried(type.newest_form, type) for type in {row.type.id: row.type for row in renewable}.values()},
    )


def url(patient: Person, order: Order, view: str) -> str:
    """The patient's page with that part of her certificates, in that order."""
    query = {"visa": view, "sortering": str(order)}
    return reverse("patient", args=[patient.id], query=query)


def is_in(view: str, row: Row) -> bool:
    """Whether the row belongs to that part of the patient's certificates (reference/access-and-lifecycle.md §11.1)."""
    return view == "alla" or (row.status in NOT_CURRENT) == (view == "tidigare")


def _question(patient: Person, type: CertificateType) -> str:
    """Source: reference/access-and-lifecycle.md §2.6."""
    is_older = type.oldest and type.oldest.is_passed(PersonalId(patient.personal_id).birth_date, clock.today())
    return type.oldest.question if type.oldest and is_older else ""


def _reason(guard: Guard | None, type: CertificateType) -> str:
    if guard is NOT_ISSUED:
        return f"Har ersatts av {TYPES[type.replaced_by].code}. De intyg som finns kan läsas och skrivas ut."
    return guard.text if guard else ""
