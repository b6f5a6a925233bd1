"""The jobs that tell a recipient of a certificate, and of its revocation: they try again with back-off, and end visibly.

Jobs of one certificate run one at a time and in order. A delivery may be repeated after a crash; the recipient knows a certificate by
its id.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import structlog
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from webcert.certificates import actions, ending
from webcert.certificates.errors import NotFound
from webcert.certificates.events import Fact
from webcert.certificates.models import Certificate
from webcert.recipients.delivery import REGISTER, REVOKE, deliver
from webcert.recipients.revocation import revocation_of
from webcert.riv.retrying import BackOff, Rejected, Temporary

log = structlog.get_logger("webcert.recipients")

WAITS = (2, 5, 15, 60, 300, 900, 3600, *[4 * 3600] * 40)
"""Seconds before each new attempt: quick at first, then every fourth hour for about a week."""


def deliver_later(fact: Fact) -> None:
    """Put the delivery of a certificate that has been sent in the queue, in the transaction of the sending."""
    id = str(fact.certificate.id)
    deliver_certificate.configure(lock=id, queueing_lock=f"deliver {id}").defer(certificate_id=id)


def revoke_later(fact: Fact) -> None:
    """The same for the revocation of a certificate that had been sent; it waits behind the delivery."""
    id = str(fact.certificate.id)
    if fact.certificate.sent_at:
        revoke_certificate.configure(lock=id, queueing_lock=f"revoke {id}").defer(certificate_id=id)


def forget(fact: Fact) -> None:
    """Take away what still waits for a certificate that is erased. What is being done at this moment notes nothing afterwards."""
    waiting = ProcrastinateJob.objects.filter(lock=str(fact.certificate.id), status="todo")
    for job in waiting.values_list("id", flat=True):
        app.job_manager.cancel_job_by_id(job, delete_job=True)


@app.task(name="deliver_certificate", retry=BackOff(WAITS), pass_context=True)
def deliver_certificate(context: Any, certificate_id: str) -> None:
    """Deliver the certificate and note the outcome on it."""
    certificate = _certificate(certificate_id)
    if certificate is None or certificate.delivered_at:
        return
    with _failure_noted(context, certificate_id, actions.record_delivery_failure):
        deliver(bytes(certificate.signed_xml or b""), certificate.recipient, REGISTER)
    with suppress(NotFound):
        actions.record_delivery(UUID(certificate_id))


@app.task(name="revoke_certificate", retry=BackOff(WAITS), pass_context=True)
def revoke_certificate(context: Any, certificate_id: str) -> None:
    """Tell the recipient that the certificate is revoked and why, and note the outcome on it."""
    certificate = _certificate(certificate_id)
    if certificate is None:
        return
    with _failure_noted(context, certificate_id, ending.record_revocation_failure):
        deliver(revocation_of(certificate), certificate.recipient, REVOKE)
    with suppress(NotFound):
        ending.record_revocation_delivery(UUID(certificate_id))


def _certificate(id: str) -> Certificate | None:
    """The certificate; None when it has been erased since the job was put in the queue."""
    return Certificate.objects.filter(pk=id).first()


@contextmanager
def _failure_noted(context: Any, certificate_id: str, note: Callable[..., None]) -> Iterator[None]:
    """Log what goes wrong, and note it when it is not tried again."""
    try:
        yield
    except (Rejected, Temporary) as problem:
        final = isinstance(problem, Rejected) or context.job.attempts >= len(WAITS)
        attempt, task = context.job.attempts, context.task.name
        log.warning("delivery failed", task=task, certificate=certificate_id, attempt=attempt, final=final, problem=str(problem))
        if final:
            with suppress(NotFound):
                note(UUID(certificate_id), problem=str(problem))
        raise
