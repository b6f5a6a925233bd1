"""From a person's assignments in HSA to the units where she may work, in the order in which they are read.

Source: reference/roles-and-login-context.md §4.1.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from webcert.staff import hsa
from webcert.staff.hsa import Assignment, UnitContact
from webcert.staff.login_context import Unit
from webcert.vocabulary import oids
from webcert.vocabulary.swedish import swedish_order

PURPOSE = "Vård och behandling"
"""The only purpose that opens Webcert."""


def units_of(assignments: Iterable[Assignment], now: datetime) -> tuple[Unit, ...]:
    """The care units of the valid assignments for care, each followed by its active sub-units; by provider and name.

    Units that HSA does not know are left out. Raises HsaUnavailable.
    """
    valid = {assignment.unit_id: assignment for assignment in assignments if _counts(assignment, now)}
    care_units = (_care_unit(assignment, now) for assignment in valid.values())
    known = [units for units in care_units if units]
    known.sort(key=lambda units: (swedish_order(units[0].care_provider_name), swedish_order(units[0].name)))
    return tuple(unit for units in known for unit in units)


def _counts(assignment: Assignment, now: datetime) -> bool:
    return (
        assignment.purpose.lower() == PURPOSE.lower()
        and bool(assignment.unit_id)
        and assignment.unit_validity.holds(now)
        and assignment.care_provider_validity.holds(now)
    )


def _care_unit(assignment: Assignment, now: datetime) -> list[Unit]:
    """The care unit and after it its sub-units; nothing when HSA does not know the unit."""
    contact = hsa.unit(assignment.unit_id)
    if contact is None:
        return []
    members = hsa.members(assignment.unit_id)
    active = [member for member in members.sub_units if member.validity.holds(now)]
    active.sort(key=lambda member: swedish_order(member.contact.name))
    sub_units = (_unit(member.contact, assignment, member.workplace_codes, parent_id=contact.id) for member in active)
    return [_unit(contact, assignment, members.workplace_codes), *sub_units]


def _unit(contact: UnitContact, assignment: Assignment, workplace_codes: Sequence[str], parent_id: str | None = None) -> Unit:
    return Unit(
        id=contact.id,
        name=contact.name,
        care_provider_id=assignment.care_provider_id,
        care_provider_name=assignment.care_provider_name,
        address=contact.address.street,
        postcode=contact.address.postcode,
        town=contact.address.town,
        phone=contact.phone,
        email=contact.email,
        workplace_code=workplace_codes[0] if workplace_codes else oids.NO_WORKPLACE_CODE,
        parent_id=parent_id,
        assignment=assignment.name,
    )
