"""A recipient that has got a certificate is told when it is revoked: in order, with the reason, and visibly when it does not work."""

from types import SimpleNamespace
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from certificates.test_life import codes, draft, filled, kinds, signed  # noqa: F401
from clinic import administrator, doctor, outside, patient, running_simulators, simulators, working  # noqa: F401
from simulated import Simulators
from webcert.certificates import actions, ending
from webcert.certificates.models import Certificate
from webcert.recipients import delivery, tasks
from webcert.riv.retrying import Rejected, Temporary
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

FIRST = SimpleNamespace(job=SimpleNamespace(attempts=0), task=SimpleNamespace(name="test"))
LAST = SimpleNamespace(job=SimpleNamespace(attempts=len(tasks.WAITS)), task=SimpleNamespace(name="test"))


@pytest.fixture
def fk(outside: Simulators, settings: Any) -> Simulators:
    """Försäkringskassan's stand-in, ready for what is delivered."""
    delivery._client.cache_clear()
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"forsakringskassan_url": f"{outside.url}/fk"})
    outside.post("/fk/mode", mode="normal", seconds="0")
    return outside


def received(fk: Simulators, certificate: Certificate) -> dict[str, Any]:
    rows: list[dict[str, Any]] = fk.http.get("/fk/received.json").json()
    return next(row for row in rows if row["certificate_id"] == str(certificate.id))


def test_A_101_the_recipient_is_told_with_the_reason_in_order_and_once(signed: Certificate, doctor: LoginContext, fk: Simulators) -> None:
    colleague = working("Sofia Berglund", Role.DOCTOR)
    actions.send(signed.id, by=doctor)
    ending.revoke(signed.id, reason="ANNAT_ALLVARLIGT_FEL", text="Diagnosen gäller\nnågon annan.", by=colleague)
    jobs = ProcrastinateJob.objects.order_by("id").values_list("task_name", "lock")
    assert list(jobs) == [("deliver_certificate", str(signed.id)), ("revoke_certificate", str(signed.id))]
    tasks.deliver_certificate.func(FIRST, certificate_id=str(signed.id))
    for _ in range(2):
        tasks.revoke_certificate.func(FIRST, certificate_id=str(signed.id))
    row = received(fk, signed)
    assert (row["verdict"], row["reason"]) == ("OK", "Annat allvarligt fel. Diagnosen gäller\nnågon annan.")
    assert kinds(signed)[-2:] == ["DELIVERED", "REVOCATION_DELIVERED"]


def test_what_was_never_sent_is_told_to_nobody(signed: Certificate, doctor: LoginContext) -> None:
    ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=doctor)
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize(("mode", "raised"), [("VALIDATION_ERROR", Rejected), ("TECHNICAL_ERROR", Temporary)])
def test_a_revocation_that_does_not_arrive_is_told_on_the_certificate(
    signed: Certificate, doctor: LoginContext, fk: Simulators, mode: str, raised: type[Exception]
) -> None:
    actions.send(signed.id, by=doctor)
    ending.revoke(signed.id, reason="FEL_PATIENT", text="", by=doctor)
    fk.post("/fk/mode", mode=mode, seconds="0")
    with pytest.raises(raised):
        tasks.revoke_certificate.func(LAST, certificate_id=str(signed.id))
    assert kinds(signed)[-1] == "REVOCATION_FAILED"
    assert Certificate.objects.get(pk=signed.id).delivery_problem
