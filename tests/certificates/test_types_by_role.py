"""Which types each role may write (manuals' table 2): what is offered, and what a direct request gets."""

import pytest

from clinic import administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from pen import sign
from webcert.certificates import actions
from webcert.certificates.errors import Denied
from webcert.certificates.models import Certificate
from webcert.certificates.presenters.patient import offered
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

STATEMENTS = ("luse", "luae_na", "luae_fs")


@pytest.fixture
def dentist() -> LoginContext:
    return working("Tove Tand", Role.DENTIST)


def offered_codes(patient: Person, by: LoginContext) -> set[str]:
    return {offer.type.code for offer in offered(patient, by) if not offer.reason}


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.CARE_ADMINISTRATOR])
def test_A_013_doctors_and_administrators_may_write_all_types(patient: Person, role: Role) -> None:
    every = {"FK 7800", "FK 7801", "FK 7802", "FK 7804", "TSTRK1007", "TSTRK1031"}
    assert offered_codes(patient, working("Somebody", role)) == every


def test_A_014_a_dentist_is_offered_FK_7804_alone(patient: Person, dentist: LoginContext) -> None:
    assert offered_codes(patient, dentist) == {"FK 7804"}


@pytest.mark.parametrize("type", [*STATEMENTS, "ts-bas", "ts-diabetes"])
def test_A_014_a_direct_request_of_a_dentist_is_refused(patient: Person, dentist: LoginContext, type: str) -> None:
    with pytest.raises(Denied):
        actions.create(type, patient=patient, by=dentist)
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("type", STATEMENTS)
def test_an_administrator_writes_statements_but_does_not_sign_them(patient: Person, administrator: LoginContext, type: str) -> None:
    draft = actions.create(type, patient=patient, by=administrator)
    with pytest.raises(Denied):
        sign(draft.id, revision=draft.revision, by=administrator)


@pytest.mark.parametrize("type", STATEMENTS)
def test_a_dentist_does_not_read_statements(patient: Person, doctor: LoginContext, dentist: LoginContext, type: str) -> None:
    draft = actions.create(type, patient=patient, by=doctor)
    with pytest.raises(Denied):
        actions.read(draft.id, by=dentist)
