"""What stands on the print of a certificate: plain values, gathered by whoever prints. No layout, no database."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from webcert.forms.reading import Section
from webcert.riv.intyg import Issuer


class Mark(Enum):
    """What the paper is a print of; it is told on every page."""

    DRAFT = "Utkast"
    LOCKED = "Låst utkast"
    SIGNED = "Signerat"
    REVOKED = "Makulerat"


@dataclass(frozen=True, slots=True, repr=False)
class Print:
    """One print. It does not print itself in logs: it is all about a patient.

    `personal_number` is written with dash; `patient_name` may be empty. Of `issuer`, everything but the unit is only shown
    when `signed_at` is given. `sent` is a sentence, or empty. Times are aware.
    """

    type_name: str
    type_code: str
    certificate_id: str
    text_version: str
    personal_number: str
    issuer: Issuer
    sections: tuple[Section, ...]
    mark: Mark
    printed_at: datetime
    patient_name: str = ""
    signed_at: datetime | None = None
    sent: str = ""
