"""What follows from a certificate, and how certificates end: renew, replace, copy, revoke, lock."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from certificates.test_life import codes, draft, filled, kinds, signed  # noqa: F401
from clinic import TOLVAN, administrator, doctor, outside, patient, person, running_simulators, simulators, unit, working  # noqa: F401
from simulated import Simulators
from webcert.certificate_types.received import judge
from webcert.certificates import actions, ending, following
from webcert.certificates.errors import BadRevocation, Denied
from webcert.certificates.models import Certificate, Status
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db

WRONG_PATIENT, OTHER = "FEL_PATIENT", "ANNAT_ALLVARLIGT_FEL"


def sign(draft: Certificate, by: LoginContext) -> Certificate:
    """The draft filled in and signed."""
    opened = actions.open_draft(draft.id, by=by).certificate
    filled(opened, by)
    return actions.sign(draft.id, revision=opened.revision, by=by)


def test_A_085_what_a_renewal_carries_over(signed: Certificate, doctor: LoginContext) -> None:
    renewed = following.renew(signed.id, by=doctor)
    cleared = {"1", "1.3", "1.motivering", "32", "32.motivering", "33", "33.2", "39", "39.3", "26.2"}
    assert cleared & renewed.answers.keys() == set()
    assert not renewed.answers.get("26")
    for kept in ("28", "29", "6", "35", "17", "19", "20", "37", "34", "40", "44", "25"):
        assert renewed.answers[kept] == signed.answers[kept]
    assert (renewed.parent_id, renewed.relation) == (signed.id, "FRLANG")


def test_A_081_A_089_an_administrator_may_renew_but_a_draft_cannot_be_renewed(
    signed: Certificate, draft: Certificate, administrator: LoginContext
) -> None:
    open_draft = following.renew(signed.id, by=administrator)
    with pytest.raises(Denied):
        following.renew(open_draft.id, by=administrator)


def test_a_renew_button_pressed_twice_gives_one_draft(signed: Certificate, doctor: LoginContext) -> None:
    first = following.renew(signed.id, by=doctor)
    assert following.renew(signed.id, by=doctor, new_id=first.id).id == first.id


def test_A_083_a_renewal_belongs_to_the_unit_where_the_user_is(signed: Certificate, doctor: LoginContext) -> None:
    here, there = unit(), unit("SE2321000990-1009", "Mottagning B", parent=unit().id)
    user = working("Maja Lindqvist", doctor.user.role, here, there, hsa_id=doctor.user.hsa_id)
    assert following.renew(signed.id, by=user).unit_id == here.id
    with pytest.raises(Denied):
        following.renew(signed.id, by=user.at(there.id))


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
    (relation,) = judge(bytes(newer.signed_xml or b""), today=clock.today()).intyg.relations
    assert (relation.code, relation.certificate_id) == ("ERSATT", str(signed.id))


def test_A_095_a_deleted_replacing_draft_frees_the_original(signed: Certificate, doctor: LoginContext) -> None:
    actions.delete(following.replace(signed.id, by=doctor).id, by=doctor)
    assert following.replace(signed.id, by=doctor).parent_id == signed.id


def test_a_revoked_replacement_frees_the_original(signed: Certificate, doctor: LoginContext) -> None:
    newer = sign(following.replace(signed.id, by=doctor), doctor)
    ending.revoke(newer.id, reason=WRONG_PATIENT, text="", by=doctor)
    assert following.replace(signed.id, by=doctor).parent_id == signed.id


def test_A_099_A_100_revoking_needs_a_reason_and_sometimes_a_text(signed: Certificate, doctor: LoginContext) -> None:
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
                actions.sign(draft.id, revision=draft.revision, by=doctor)
            assert refused.value.text == "Utkastet är låst."
        assert ending.lock_old_drafts() == int(locked)
        assert ending.lock_old_drafts() == 0


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
        lambda: actions.sign(locked.id, revision=locked.revision, by=doctor),
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


def test_A_171_A_172_a_deceased_patient_is_sent_and_revoked_for_but_not_renewed(
    signed: Certificate, patient: Person, outside: Simulators, doctor: LoginContext
) -> None:
    outside.post("/pu/person", **_deceased())
    for attempt in (lambda: following.renew(signed.id, by=doctor), lambda: following.replace(signed.id, by=doctor)):
        with pytest.raises(Denied) as refused:
            attempt()
        assert refused.value.code == "DECEASED_PATIENT"
    actions.send(signed.id, by=doctor)
    ending.revoke(signed.id, reason=WRONG_PATIENT, text="", by=doctor)


def _deceased() -> dict[str, str]:
    return {"number": TOLVAN, "deceased": "1"}
