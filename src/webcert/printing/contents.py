"""What stands on the print of a certificate: plain values, gathered by whoever prints. No layout, no database."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.received import received_context
from webcert.forms.reading import Section, read
from webcert.riv.intyg import Intyg, Issuer
from webcert.ui.formatting import person_number
from webcert.vocabulary.clock import SWEDEN

_NOT_IN_FILE_NAMES = {"for", "vid", "och"}


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

    @property
    def file_name(self) -> str:
        """Type and time, such as lakarintyg_sjukpenning_26-11-21_1031.pdf; nothing about the patient (fk7804.md §12.1)."""
        letters = unicodedata.normalize("NFKD", self.type_name.lower()).encode("ascii", "ignore").decode()
        words = [word for word in re.findall(r"[a-z0-9]+", letters) if word not in _NOT_IN_FILE_NAMES]
        return f"{'_'.join(words)}_{self.printed_at.astimezone(SWEDEN):%y-%m-%d_%H%M}.pdf"


def print_of_document(type: CertificateType, intyg: Intyg, answers: Mapping[str, Any], *, printed_at: datetime) -> Print:
    """The print of a signed document, with what the document itself tells."""
    return Print(
        type_name=type.name,
        type_code=type.code,
        certificate_id=intyg.id,
        text_version=intyg.version,
        personal_number=person_number(intyg.patient.personal_id),
        issuer=intyg.issuer,
        sections=read(type.form(intyg.version), answers, received_context(printed_at.astimezone(SWEDEN).date())),
        mark=Mark.SIGNED,
        printed_at=printed_at,
        signed_at=intyg.signed_at.replace(tzinfo=SWEDEN) if intyg.signed_at else None,
    )
