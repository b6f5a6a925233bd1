"""What follows from a certificate, and how certificates end: renew, replace, copy, revoke, lock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

import pen
from certificates.test_life import codes, draft, filled, kinds, signed  # noqa: F401
from certificates.test_transport import signed as written_and_signed
from clinic import TOLVAN, administrator, doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from example_statements import LUAE_FS, LUAE_NA, LUSE
from example_transport import TSTRK1007_7
from logged_in import browser_of
from simulated import Simulators
from webcert.audit.models import AuditEntry
from webcert.certificate_types.received import judge
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import BadRevocation, Denied
from webcert.certificates.models import Certificate, Status
from webcert.certificates.queries import status_text
from webcert.certificates.relatives import relatives_of
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext, Origin
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

WRONG_PATIENT, OTHER = "FEL_PATIENT", "ANNAT_ALLVARLIGT_FEL"


def sign(draft: Certificate, by: LoginContext) -> Certificate:
    """The draft filled in and signed."""
    opened = actions.open_draft(draft.id, by=by).certificate
    filled(opened, by)
    return pen.sign(draft.id, revision=opened.revision, by=by)


def test_A_085_what_a_renewal_carries_over(signed: Certificate, doctor: LoginContext) -> None:
    renewed = following.renew(signed.id, by=doctor)
    cleared = {"1", "1.3", "1.motivering", "32", "32.motivering", "33", "33.2", "39", "39.3", "26.2"}
    assert cleared & renewed.answers.keys() == set()
    assert not renewed.answers.get("26")
    for kept in ("28", "29", "6", "35", "17", "19", "20", "37", "34", "40", "44", "25"):
        assert renewed.answers[kept] == signed.answers[kept]
    assert (renewed.parent_id, renewed.relation) == (signed.id, "FRLANG")


@pytest.mark.parametrize(("type", "answers"), [("luse", LUSE[0]), ("luae_na", LUAE_NA[0]), ("luae_fs", LUAE_FS[0])])
def test_A_087_a_renewed_statement_carries_everything(patient: Person, doctor: LoginContext, type: str, answers: dict[str, Any]) -> None:
    original = written_and_signed(type, answers, patient, doctor)
    assert original.answers.keys() == answers.keys()
    assert following.renew(original.id, by=doctor).answers == original.answers


def test_A_088_a_renewal_that_is_only_begun_changes_nothing(signed: Certificate, administrator: LoginContext) -> None:
    """That its signing handles a complement request and no other question comes with the messages."""
    before, happened = Certificate.objects.values().get(pk=signed.id), kinds(signed)
    following.renew(signed.id, by=administrator)
    assert Certificate.objects.values().get(pk=signed.id) == before
    assert kinds(signed) == happened


def test_A_082_drafts_locked_drafts_and_certificates_to_transportstyrelsen_are_not_renewed(
    locked: Certificate, patient: Person, doctor: LoginContext
) -> None:
    unsigned = actions.create("lisjp", patient=patient, by=doctor)
    transport = written_and_signed("ts-bas", TSTRK1007_7[0], patient, doctor)
    for certificate in (unsigned, locked, transport):
        assert "Förnya" not in browser_of(doctor).get(f"/intyg/{certificate.id}").content.decode()
        with pytest.raises(Denied):
            following.renew(certificate.id, by=doctor)


def test_a_renew_button_pressed_twice_gives_one_draft(signed: Certificate, doctor: LoginContext) -> None:
    first = following.renew(signed.id, by=doctor)
    assert following.renew(signed.id, by=doctor, new_id=first.id).id == first.id


@pytest.mark.parametrize("relation", ["renew", "replace"])
def test_what_a_new_draft_follows_from_has_been_read_for_it(signed: Certificate, doctor: LoginContext, relation: str) -> None:
    before = AuditEntry.objects.count()
    new = getattr(following, relation)(signed.id, by=doctor)
    logged = AuditEntry.objects.order_by("at").values_list("certificate_id", "activity")[before:]
    assert set(logged) == {(signed.id, "Läsa"), (new.id, "Skriva")}


def test_A_083_a_renewal_belongs_to_the_unit_where_the_user_is(signed: Certificate, doctor: LoginContext) -> None:
    """She has access from the care unit above, or by her EHR from any unit of the care provider; from a sub-unit she has none."""
    above, below = unit("SE2321000990-1008", "Vårdenheten"), unit("SE2321000990-1009", "Mottagning", parent=signed.unit_id)
    colleague = working("Anna Alm", doctor.user.role, above, replace(unit(), parent_id=above.id))
    elsewhere = working("Ida Berg", doctor.user.role, above)
    for by in (colleague, replace(elsewhere, origin=Origin.DEEP_INTEGRATION)):
        renewed = following.renew(signed.id, by=by)
        assert (renewed.unit_id, renewed.unit_name) == (above.id, "Vårdenheten")
        assert renewed.answers["unit"] == {"address": above.address, "postcode": above.postcode, "town": above.town, "phone": above.phone}
    for by in (elsewhere, working("Eva Dal", doctor.user.role, unit(), below).at(below.id)):
        with pytest.raises(Denied) as refused:
            following.renew(signed.id, by=by)
        assert refused.value.code == "AUTHORIZATION_DIFFERENT_UNIT"


def test_A_084_a_renewal_has_the_name_that_the_patient_has_now(signed: Certificate, outside: Simulators, doctor: LoginContext) -> None:
    document = bytes(signed.signed_xml or b"")
    outside.post("/pu/person", number=TOLVAN, given="Tolva", surname="Nyman")
    renewed = following.renew(signed.id, by=doctor)
    assert actions.open_draft(renewed.id, by=doctor).patient.name == "Tolva Nyman"
    assert bytes(Certificate.objects.get(pk=signed.id).signed_xml or b"") == document


def test_A_090_a_replacement_carries_everything(signed: Certificate, doctor: LoginContext) -> None:
    replacing = following.replace(signed.id, by=doctor)
    assert replacing.answers == signed.answers
    assert replacing.status == Status.COMPLETE


def test_A_091_A_092_one_replacing_draft_at_a_time(signed: Certificate, doctor: LoginContext) -> None:
    following.replace(signed.id, by=doctor)
    with pytest.raises(Denied) as refused:
        following.replace(signed.id, by=doctor)
    assert "påbörjat utkast" in refused.value.text


def test_A_093_A_094_a_replaced_certificate_is_neither_renewed_replaced_nor_sent(signed: Certificate, doctor: LoginContext) -> None:
    newer = sign(following.replace(signed.id, by=doctor), doctor)
    for attempt in (
        lambda: following.renew(signed.id, by=doctor),
        lambda: following.replace(signed.id, by=doctor),
        lambda: actions.send(signed.id, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "INVALID_STATE_REPLACED"
    assert "REPLACED" in kinds(signed)
    for may in (lambda: actions.read(signed.id, by=doctor), lambda: actions.record_print(signed.id, by=doctor)):
        assert may().certificate.id == signed.id
    (relation,) = judge(bytes(newer.signed_xml or b""), today=clock.today()).intyg.relations
    assert (relation.code, relation.certificate_id) == ("ERSATT", str(signed.id))


def test_A_096_a_replaced_certificate_is_still_valid(signed: Certificate, doctor: LoginContext) -> None:
    """That the citizen sees it as replaced comes with her pages."""
    before = Certificate.objects.values().get(pk=signed.id)
    sign(following.replace(signed.id, by=doctor), doctor)
    replaced = Certificate.objects.get(pk=signed.id)
    assert Certificate.objects.values().get(pk=signed.id) == before
    assert (replaced.is_signed, replaced.revoked_at) == (True, None)
    assert status_text(replaced, relatives_of(replaced)) == "Ersatt"


def test_A_095_a_deleted_replacing_draft_frees_the_original(signed: Certificate, doctor: LoginContext) -> None:
    actions.delete(following.replace(signed.id, by=doctor).id, by=doctor)
    assert following.replace(signed.id, by=doctor).parent_id == signed.id


def test_a_revoked_replacement_frees_the_original(signed: Certificate, doctor: LoginContext) -> None:
    newer = sign(following.replace(signed.id, by=doctor), doctor)
    ending.revoke(newer.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert following.replace(signed.id, by=doctor).parent_id == signed.id


def test_A_100_revoking_needs_a_reason_and_sometimes_a_text(signed: Certificate, doctor: LoginContext) -> None:
    for reason, text in (("", ""), ("FEL", ""), (OTHER, "  "), (WRONG_PATIENT, "x" * 3501)):
        with pytest.raises(BadRevocation):
            ending.revoke(signed.id, reason=reason, text=text, by=doctor)
    assert ending.revoke(signed.id, reason=OTHER, text="Fel diagnos", by=doctor).revoked_at
    with pytest.raises(Denied):
        ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert kinds(signed)[-1] == "REVOKED"


def test_A_017_an_administrator_neither_revokes_nor_replaces(signed: Certificate, administrator: LoginContext) -> None:
    for attempt in (
        lambda: ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=administrator),
        lambda: following.replace(signed.id, by=administrator),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "AUTHORIZATION_VALIDATION"


def test_A_106_a_revoked_certificate_can_be_read_but_nothing_else(signed: Certificate, doctor: LoginContext) -> None:
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert actions.read(signed.id, by=doctor).certificate.revoked_at
    for attempt in (
        lambda: actions.send(signed.id, by=doctor),
        lambda: actions.record_print(signed.id, by=doctor),
        lambda: following.renew(signed.id, by=doctor),
    ):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "CERTIFICATE_REVOKED"


@pytest.mark.parametrize(
    ("created", "looked_at", "locked"),
    [
        ("2019-09-01T00:00:01+02:00", "2019-09-14T12:00:00+02:00", False),
        ("2019-09-01T00:00:01+02:00", "2019-09-15T23:59:59+02:00", False),
        ("2019-09-01T00:00:01+02:00", "2019-09-16T00:00:01+02:00", True),
        ("2019-09-01T00:00:00+02:00", "2019-09-15T00:00:01+02:00", True),
        ("2019-09-01T23:59:59+02:00", "2019-09-15T12:00:00+02:00", False),
        ("2019-09-01T23:59:59+02:00", "2019-09-16T00:00:00+02:00", True),
    ],
)
def test_A_050_a_draft_is_locked_on_day_15_whether_or_not_the_job_has_run(
    draft: Certificate, doctor: LoginContext, created: str, looked_at: str, locked: bool
) -> None:
    Certificate.objects.filter(pk=draft.id).update(created_at=datetime.fromisoformat(created))
    with time_machine.travel(datetime.fromisoformat(looked_at), tick=False):
        assert Certificate.objects.get(pk=draft.id).is_locked_draft is locked
        if locked:
            with pytest.raises(Denied) as refused:
                pen.sign(draft.id, revision=draft.revision, by=doctor)
            assert refused.value.text == "Utkastet är låst."
        assert ending.lock_old_drafts() == int(locked)
        assert ending.lock_old_drafts() == 0
        assert (status_text(Certificate.objects.get(pk=draft.id)) == "Utkast, låst") is locked


@pytest.fixture
def locked(draft: Certificate, doctor: LoginContext) -> Certificate:
    filled(draft, doctor)
    Certificate.objects.filter(pk=draft.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    ending.lock_old_drafts()
    return Certificate.objects.get(pk=draft.id)


def test_A_051_A_097_a_locked_draft_can_only_be_copied_and_revoked(locked: Certificate, doctor: LoginContext) -> None:
    for attempt in (
        lambda: actions.open_draft(locked.id, by=doctor),
        lambda: actions.delete(locked.id, by=doctor),
        lambda: pen.sign(locked.id, revision=locked.revision, by=doctor),
    ):
        with pytest.raises(Denied):
            attempt()
    copied = following.copy(locked.id, by=doctor)
    assert (copied.answers, copied.relation, copied.is_open_draft) == (locked.answers, "KOPIA", True)
    with pytest.raises(Denied):
        following.copy(locked.id, by=doctor)
    sign(copied, doctor)
    assert following.copy(locked.id, by=doctor).id != copied.id
    assert ending.revoke(locked.id, reason=WRONG_PATIENT, text="", by=doctor).revoked_at


def test_locking_a_replacing_draft_frees_the_original(signed: Certificate, doctor: LoginContext) -> None:
    replacing = following.replace(signed.id, by=doctor)
    Certificate.objects.filter(pk=replacing.id).update(created_at=datetime.now(UTC) - timedelta(days=20))
    ending.lock_old_drafts()
    assert following.replace(signed.id, by=doctor).id != replacing.id
