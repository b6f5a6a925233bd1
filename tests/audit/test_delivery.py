"""The access log at the log service: as the contract wants it, in order, each entry once, and what happens when it fails."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from procrastinate.contrib.django.models import ProcrastinateJob

from audit.logbook import COORDINATED, TOLVAN, by_force, doctor, log_service, running_simulators, simulators, write, write_many  # noqa: F401
from shared import shared
from simulated import Simulators
from webcert.audit.actions import log_list_access
from webcert.audit.delivery import deliver, store_log
from webcert.audit.models import Activity, AuditEntry, Undelivered
from webcert.audit.sealing import BATCH, seal_waiting
from webcert.audit.tasks import WAITS, deliver_access_log, deliver_rejected_batch, seal_access_log
from webcert.riv.retrying import BackOff, Rejected, Temporary
from webcert.staff.login_context import LoginContext

pytestmark = pytest.mark.django_db

SCHEMA = "rivta/informationsecurity-auditing-log/schemas/interactions/StoreLogInteraction/StoreLogResponder_2.0.xsd"
NAMES = {"l": "urn:riv:informationsecurity:auditing:log:2"}


def received(log_service: Simulators, *entries: AuditEntry) -> list[dict[str, Any]]:
    """What the log service has of these entries, in the order in which it got them."""
    wanted = {str(entry.id) for entry in entries}
    return [row for row in log_service.http.get("/log/received.json").json() if row["id"] in wanted]


def queued(task: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo"))


def test_the_message_is_what_the_official_schema_wants(doctor: LoginContext) -> None:
    schema = etree.XMLSchema(etree.parse(shared(SCHEMA)))
    assigned = replace(doctor, units=(replace(doctor.unit, assignment="Läkare på Björkängen"),))
    write(assigned)
    for activity in Activity:
        write(doctor, activity=activity, remark="Intyg utskrivet" if activity is Activity.PRINT else "")
    log_list_access([TOLVAN, COORDINATED], by=doctor)
    schema.assertValid(etree.fromstring(store_log(AuditEntry.objects.all(), system_id="SE5565594230-B8N")))


def test_an_entry_tells_all_but_names(doctor: LoginContext) -> None:
    doctor = replace(doctor, units=(replace(doctor.unit, assignment="Läkare på Björkängen"),))
    entry = write(doctor, COORDINATED, activity=Activity.PRINT, remark="Intyg utskrivet")
    message = etree.fromstring(store_log([entry], system_id="SE5565594230-B8N"))
    told = {etree.QName(leaf).localname: leaf.text for leaf in message.iter() if len(leaf) == 0}
    assert told["logId"] == str(entry.id)
    assert (told["systemId"], told["systemName"]) == ("SE5565594230-B8N", "Webcert")
    assert (told["activityType"], told["activityLevel"]) == ("Utskrift", str(entry.certificate_id))
    assert (told["activityArgs"], told["purpose"], told["resourceType"]) == ("Intyg utskrivet", "Vård och behandling", "Intyg")
    assert (told["userId"], told["title"], told["assignment"]) == (doctor.user.hsa_id, "Överläkare", "Läkare på Björkängen")
    assert (told["root"], told["extension"]) == ("1.2.752.129.2.1.3.3", COORDINATED)
    assert message.findtext(".//l:user/l:careUnit/l:careUnitName", None, NAMES) == doctor.unit.name
    assert message.findtext(".//l:resource/l:careUnit/l:careUnitName", None, NAMES) == "Medicinkliniken"
    assert message.findtext(".//l:resource/l:careProvider/l:careProviderId", None, NAMES) == "SE2321000990-0001"
    assert not {"name", "patientName", "personId"} & told.keys()
    assert doctor.user.name not in etree.tostring(message, encoding="unicode")


def test_the_job_of_every_minute_seals_and_has_the_rest_delivered_in_order(log_service: Simulators) -> None:
    entries = write_many(2 * BATCH + 3)
    seal_access_log(0)
    assert len(queued("deliver_access_log")) == 1
    deliver_access_log()
    assert [row["id"] for row in received(log_service, *entries)] == [str(entry.id) for entry in entries]
    assert not Undelivered.objects.exists()


def test_a_delivery_that_is_queued_already_is_not_queued_twice(doctor: LoginContext) -> None:
    for _ in range(2):
        write(doctor)
        seal_access_log(0)
    assert len(queued("deliver_access_log")) == 1


def test_with_nothing_new_nothing_is_queued() -> None:
    seal_access_log(0)
    assert queued("deliver_access_log") == []


def test_the_log_service_keeps_an_entry_once_however_often_it_is_delivered(log_service: Simulators, doctor: LoginContext) -> None:
    entry = write(doctor)
    deliver([entry])
    deliver([entry])
    (row,) = received(log_service, entry)
    assert (row["deliveries"], row["different"]) == (2, 0)
    assert (row["activity"], row["level"], row["patient"]) == ("Läsa", str(entry.certificate_id), TOLVAN)


@pytest.mark.parametrize("mode", ["down", "error", "fault", "garbage", "ERROR"])
def test_what_fails_for_the_moment_waits_in_order_and_is_tried_again(log_service: Simulators, mode: str) -> None:
    entries = write_many(BATCH + 1)
    seal_access_log(0)
    log_service.set_mode("log", mode)
    with pytest.raises(Temporary):
        deliver_access_log()
    assert Undelivered.objects.count() == 2
    assert received(log_service, *entries) == []
    log_service.set_mode("log", "normal")
    deliver_access_log()
    assert [row["id"] for row in received(log_service, *entries)] == [str(entry.id) for entry in entries]


def test_a_lost_answer_makes_no_second_entry(log_service: Simulators, doctor: LoginContext) -> None:
    entry = write(doctor)
    seal_access_log(0)
    log_service.set_mode("log", "lost-answer")
    with pytest.raises(Temporary):
        deliver_access_log()
    log_service.set_mode("log", "normal")
    deliver_access_log()
    (row,) = received(log_service, entry)
    assert (row["deliveries"], row["different"]) == (2, 0)


@pytest.mark.parametrize("code", ["VALIDATION_ERROR", "ACCESSDENIED"])
def test_a_rejected_batch_becomes_a_job_of_its_own_and_holds_nothing_up(log_service: Simulators, doctor: LoginContext, code: str) -> None:
    entry = write(doctor)
    seal_access_log(0)
    log_service.set_mode("log", code)
    deliver_access_log()
    assert not Undelivered.objects.exists()
    (job,) = queued("deliver_rejected_batch")
    with pytest.raises(Rejected, match=code):
        deliver_rejected_batch(**job.args)
    log_service.set_mode("log", "normal")
    deliver_rejected_batch(**job.args)
    assert len(received(log_service, entry)) == 1


def test_without_an_address_the_log_waits(settings: Any, doctor: LoginContext) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"log_url": None})
    write(doctor)
    seal_access_log(0)
    with pytest.raises(Temporary, match="no address"):
        deliver_access_log()
    assert Undelivered.objects.count() == 1


def test_attempts_go_on_for_a_week_and_end_visibly() -> None:
    assert 7 * 24 * 3600 <= sum(WAITS) < 8 * 24 * 3600
    decide = BackOff(WAITS).get_retry_decision
    job: Any = ProcrastinateJob(attempts=0)
    assert decide(exception=OSError(), job=job)
    assert decide(exception=Rejected(), job=job) is None
    job.attempts = len(WAITS)
    assert decide(exception=Temporary(), job=job) is None


def test_an_entry_that_somebody_removed_by_force_does_not_stop_the_others(log_service: Simulators) -> None:
    entries = write_many(3)
    seal_waiting()
    by_force("DELETE FROM audit_auditentry WHERE id = %s", entries[1].id)
    deliver_access_log()
    assert len(received(log_service, *entries)) == 2
