"""The patient's page: the types that can be written, and what has been written before."""

from collections.abc import Container
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.urls import reverse

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import NOT_ISSUED, ROLE, Action, Guard, Subject, refusal
from webcert.certificates.asked import Order
from webcert.certificates.queries import NOT_CURRENT, Row
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary.swedish import swedish_order


@dataclass(frozen=True, slots=True)
class Offered:
    """A type that the user's role may write, or that has been replaced. `reason`: why it cannot be created; empty when it can.

    `pinned`: it stands on top for this user. `draft_id`: the id that the draft gets, the same however often the button is pressed.
    """

    type: CertificateType
    reason: str
    pinned: bool
    draft_id: UUID = field(default_factory=uuid4)


def offered(patient: Person, by: LoginContext, favourites: Container[str] = ()) -> list[Offered]:
    """The types to choose from, the favourites first and both groups by name (reference/ui.md §4.2)."""
    found = []
    for type in sorted(TYPES.values(), key=lambda type: (type.id not in favourites, swedish_order(type.name))):
        guard = refusal(Action.CREATE, Subject(type.id, by.unit.id, None, patient.protected, patient.deceased), by)
        if guard is not ROLE:
            found.append(Offered(type, _reason(guard, type), type.id in favourites))
    return found


def url(patient: Person, order: Order, view: str) -> str:
    """The patient's page with that part of her certificates, in that order."""
    query = {"visa": view, "sortering": str(order)}
    return reverse("patient", args=[patient.id], query=query)


def is_in(view: str, row: Row) -> bool:
    """Whether the row belongs to that part of the patient's certificates (reference/access-and-lifecycle.md §11.1)."""
    return view == "alla" or (row.status in NOT_CURRENT) == (view == "tidigare")


def _reason(guard: Guard | None, type: CertificateType) -> str:
    if guard is NOT_ISSUED:
        return f"Har ersatts av {TYPES[type.replaced_by].code}. De intyg som finns kan läsas och skrivas ut."
    return guard.text if guard else ""
