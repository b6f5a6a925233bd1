"""The demonstration: one valid certificate of each type and version, which the stand-ins' staff can open."""

from typing import Any

import pytest
from lxml import etree

from clinic import outside, running_simulators, simulators, unit, working  # noqa: F401
from logged_in import browser_of
from official import revocation_errors, schema_errors
from simulated import Simulators
from simulators.organisation import UNITS
from simulators.people import BY_ID
from simulators.population import PERSONS
from webcert.certificate_types import TYPES
from webcert.certificates import ending
from webcert.certificates.document import signed_intyg
from webcert.certificates.models import Certificate
from webcert.certificates.signatures import judged
from webcert.recipients.revocation import revocation_of
from webcert.site import demo
from webcert.site.demo.issuers import ISSUERS
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand_ins(outside: Simulators, settings: Any) -> Simulators:
    """Also those who sign."""
    told = {"sign_service_url": f"{outside.identity_url}/sign-service", "signer_authorities": outside.folder / "pki" / "signers.crt"}
    settings.WEBCERT = settings.WEBCERT.model_copy(update=told)
    return outside


def test_every_type_and_version_has_one_signed_example(stand_ins: Simulators) -> None:
    known = {(type.id, version.version): version.valid_from for type in TYPES.values() for version in type.text_versions}

    assert demo.fill() == len(known)
    taken = Certificate.objects.all()
    assert {(certificate.type, certificate.version) for certificate in taken} == known.keys()
    assert {certificate.patient_id for certificate in taken} <= {person.number for person in PERSONS if not person.protection}
    for certificate in taken:
        assert certificate.signed_at
        assert certificate.signed_at.date() >= known[certificate.type, certificate.version]
        assert schema_errors(bytes(certificate.signed_xml or b"")) == []
        assert (judgement := judged(certificate))
        assert (judgement.holds, judgement.signer) == (True, certificate.signed_by_name), judgement.flaw
    assert demo.fill() == 0, "only an empty database is filled"


def test_every_version_can_be_read_printed_and_revoked(stand_ins: Simulators, subtests: Any) -> None:
    assert demo.fill()
    for certificate in Certificate.objects.order_by("type", "version"):
        with subtests.test(type=certificate.type, version=certificate.version):
            doctor = working("Maja Lindqvist", Role.DOCTOR, unit(certificate.unit_id))
            intyg, browser = signed_intyg(certificate), browser_of(doctor)
            assert intyg

            page, printed = browser.get(f"/intyg/{certificate.id}"), browser.get(f"/intyg/{certificate.id}/skriv-ut")
            assert page.status_code == 200
            assert TYPES[certificate.type].name in page.content.decode()
            assert printed.content.startswith(b"%PDF-")

            revoked = ending.revoke(certificate.id, reason="FEL_PATIENT", text="", by=doctor)
            message = revocation_of(revoked)
            assert revocation_errors(message) == []
            told = etree.fromstring(message)
            assert [id.text for id in told.iterfind("{*}intygs-id/{*}extension")] == [intyg.id]
            assert [id.text for id in told.iterfind("{*}patientPerson-id/{*}extension")] == [intyg.patient.personal_id]


def test_without_the_population_register_or_somebody_to_sign_nothing_is_filled(stand_ins: Simulators, settings: Any) -> None:
    stand_ins.set_mode("pu", "down")
    assert demo.fill() == 0
    stand_ins.set_mode("pu", "normal")
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"sign_service_url": f"{stand_ins.identity_url}/nowhere"})
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
