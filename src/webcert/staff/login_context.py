"""Who acts, on which unit: the login context, which is passed as `by=` to everything that is done.

Plain values. It is made at login (`login.py`) and kept between requests by `session.py`.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from webcert.staff.identity import Method
from webcert.staff.roles import Role


class Origin(StrEnum):
    """How the user came here (reference/roles-and-login-context.md §2)."""

    NORMAL = "NORMAL"
    DEEP_INTEGRATION = "DJUPINTEGRATION"


@dataclass(frozen=True, slots=True)
class Integration:
    """What the EHR said when it opened Webcert for one patient; what it did not say is as here (reference/roles-and-login-context.md §2.3).

    `shared_record` (sjf): certificates of other care providers may be read. `inactive_unit`, `deceased`, `copying_allowed`: what the EHR
    knows of the unit, of the patient, and of whether new certificates may be made from old ones.
    """

    shared_record: bool = False
    inactive_unit: bool = False
    deceased: bool = False
    copying_allowed: bool = True
    alternate_personal_id: str = ""
    responsible_doctor: str = ""
    reference: str = ""
    given_name: str = ""
    middle_name: str = ""
    surname: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """A coded title (befattning)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class User:
    """The person who is logged in, as HSA knows her. `protected`: her own data are protected.

    `personal_id` (12 digits) is known of who logged in with an e-legitimation. It never leaves the server.
    """

    hsa_id: str
    name: str
    role: Role
    positions: tuple[Position, ...] = ()
    specialities: tuple[str, ...] = ()
    protected: bool = False
    personal_id: str = ""


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

    `unit_id` is empty until a unit is chosen. `signing_provider` is the identity provider to name to the signing service.
    """

    user: User
    units: tuple[Unit, ...]
    unit_id: str
    method: Method
    origin: Origin = Origin.NORMAL
    signing_provider: str = ""
    integration: Integration = Integration()

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

    @property
    def wide_scope(self) -> frozenset[str]:
        """The ids of her care unit and of all its sub-units, also when she works on one of these (reference §4.3, wide)."""
        here = self._by_id.get(self.unit_id)
        care_unit_id = (here and here.parent_id) or self.unit_id
        return frozenset({care_unit_id, *(unit.id for unit in self.sub_units(care_unit_id))})

    @property
    def is_integrated(self) -> bool:
        """Whether she works through her EHR, which then has the lists, the choice of unit and the logging out."""
        return self.origin is Origin.DEEP_INTEGRATION

    @property
    def may_change_unit(self) -> bool:
        """Whether there is another unit to change to here, and not only in the EHR (reference §4.2; manual, table 3)."""
        return len(self.units) > 1 and not self.is_integrated and self.user.role is not Role.PRIVATE_PRACTITIONER

    def reads(self, unit_id: str, care_provider_id: str = "") -> bool:
        """Whether what belongs to the unit is hers to read: integrated, all of her care provider's when that is known (reference §4.3)."""
        if self.is_integrated and care_provider_id:
            return care_provider_id == self.unit.care_provider_id
        return self.writes(unit_id)

    def writes(self, unit_id: str) -> bool:
        """Whether what belongs to the unit is hers to change."""
        return unit_id in (self.wide_scope if self.is_integrated else self.scope)

    def sub_units(self, care_unit_id: str) -> tuple[Unit, ...]:
        """The sub-units of that care unit."""
        return tuple(unit for unit in self.units if unit.parent_id == care_unit_id)

    def at(self, unit_id: str) -> "LoginContext":
        """The same user working on another of her units. Raises KeyError when it is not hers."""
        return replace(self, unit_id=self._by_id[unit_id].id)

    @property
    def _by_id(self) -> dict[str, Unit]:
        return {unit.id: unit for unit in self.units}
