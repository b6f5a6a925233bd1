"""Postal addresses as HSA writes them (free lines) and as certificates need them (street, postcode, town)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_POSTCODE_AND_TOWN = re.compile(r"(\d{3}) ?(\d{2})\b\s*(.*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Street, post box and the like in one line; postcode with five digits and no space; town."""

    street: str = ""
    postcode: str = ""
    town: str = ""


def address_of(lines: Sequence[str], postcode: str = "") -> Address:
    """The address in HSA's lines: the last one is postcode and town, those before it the street.

    A last line that does not start with a postcode is the town alone; the postcode is then `postcode`, HSA's own field.
    Source: reference/integration/03-services-consumed.md §C2.
    """
    if not lines:
        return Address(postcode=postcode.replace(" ", ""))
    street = ", ".join(lines[:-1])
    if match := _POSTCODE_AND_TOWN.fullmatch(lines[-1]):
        return Address(street, match[1] + match[2], match[3])
    return Address(street, postcode.replace(" ", ""), lines[-1])
