"""HSA's address lines: reference/integration/03-services-consumed.md §C2."""

import pytest

from webcert.staff.address import Address, address_of


@pytest.mark.parametrize(
    ("lines", "postcode", "address"),
    [
        (["Storgatan 1", "123 45 Småmåla"], "", Address("Storgatan 1", "12345", "Småmåla")),
        (["Storgatan 1", "12345 Småmåla"], "99999", Address("Storgatan 1", "12345", "Småmåla")),
        (["Box 12", "Storgatan 1", "123 45 Stora Mellösa"], "", Address("Box 12, Storgatan 1", "12345", "Stora Mellösa")),
        (["Storgatan 1", "12345"], "", Address("Storgatan 1", "12345", "")),
        (["Storgatan 1", "Småmåla"], "123 45", Address("Storgatan 1", "12345", "Småmåla")),
        (["123 45 Småmåla"], "", Address("", "12345", "Småmåla")),
        (["Storgatan 1", "1234567 Småmåla"], "", Address("Storgatan 1", "", "1234567 Småmåla")),
        ([], "12345", Address("", "12345", "")),
        ([], "", Address()),
    ],
)
def test_address(lines: list[str], postcode: str, address: Address) -> None:
    assert address_of(lines, postcode) == address
