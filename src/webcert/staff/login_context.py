"""Who acts, on which unit: the login context, which is passed as `by=` to everything that is done.

Plain values. It is made at login (`login.py`) and kept between requests by `session.py`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from webcert.staff.roles import Role


class Method(StrEnum):
    """How the user proved who she is."""

    SITHS = "SITHS"
    SIMULATED = "SIMULATED"


class Origin(StrEnum):
    """How the user came here (reference/roles-and-login-context.md §2)."""

    NORMAL = "NORMAL"


@dataclass(frozen=True, slots=True)
class Position:
    """A coded title (befattning)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """The person who is logged in, as HSA knows her. `protected`: her own data are protected."""

    hsa_id: str
    name: str
    role: Role
    positions: tuple[Position, ...] = ()
    specialities: tuple[str, ...] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A care unit, or a sub-unit when it has a `parent_id`. What HSA does not know is empty.

    `assignment` names the user's assignment (medarbetaruppdrag) that opens the unit for her; the access log tells it.
    """

    id: str
    name: str
    care_provider_id: str
    care_provider_name: str
    address: str
    postcode: str
    town: str
    phone: str
    email: str
    workplace_code: str
    parent_id: str | None = None
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class LoginContext:
    """The user, her units in the order of reading (provider, care unit, its sub-units), and the one where she works now.

    `unit_id` is empty until a unit is chosen.
    """

    user: User
    units: tuple[Unit, ...]
    unit_id: str
    method: Method
    origin: Origin = Origin.NORMAL

    @property
    def unit(self) -> Unit:
        """The unit where the user works. Only for requests that have passed `unit_required`: raises KeyError before the choice."""
        return self._by_id[self.unit_id]

    @property
    def care_units(self) -> tuple[Unit, ...]:
        """The units that are not part of another."""
        return tuple(unit for unit in self.units if unit.parent_id is None)

    @property
    def scope(self) -> frozenset[str]:
        """The ids of the unit where the user works and of its sub-units: what she may read and write (reference §4.3, narrow)."""
        return frozenset({self.unit_id, *(unit.id for unit in self.sub_units(self.unit_id))})

    def sub_units(self, care_unit_id: str) -> tuple[Unit, ...]:
        """The sub-units of that care unit."""
        return tuple(unit for unit in self.units if unit.parent_id == care_unit_id)

    def at(self, unit_id: str) -> "LoginContext":
        """The same user working on another of her units. Raises KeyError when it is not hers."""
        return replace(self, unit_id=self._by_id[unit_id].id)

    @property
    def _by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}
