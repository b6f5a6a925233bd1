"""The jobs behind the access log: every minute what has gathered is sealed, and what is sealed is delivered, in order.

Sealing and delivery each run one at a time. A delivery may be repeated after a crash; the log service knows an entry by its id.
There are no queueing locks: a job of a dead worker cannot be begun anew beside another that waits under the same one.
"""

import structlog
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from webcert.audit.delivery import deliver
from webcert.audit.models import AuditEntry, Seal, Undelivered
from webcert.audit.sealing import seal_waiting
from webcert.riv.retrying import BackOff, Rejected

log = structlog.get_logger("webcert.audit")

WAITS = (2, 5, 15, 60, 300, *[900] * 4 * 24 * 7)
"""Seconds before each new attempt: quick at first, then every quarter of an hour for a week."""


@app.periodic(cron="* * * * *")
@app.task(name="seal_access_log", lock="seal_access_log", retry=BackOff(WAITS[:3]))
def seal_access_log(timestamp: int) -> None:
    """Seal what waits, and see to it that what is not delivered will be. `timestamp` (the minute) is given to every periodic job.

    The last seal is told to the log: noted outside the database, it shows when somebody cuts off the end of the chain.
    """
    if seal := seal_waiting():
        log.info("access log sealed", seal=seal.note)
    going = ProcrastinateJob.objects.filter(task_name=deliver_access_log.name, status__in=("todo", "doing"))
    if Undelivered.objects.exists() and not going.exists():
        deliver_access_log.defer()


@app.task(name="deliver_access_log", lock="deliver_access_log", retry=BackOff(WAITS))
def deliver_access_log() -> None:
    """Deliver the batches that the log service has not got, oldest first. A batch that it rejects becomes a failed job of its own."""
    while waiting := Undelivered.objects.order_by("seal_id").first():
        try:
            deliver(entries_of(waiting.seal_id))
        except Rejected:
            _set_aside(waiting)
        else:
            waiting.delete()


@transaction.atomic
def _set_aside(rejected: Undelivered) -> None:
    deliver_rejected_batch.defer(seal=rejected.seal_id)
    rejected.delete()


@app.task(name="deliver_rejected_batch", retry=BackOff(WAITS))
def deliver_rejected_batch(seal: int) -> None:
    """Deliver a batch that was rejected before. When it is rejected again the job has failed, and stands there for the operator."""
    try:
        deliver(entries_of(seal))
    except Rejected as problem:
        log.error("access log rejected by the log service", seal=seal, problem=str(problem))
        raise


def entries_of(seal: int) -> list[AuditEntry]:
    """The entries of the seal with that number, in its order. One that was removed by force is for `webcert audit verify` to tell."""
    ids = Seal.objects.values_list("entry_ids", flat=True).get(pk=seal)
    entries = AuditEntry.objects.in_bulk(ids)
    return [entries[id] for id in ids if id in entries]
