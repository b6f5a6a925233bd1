"""People and patients for the life of certificates: a doctor and a care administrator on one unit, and PU's stand-in."""

from typing import Any

import pytest

from simulated import Simulators, running_simulators, simulators  # noqa: F401
from webcert.patients import actions as patients
from webcert.patients import pu as register
from webcert.patients.models import Person
from webcert.staff.identity import Method
from webcert.staff.login_context import LoginContext, Position, Unit, User
from webcert.staff.roles import Role
from webcert.vocabulary.personal_id import PersonalId

TOLVAN = "191212121212"


def unit(id: str = "SE2321000990-1001", name: str = "Björkängens vårdcentral", parent: str | None = None) -> Unit:
    """A care unit with everything that a certificate needs."""
    return Unit(
        id=id,
        name=name,
        care_provider_id="SE2321000990-0001",
        care_provider_name="Region Exempel",
        address="Björkvägen 1",
        postcode="123 45",
        town="Björkhagen",
        phone="010-123 45 67",
        email="",
        workplace_code="1234567",
        parent_id=parent,
    )


def working(name: str, role: Role, *units: Unit, hsa_id: str = "") -> LoginContext:
    """Somebody with that role, logged in on the first of the units."""
    here = units or (unit(),)
    user = User(hsa_id or f"SE2321000990-{name[:4]}", name, role, (Position("201010", "Överläkare"),), ("Allmänmedicin",))
    return LoginContext(user, here, here[0].id, Method.SITHS)


@pytest.fixture
def doctor() -> LoginContext:
    return working("Maja Lindqvist", Role.DOCTOR)


@pytest.fixture
def administrator() -> LoginContext:
    return working("Karin Ek", Role.CARE_ADMINISTRATOR)


@pytest.fixture
def outside(simulators: Simulators, settings: Any, db: None) -> Simulators:
    """The product asks the stand-ins, anew each time."""
    register._client.cache_clear()
    settings.WEBCERT = settings.WEBCERT.model_copy(
        update={"pu_url": f"{simulators.url}/pu", "outside_timeout_seconds": 2.0, "pu_cache_seconds": 0}
    )
    return simulators


def person(personal_id: str) -> Person:
    """The patient with that number, as PU's stand-in tells."""
    found = patients.look_up(PersonalId(personal_id)).person
    assert found
    return found


@pytest.fixture
def patient(outside: Simulators) -> Person:
    return person(TOLVAN)
