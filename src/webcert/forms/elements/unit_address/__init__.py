"""The address of the care unit, prefilled from HSA. Answer: {"address", "postcode", "town", "phone"}."""

from dataclasses import dataclass
from typing import ClassVar

from webcert.forms.elements.address import Address, Line

LINES = {
    "address": Line("Postadress", 209, "Ange postadress."),
    "postcode": Line("Postnummer", 6, "Ange postnummer."),
    "town": Line("Postort", 30, "Ange postort."),
    "phone": Line("Telefonnummer", 20, "Ange telefonnummer."),
}


@dataclass(frozen=True)
class UnitAddress(Address):
    kind: ClassVar[str] = "unit_address"
    lines: ClassVar[dict[str, Line]] = LINES
