"""The patient's page: the types that can be written, and what has been written before."""

from dataclasses import dataclass

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import ROLE, Action, Subject, refusal
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
    """A type that the user's role may write. `reason`: why not for this patient; empty when it can be created."""

    type: CertificateType
    reason: str


def offered(patient: Person, by: LoginContext) -> list[Offered]:
    """The types to choose from, by name (reference/ui.md §4.2)."""
    found = []
    for type in sorted(TYPES.values(), key=lambda type: type.name):
        guard = refusal(Action.CREATE, Subject(type.id, by.unit.id, None, patient.protected, patient.deceased), by)
        if guard is not ROLE:
            found.append(Offered(type, guard.text if guard else ""))
    return found
