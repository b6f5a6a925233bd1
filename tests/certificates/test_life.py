"""A certificate from draft to delivered: what each action changes, records and refuses."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from example_fk7804 import FULL
from pen import sign
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificate_types import FK7804
from webcert.certificate_types.received import judge
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import Denied, Incomplete, NotFound, StaleRevision
from webcert.certificates.models import Certificate, Event, Status
from webcert.code_systems.actions import load_starter_lists
from webcert.code_systems.register import REGISTER
from webcert.patients.models import Person
from webcert.riv import signed_form, xml
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def codes(db: None) -> None:
    """The starter lists, so that codes are known."""
    load_starter_lists()
    REGISTER.forget()


def fields_of(answers: dict[str, Any]) -> dict[str, str]:
    """What a page with these answers posts."""
    return {name: text for question in FK7804.newest_form.questions for name, text in question.encode(answers.get(question.id)).items()}


def filled(draft: Certificate, by: LoginContext, **changes: Any) -> Certificate:
    """The draft with a full set of answers saved."""
    answers = FULL | {"unit": draft.answers["unit"]} | changes
    saved = actions.save(draft.id, fields=fields_of(answers), focus="", revision=draft.revision, sequence=draft.sequence + 1, by=by)
    return saved.draft


@pytest.fixture
def draft(patient: Person, doctor: LoginContext) -> Certificate:
    return actions.create("lisjp", patient=patient, by=doctor)


@pytest.fixture
def signed(draft: Certificate, doctor: LoginContext) -> Certificate:
    filled(draft, doctor)
    return sign(draft.id, revision=draft.revision, by=doctor)


def kinds(certificate: Certificate) -> list[str]:
    return list(Event.objects.filter(certificate_id=certificate.id).order_by("id").values_list("kind", flat=True))


def test_A_052_a_new_draft_belongs_to_the_unit_and_has_its_address(draft: Certificate, doctor: LoginContext) -> None:
    kept = Certificate.objects.get(pk=draft.id)
    assert (kept.unit_id, kept.patient_id, kept.status) == (doctor.unit.id, TOLVAN, Status.INCOMPLETE)
    assert kept.answers["unit"] == {"address": "Björkvägen 1", "postcode": "123 45", "town": "Björkhagen", "phone": "010-123 45 67"}
    assert kept.version == "1.3"


def test_A_046_A_047_an_incomplete_draft_is_kept_as_typed(draft: Certificate, doctor: LoginContext) -> None:
    fields = fields_of({"unit": draft.answers["unit"], "1": [{"code": "UNDERSOKNING", "date": "2019-13-45"}]})
    saved = actions.save(draft.id, fields=fields, focus="", revision=draft.revision, sequence=1, by=doctor)
    kept = Certificate.objects.get(pk=draft.id)
    assert kept.answers["1"] == [{"code": "UNDERSOKNING", "date": "2019-13-45"}]
    assert kept.status == Status.INCOMPLETE
    assert any(problem.field == "1.UNDERSOKNING" for problem in saved.evaluation.problems)


def test_a_late_save_changes_nothing(draft: Certificate, doctor: LoginContext) -> None:
    newer, older = fields_of({"25": "nytt"}), fields_of({"25": "gammalt"})
    actions.save(draft.id, fields=newer, focus="", revision=draft.revision, sequence=2, by=doctor)
    actions.save(draft.id, fields=older, focus="", revision=draft.revision, sequence=1, by=doctor)
    assert Certificate.objects.get(pk=draft.id).answers["25"] == "nytt"


def test_the_first_change_after_each_opening_is_recorded_once(draft: Certificate, doctor: LoginContext) -> None:
    for sequence in (1, 2, 3):
        actions.save(draft.id, fields={}, focus="", revision=draft.revision, sequence=sequence, by=doctor)
    opened = actions.open_draft(draft.id, by=doctor).certificate
    actions.save(draft.id, fields={}, focus="", revision=opened.revision, sequence=1, by=doctor)
    assert kinds(draft) == ["CREATED", "CHANGED", "CHANGED"]


def test_A_058_who_opens_last_has_the_draft(draft: Certificate, doctor: LoginContext, administrator: LoginContext) -> None:
    filled(draft, doctor)
    actions.open_draft(draft.id, by=administrator)
    with pytest.raises(StaleRevision) as refused:
        filled(draft, doctor, **{"25": "för sent"})
    assert "Karin Ek" in refused.value.text
    assert "25" not in Certificate.objects.get(pk=draft.id).answers or Certificate.objects.get(pk=draft.id).answers["25"] != "för sent"


def test_A_045_A_057_a_colleague_on_the_unit_goes_on_with_the_draft_and_signs_it(draft: Certificate, doctor: LoginContext) -> None:
    colleague = working("Lena Karlsson", Role.DOCTOR)
    opened = actions.open_draft(draft.id, by=colleague)
    assert opened.to_write
    filled(opened.certificate, colleague)
    kept = Certificate.objects.get(pk=draft.id)
    assert (kept.created_by_name, kept.saved_by_name, kept.status) == (doctor.user.name, "Lena Karlsson", Status.COMPLETE)
    assert sign(draft.id, revision=kept.revision, by=colleague).signed_by_name == "Lena Karlsson"


@pytest.mark.parametrize("role", Role)
def test_A_020_every_role_edits_prints_and_deletes_a_draft(draft: Certificate, role: Role) -> None:
    """The buttons and what they do, with forwarding or marking ready besides, are in test_pages.py and test_ready.py."""
    by = working("Någon Annan", role)
    filled(actions.open_draft(draft.id, by=by).certificate, by)
    assert Certificate.objects.get(pk=draft.id).status == Status.COMPLETE
    actions.record_print(draft.id, by=by)
    actions.delete(draft.id, by=by)
    assert kinds(draft) == ["CREATED", "CHANGED", "PRINTED", "DELETED"]


def test_A_140_nothing_is_signed_while_something_is_missing(draft: Certificate, doctor: LoginContext) -> None:
    with pytest.raises(Incomplete) as refused:
        sign(draft.id, revision=draft.revision, by=doctor)
    assert {"1", "28", "6", "32"} <= {problem.question for problem in refused.value.problems}
    kept = Certificate.objects.get(pk=draft.id)
    assert kept.status == Status.INCOMPLETE
    assert kept.signed_xml is None


def test_A_053_signing_keeps_the_exact_document_and_its_digest(signed: Certificate, doctor: LoginContext) -> None:
    kept = Certificate.objects.get(pk=signed.id)
    document = bytes(kept.signed_xml or b"")
    verdict = judge(document, today=date.today())  # noqa: DTZ011
    assert kept.status == Status.SIGNED
    assert verdict.valid
    assert verdict.intyg.id == str(kept.id)
    assert verdict.intyg.patient.personal_id == TOLVAN
    assert verdict.intyg.issuer.hsa_id == doctor.user.hsa_id
    assert kept.digest == signed_form.digest(xml.parse(document), str(kept.id))
    assert kept.summary


def test_A_016_an_administrator_cannot_sign(draft: Certificate, administrator: LoginContext) -> None:
    opened = actions.open_draft(draft.id, by=administrator).certificate
    filled(opened, administrator)
    with pytest.raises(Denied) as refused:
        sign(draft.id, revision=opened.revision, by=administrator)
    assert refused.value.code == "AUTHORIZATION_VALIDATION"


def test_A_049_a_signed_certificate_never_changes(signed: Certificate, doctor: LoginContext) -> None:
    before = bytes(Certificate.objects.get(pk=signed.id).signed_xml or b"")
    for attempt in (
        lambda: filled(signed, doctor, **{"25": "ändrat"}),
        lambda: actions.delete(signed.id, by=doctor),
        lambda: sign(signed.id, revision=signed.revision, by=doctor),
        lambda: actions.open_draft(signed.id, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.status == 409
    assert bytes(Certificate.objects.get(pk=signed.id).signed_xml or b"") == before


def test_A_066_A_070_an_administrator_sends_too_and_one_delivery_is_put_in_the_queue(
    signed: Certificate, administrator: LoginContext
) -> None:
    actions.send(signed.id, by=administrator)
    assert Certificate.objects.get(pk=signed.id).sent_at
    with pytest.raises(Denied) as refused:
        actions.send(signed.id, by=administrator)
    assert refused.value.text == "Intyget är redan skickat."
    jobs = ProcrastinateJob.objects.filter(task_name="deliver_certificate")
    assert [job.args for job in jobs] == [{"certificate_id": str(signed.id)}]


def test_a_draft_cannot_be_sent(draft: Certificate, doctor: LoginContext) -> None:
    with pytest.raises(Denied) as refused:
        actions.send(draft.id, by=doctor)
    assert refused.value.text == "Intyget är inte signerat."


def test_A_059_a_deleted_draft_is_gone_but_its_deletion_is_known(draft: Certificate, doctor: LoginContext) -> None:
    actions.delete(draft.id, by=doctor)
    assert not Certificate.objects.filter(pk=draft.id).exists()
    assert kinds(draft) == ["CREATED", "DELETED"]
    with pytest.raises(NotFound):
        actions.open_draft(draft.id, by=doctor)


def test_A_012_another_units_draft_is_refused_until_the_unit_is_changed(draft: Certificate) -> None:
    elsewhere, here = unit("SE2321000990-1002", "Medicinkliniken"), unit()
    stranger = working("Johan Wallin", Role.DOCTOR, elsewhere, here)
    with pytest.raises(Denied) as refused:
        actions.open_draft(draft.id, by=stranger)
    assert refused.value.code == "AUTHORIZATION_DIFFERENT_UNIT"
    assert actions.open_draft(draft.id, by=stranger.at(here.id)).certificate.editor_name == "Johan Wallin"


def test_A_110_an_administrator_has_no_access_to_a_protected_patient(
    outside: Simulators, doctor: LoginContext, administrator: LoginContext
) -> None:
    draft = actions.create("lisjp", patient=person("198001910002"), by=doctor)
    for attempt in (
        lambda: actions.create("lisjp", patient=person("198001910002"), by=administrator),
        lambda: actions.open_draft(draft.id, by=administrator),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "AUTHORIZATION_SEKRETESS"
    assert actions.open_draft(draft.id, by=doctor).certificate.protected


def test_A_116_nothing_can_be_done_while_the_population_register_is_down(
    signed: Certificate, patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    outside.set_mode("pu", "down")
    for attempt in (
        lambda: actions.create("lisjp", patient=patient, by=doctor),
        lambda: actions.read(signed.id, by=doctor),
        lambda: actions.send(signed.id, by=doctor),
        lambda: actions.record_print(signed.id, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "PU_PROBLEM"


def test_A_189_every_access_is_logged_once_with_who_where_whose_and_why(draft: Certificate, patient: Person, doctor: LoginContext) -> None:
    done: list[tuple[Callable[[], Any], str, str]] = [
        (lambda: actions.create("lisjp", patient=patient, by=doctor), "Skriva", ""),
        (lambda: actions.open_draft(draft.id, by=doctor), "Läsa", ""),
        (lambda: filled(Certificate.objects.get(pk=draft.id), doctor), "Skriva", ""),
        (lambda: actions.record_print(draft.id, by=doctor), "Utskrift", "Utkastet utskrivet"),
        (lambda: sign(draft.id, revision=Certificate.objects.get(pk=draft.id).revision, by=doctor), "Signera", ""),
        (lambda: actions.read(draft.id, by=doctor), "Läsa", ""),
        (lambda: actions.record_print(draft.id, by=doctor), "Utskrift", "Intyg utskrivet"),
        (lambda: actions.send(draft.id, by=doctor), "Utskrift", "Intyg skickat till mottagare Försäkringskassan"),
        (lambda: actions.delete(following.renew(draft.id, by=doctor).id, by=doctor), "Läsa Skriva Radera", ""),
        (lambda: following.replace(draft.id, by=doctor), "Läsa Skriva", ""),
        (lambda: ending.revoke(draft.id, reason="FEL_PATIENT", text="", by=doctor), "Radera", ""),
    ]
    logged = set(AuditEntry.objects.values_list("id", flat=True))
    for do, activities, remark in done:
        do()
        entries = AuditEntry.objects.exclude(id__in=logged).order_by("at")
        assert [(entry.activity, entry.remark) for entry in entries] == [(activity, remark) for activity in activities.split()]
        for entry in entries:
            facts = (entry.user_id, entry.unit_id, entry.patient_id, entry.purpose, entry.owner_unit_id)
            assert facts == (doctor.user.hsa_id, doctor.unit.id, TOLVAN, "Vård och behandling", draft.unit_id)
            logged.add(entry.id)


def test_a_refused_action_leaves_no_trace(draft: Certificate, administrator: LoginContext) -> None:
    before = Event.objects.count(), AuditEntry.objects.count()
    with pytest.raises(Denied):
        sign(draft.id, revision=draft.revision, by=administrator)
    assert (Event.objects.count(), AuditEntry.objects.count()) == before


def test_an_unknown_certificate_or_type_is_not_found(patient: Person, doctor: LoginContext) -> None:
    with pytest.raises(NotFound):
        actions.read(uuid4(), by=doctor)
    with pytest.raises(NotFound):
        actions.create("unknown", patient=patient, by=doctor)


def test_an_autosave_takes_few_statements(draft: Certificate, doctor: LoginContext, django_assert_max_num_queries: Any) -> None:
    """With the session's one query and BEGIN and COMMIT beside: at most 6 in all, and 5 once the change is recorded."""
    filled(draft, doctor)
    REGISTER.knows("ICD_10_SE", "F320")
    with django_assert_max_num_queries(4):  # two savepoint statements in a test's transaction, lock, store
        filled(draft, doctor, **{"25": "mer text"})
    assert connection.in_atomic_block
