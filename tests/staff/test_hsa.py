"""The client of HSA against the stand-in: what is asked keeps the contracts, what is answered is understood, what fails is told."""

from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from shared import shared
from simulated import Simulators
from simulators.contracts import Contracts
from webcert.staff import hsa as directory
from webcert.staff.address import Address
from webcert.staff.hsa import CARE_UNIT, CREDENTIALS, EMPLOYEE, MEMBERS, UNIT, HsaUnavailable, Service, Validity

MAJA, MEDICIN, DIABETES = "SE2321000990-2001", "SE2321000990-1020", "SE2321000990-1021"


@pytest.mark.parametrize(
    ("service", "field"),
    [
        (CREDENTIALS, "personHsaId"),
        (EMPLOYEE, "personHsaId"),
        (UNIT, "unitHsaId"),
        (CARE_UNIT, "healthCareUnitMemberHsaId"),
        (MEMBERS, "healthCareUnitHsaId"),
    ],
)
def test_every_request_keeps_the_contract(service: Service, field: str) -> None:
    message = etree.fromstring(directory.request(service, field, "SE1-<Å>"))
    assert Contracts(shared("rivta")).flaws(message) == []


def test_a_person(hsa: Simulators) -> None:
    credentials, employee = directory.credentials(MAJA), directory.employee(MAJA)
    assert credentials.licences == {"Läkare"}
    assert credentials.position_codes == {"201010"}
    assert [assignment.unit_id[-4:] for assignment in credentials.assignments] == ["1010", "1020", "1010"]
    assert employee
    assert (employee.name, employee.protected) == ("Maja Lindqvist", False)
    assert employee.specialities == {"Allmänmedicin", "Internmedicin"}
    assert employee.positions == {("201010", "Överläkare")}


def test_a_unit_with_its_sub_units(hsa: Simulators) -> None:
    unit, members = directory.unit(MEDICIN), directory.members(MEDICIN)
    assert unit
    assert unit.name == "Medicinkliniken Nordanviks sjukhus"
    assert unit.address == Address("Box 12, Sjukhusgatan 1", "87198", "Nordanvik")
    assert (unit.phone, unit.email) == ("061177200", "medicin@nordanvik.example")
    assert members.workplace_codes == ("8710020",)
    assert [(member.contact.id[-4:], member.workplace_codes) for member in members.sub_units] == [("1021", ("8710021",)), ("1022", ())]
    assert directory.care_unit_of(DIABETES) == MEDICIN
    assert directory.care_unit_of(MEDICIN) == MEDICIN


def test_nobody_and_nothing(hsa: Simulators) -> None:
    assert directory.credentials("SE0-0") == directory.Credentials()
    assert directory.employee("SE0-0") is None
    assert directory.unit("SE0-0") is None
    assert directory.care_unit_of("SE0-0") is None
    assert directory.members("SE0-0") == directory.Members()


@pytest.mark.usefixtures("closed_circuits")
@pytest.mark.parametrize("mode", ["error", "fault", "garbage", "slow", "down"])
def test_every_failure_is_one_kind_of_error(hsa: Simulators, settings: Any, mode: str) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"outside_timeout_seconds": 0.2})
    hsa.set_mode("hsa", mode, seconds=0.5)
    with pytest.raises(HsaUnavailable):
        directory.unit(MEDICIN)


def test_without_an_address_nobody_is_asked(settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"hsa_url": None})
    with pytest.raises(HsaUnavailable, match="no address"):
        directory.unit(MEDICIN)


def test_validity_includes_both_ends() -> None:
    day = datetime(2019, 10, 1, tzinfo=UTC)
    assert Validity(day, day).holds(day)
    assert Validity(None, None).holds(day)
    assert not Validity(datetime(2019, 10, 2, tzinfo=UTC), None).holds(day)
    assert not Validity(None, datetime(2019, 9, 30, tzinfo=UTC)).holds(day)
