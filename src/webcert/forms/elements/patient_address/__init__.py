"""The patient's address, prefilled from the population register. Answer: {"address", "postcode", "town"}.

A form that asks for it makes certificates that carry the patient's name and address. Source: reference/ui.md §3.1.
"""

from dataclasses import dataclass
from typing import ClassVar

from webcert.forms.elements.address import Address, Line

LINES = {
    "address": Line("Postadress", 50, "Ange postadress."),
    "postcode": Line("Postnummer", 6, "Ange postnummer."),
    "town": Line("Postort", 25, "Ange postort."),
}


@dataclass(frozen=True)
class PatientAddress(Address):
    kind: ClassVar[str] = "patient_address"
    lines: ClassVar[dict[str, Line]] = LINES
