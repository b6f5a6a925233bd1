"""From assignments to units: every rule of reference/roles-and-login-context.md §4.1, on a directory that is made for it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from webcert.staff import hsa
from webcert.staff.address import Address
from webcert.staff.hsa import Assignment, Member, Members, UnitContact, Validity
from webcert.staff.organisation import units_of

NOW = datetime(2019, 10, 1, 12, tzinfo=UTC)
OPEN, ENDED, COMING = (
    Validity(None, None),
    Validity(None, datetime(2019, 9, 30, tzinfo=UTC)),
    Validity(datetime(2019, 10, 2, tzinfo=UTC), None),
)


def contact(id: str, name: str) -> UnitContact:
    return UnitContact(id, name, Address("Gatan 1", "12345", "Orten"), "010", "")


def member(id: str, name: str, *codes: str, validity: Validity = OPEN) -> Member:
    return Member(contact(id, name), codes, validity)


DIRECTORY: Mapping[str, tuple[str, Members]] = {
    "A": ("Ängen", Members(("1234567", "7654321"), (member("A2", "Öst", "2"), member("A1", "Åsen"), member("A3", "Norr", validity=ENDED)))),
    "B": ("Backen", Members()),
}


@pytest.fixture(autouse=True)
def directory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hsa, "unit", lambda id: contact(id, DIRECTORY[id][0]) if id in DIRECTORY else None)
    monkeypatch.setattr(hsa, "members", lambda id: DIRECTORY[id][1])


def assignment(unit_id: str, purpose: str = "Vård och behandling", provider: str = "Region", **validity: Validity) -> Assignment:
    told: dict[str, Any] = {"unit_validity": OPEN, "care_provider_validity": OPEN} | validity
    return Assignment(name=f"VoB {unit_id}", purpose=purpose, unit_id=unit_id, care_provider_id="P", care_provider_name=provider, **told)


def ids(*assignments: Assignment) -> list[str]:
    return [unit.id for unit in units_of(assignments, NOW)]


@pytest.mark.parametrize(
    ("assigned", "found"),
    [
        (assignment("B"), ["B"]),
        (assignment("B", "VÅRD OCH BEHANDLING"), ["B"]),
        (assignment("B", "Administration"), []),
        (assignment("B", "Vård"), []),
        (assignment("B", unit_validity=ENDED), []),
        (assignment("B", unit_validity=COMING), []),
        (assignment("B", unit_validity=Validity(NOW, NOW)), ["B"]),
        (assignment("B", care_provider_validity=ENDED), []),
        (assignment("unknown to HSA"), []),
        (assignment(""), []),
    ],
)
def test_which_assignments_open_a_unit(assigned: Assignment, found: list[str]) -> None:
    assert ids(assigned) == found


def test_units_are_read_by_provider_and_name_each_with_its_active_sub_units() -> None:
    assert ids(assignment("A"), assignment("B")) == ["B", "A", "A1", "A2"]
    assert ids(assignment("A", provider="Alfa"), assignment("B", provider="Östra"))[0] == "A"
    assert ids(assignment("B"), assignment("B")) == ["B"]


def test_a_unit_has_its_first_workplace_code_or_none_and_the_assignment_that_opens_it() -> None:
    units = {unit.id: unit for unit in units_of([assignment("A"), assignment("B")], NOW)}
    assert {id: unit.workplace_code for id, unit in units.items()} == {"A": "1234567", "A1": "0000000", "A2": "2", "B": "0000000"}
    assert {unit.assignment for id, unit in units.items() if id.startswith("A")} == {"VoB A"}
    assert {id: unit.parent_id for id, unit in units.items()} == {"A": None, "A1": "A", "A2": "A", "B": None}
