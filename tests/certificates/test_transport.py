"""Certificates to Transportstyrelsen: protected patients, the version that is issued, and what the document says of the patient."""

from typing import Any
from uuid import uuid4

import pytest

from certificates.test_life_pages import buttons, page_of
from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from example_transport import TSTRK1007_6, TSTRK1007_7, TSTRK1031_2, TSTRK1031_4
from logged_in import browser_of
from official import revocation_errors, schema_errors, schematron_accepts
from pen import sign
from shared import shared
from simulated import Simulators
from web_user import fields_of
from webcert.certificate_types.received import judge
from webcert.certificates import actions, ending, following, taking_in
from webcert.certificates.errors import Denied
from webcert.certificates.models import Certificate, Status
from webcert.patients.models import Person
from webcert.recipients.revocation import revocation_of
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

PROTECTED = "198001910002"
TYPES = ("ts-bas", "ts-diabetes")
OLD = {"tstrk1007_version": "6.8", "tstrk1031_version": "2.8"}
"""The switch for the versions of the manuals."""


def switch(settings: Any, **versions: str) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update=versions)


def signed(type: str, answers: dict[str, Any], patient: Person, by: LoginContext) -> Certificate:
    draft = actions.create(type, patient=patient, by=by)
    draft = actions.open_draft(draft.id, by=by).certificate
    fields = fields_of(answers | draft.answers, actions.form_of(draft))
    actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=1, by=by)
    return sign(draft.id, revision=draft.revision, by=by)


ISSUED = [
    ("ts-bas", "7.0", {}, TSTRK1007_7[0], "tstrk1007.v7"),
    ("ts-bas", "6.8", OLD, TSTRK1007_6[0], "tstrk1007.v6"),
    ("ts-diabetes", "4.2", {}, TSTRK1031_4[0], "tstrk1031.v4"),
    ("ts-diabetes", "2.8", OLD, TSTRK1031_2[0], None),
]


@pytest.mark.parametrize(("type", "version", "chosen", "answers", "schematron"), ISSUED, ids=[version for _, version, *_ in ISSUED])
def test_the_chosen_version_is_written_and_signed(
    patient: Person,
    doctor: LoginContext,
    settings: Any,
    type: str,
    version: str,
    chosen: dict[str, str],
    answers: Any,
    schematron: str | None,
) -> None:
    switch(settings, **chosen)
    certificate = signed(type, answers, patient, doctor)
    document = bytes(certificate.signed_xml or b"")
    intyg = judge(document, today=clock.today()).intyg
    address = (intyg.patient.given_name, intyg.patient.surname, intyg.patient.address, intyg.patient.postcode, intyg.patient.town)

    assert (certificate.version, certificate.status) == (version, Status.SIGNED)
    assert schema_errors(document) == []
    assert schematron is None or schematron_accepts(document, schematron)
    assert intyg.type_system == "f6fb361a-e31d-48b8-8657-99b63912dd9b"
    expected = (patient.given_name, patient.surname, patient.street, patient.postcode, patient.town)
    assert address == (expected if chosen else ("",) * 5)
    assert certificate.summary


def test_the_address_comes_from_the_population_register_and_can_be_put_right(patient: Person, doctor: LoginContext, settings: Any) -> None:
    switch(settings, **OLD)
    draft = actions.create("ts-bas", patient=patient, by=doctor)
    assert draft.answers["patient"] == {"address": patient.street, "postcode": patient.postcode, "town": patient.town}


@pytest.mark.parametrize("type", TYPES)
def test_nobody_handles_these_types_for_a_protected_patient(outside: Simulators, doctor: LoginContext, type: str) -> None:
    draft = actions.create(type, patient=person(TOLVAN), by=doctor)
    with pytest.raises(Denied) as refused:
        actions.create(type, patient=person(PROTECTED), by=doctor)
    assert refused.value.code == "AUTHORIZATION_SEKRETESS"
    outside.post("/pu/person", number=TOLVAN, protection="sekretessmarkering")
    for attempt in (actions.open_draft, actions.read, actions.record_print):
        with pytest.raises(Denied) as refused:
            attempt(draft.id, by=doctor)
        assert refused.value.code == "AUTHORIZATION_SEKRETESS"


@pytest.mark.parametrize("type", TYPES)
def test_what_is_older_than_the_issued_version_can_only_be_read_printed_deleted_and_revoked(
    patient: Person, doctor: LoginContext, settings: Any, type: str
) -> None:
    switch(settings, **OLD)
    answers = {"ts-bas": TSTRK1007_6[0], "ts-diabetes": TSTRK1031_2[0]}[type]
    certificate, draft = signed(type, answers, patient, doctor), actions.create(type, patient=patient, by=doctor)
    switch(settings, tstrk1007_version="7.0", tstrk1031_version="4.2")

    for attempt in (
        lambda: actions.send(certificate.id, by=doctor),
        lambda: following.replace(certificate.id, by=doctor),
        lambda: actions.open_draft(draft.id, by=doctor),
        lambda: sign(draft.id, revision=draft.revision, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "NOT_LATEST_MAJOR_VERSION"
    assert actions.read(certificate.id, by=doctor).certificate.version == certificate.version
    assert actions.record_print(certificate.id, by=doctor)
    for id, button in ((certificate.id, "Makulera"), (draft.id, "Radera")):
        page = page_of(browser_of(doctor), id)
        assert "Intyget har en äldre version, med andra frågor." in page.xpath("string(//main)")
        assert buttons(page) == ["Skriv ut", button]
        assert not page.xpath("//form[@data-draft]")
    actions.delete(draft.id, by=doctor)


OLDER = [
    ("tstrk1007/v6/valid-maximal.legacy-registertsbas.xml", "6.7"),
    ("tstrk1007/v6/valid-version0608.legacy-to-utlatande-v1.xml", "6.8"),
    ("tstrk1031/v2/transform-valid-syn.legacy-registertsdiabetes.xml", "2.6"),
    ("tstrk1031/v2/transform-valid-syn.legacy-to-utlatande-v1.xml", "2.6"),
]


@pytest.mark.parametrize(("sample", "version"), OLDER)
def test_what_is_stored_in_an_older_contract_is_read_printed_and_revoked(outside: Simulators, sample: str, version: str) -> None:
    document = shared(f"data/samples/{sample}").read_bytes()
    taken = taking_in.take_in(document)
    doctor = working("Maja Lindqvist", Role.DOCTOR, unit(taken.unit_id))
    browser = browser_of(doctor)

    assert taking_in.take_in(document).id == taken.id
    assert taken.version == version
    assert browser.get(f"/intyg/{taken.id}").status_code == 200
    assert browser.get(f"/intyg/{taken.id}/skriv-ut").content.startswith(b"%PDF-")
    revoked = ending.revoke(taken.id, reason="FEL_PATIENT", text="", by=doctor)
    assert revocation_errors(revocation_of(revoked)) == []


def test_what_has_changed_of_the_patient_since_it_was_signed_is_told(
    outside: Simulators, patient: Person, doctor: LoginContext, settings: Any
) -> None:
    switch(settings, **OLD)
    certificate = signed("ts-bas", TSTRK1007_6[0], patient, doctor)
    document = bytes(certificate.signed_xml or b"").decode()
    for before, after, told in (
        (patient.surname, patient.surname, []),
        (f">{patient.surname}<", ">Annansson<", ["Patientens namn har ändrats"]),
        (f">{patient.town}<", ">Annanstad<", ["Patientens adress har ändrats"]),
    ):
        Certificate.objects.filter(pk=certificate.id).update(signed_xml=document.replace(before, after).encode())
        page = page_of(browser_of(doctor), certificate.id)
        assert [alert.text_content().strip() for alert in page.xpath("//*[@class='alert-line']")] == told
        assert bool(page.xpath("//dialog[@id='patient-changed']")) is bool(told)


def test_a_draft_of_the_issued_version_gets_the_newest_words_and_keeps_its_questions(patient: Person, doctor: LoginContext) -> None:
    draft = actions.create("ts-diabetes", patient=patient, by=doctor)
    Certificate.objects.filter(pk=draft.id).update(version="4.0")
    assert actions.open_draft(draft.id, by=doctor).certificate.version == "4.2"


@pytest.mark.parametrize("type", TYPES)
def test_it_is_replaced_but_never_renewed(patient: Person, doctor: LoginContext, type: str) -> None:
    answers = {"ts-bas": TSTRK1007_7[0], "ts-diabetes": TSTRK1031_4[0]}[type]
    certificate = signed(type, answers, patient, doctor)
    with pytest.raises(Denied) as refused:
        following.renew(certificate.id, by=doctor)
    assert refused.value.code == "AUTHORIZATION_VALIDATION"
    replacing = following.replace(certificate.id, by=doctor, new_id=uuid4())
    assert replacing.answers["33"] == answers["33"]
    assert replacing.status == Status.COMPLETE


@pytest.mark.parametrize("type", TYPES)
def test_an_administrator_writes_but_does_not_sign(patient: Person, administrator: LoginContext, type: str) -> None:
    draft = actions.create(type, patient=patient, by=administrator)
    with pytest.raises(Denied):
        sign(draft.id, revision=draft.revision, by=administrator)
    with pytest.raises(Denied):
        actions.read(draft.id, by=working("Tove Tand", Role.DENTIST))
