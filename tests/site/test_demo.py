"""The demonstration: one valid certificate of each type and version, which the stand-ins' staff can open."""

import pytest

from clinic import outside, running_simulators, simulators  # noqa: F401
from official import schema_errors
from simulated import Simulators
from simulators.organisation import UNITS
from simulators.people import BY_ID
from simulators.population import PERSONS
from webcert.certificate_types import TYPES
from webcert.certificates.models import Certificate
from webcert.site import demo
from webcert.site.demo.issuers import ISSUERS

pytestmark = pytest.mark.django_db


def test_every_type_and_version_has_one_signed_example(outside: Simulators) -> None:
    known = {(type.id, version.version): version.valid_from for type in TYPES.values() for version in type.text_versions}

    assert demo.fill() == len(known)
    taken = Certificate.objects.all()
    assert {(certificate.type, certificate.version) for certificate in taken} == known.keys()
    assert {certificate.patient_id for certificate in taken} <= {person.number for person in PERSONS if not person.protection}
    for certificate in taken:
        assert certificate.signed_at
        assert certificate.signed_at.date() >= known[certificate.type, certificate.version]
        assert schema_errors(bytes(certificate.signed_xml or b"")) == []


def test_only_an_empty_database_is_filled(outside: Simulators) -> None:
    demo.fill()
    count = Certificate.objects.count()
    assert demo.fill() == 0
    assert Certificate.objects.count() == count


def test_without_the_population_register_nothing_is_filled(outside: Simulators) -> None:
    outside.set_mode("pu", "down")
    assert demo.fill() == 0
    assert not Certificate.objects.exists()


def test_the_signers_and_their_unit_are_those_of_the_stand_ins() -> None:
    for issuer in ISSUERS.values():
        employee, unit = BY_ID[issuer.hsa_id], UNITS[issuer.unit.id]
        assert issuer.name == employee.name
        assert {(position.code, position.display) for position in issuer.positions} == set(employee.positions)
        assert unit.id in {id for id, _ in employee.assignments}
        assert (issuer.unit.name, issuer.unit.address, issuer.unit.phone) == (unit.name, unit.street, unit.phone)
        assert issuer.unit.workplace_code == unit.workplace_code
        assert (issuer.unit.care_provider_id, issuer.unit.care_provider_name) == (unit.provider.id, unit.provider.name)
