"""The patient's page: the types that can be written, and what has been written before."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import NOT_ISSUED, ROLE, Action, Guard, Subject, refusal
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext

TONES = {
    "Makulerat": "",
    "Skickat": "done",
    "Signerat": "done",
    "Utkast, låst": "",
    "Utkast, kan signeras": "info",
    "Utkast, uppgifter saknas": "missing",
}
"""Status in lists → tone of its dot."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A type that the user's role may write, or that has been replaced. `reason`: why it cannot be created; empty when it can.

    `draft_id`: the id that the draft gets, the same however often the button is pressed.
    """

    type: CertificateType
    reason: str
    draft_id: UUID = field(default_factory=uuid4)


def offered(patient: Person, by: LoginContext) -> list[Offered]:
    """The types to choose from, by name (reference/ui.md §4.2)."""
    found = []
    for type in sorted(TYPES.values(), key=lambda type: type.name):
        guard = refusal(Action.CREATE, Subject(type.id, by.unit.id, None, patient.protected, patient.deceased), by)
        if guard is not ROLE:
            found.append(Offered(type, _reason(guard, type)))
    return found


def _reason(guard: Guard | None, type: CertificateType) -> str:
    if guard is NOT_ISSUED:
        return f"Har ersatts av {TYPES[type.replaced_by].code}. De intyg som finns kan läsas och skrivas ut."
    return guard.text if guard else ""
