"""The job that delivers a certificate: sends the signed bytes, tries again with back-off, and ends visibly.

Jobs of one certificate run one at a time and in order. A delivery may be repeated after a crash; the recipient knows a certificate by
its id.
"""

from typing import Any
from uuid import UUID

import structlog
from procrastinate.contrib.django import app

from webcert.certificates import actions
from webcert.certificates.events import Fact
from webcert.certificates.models import Certificate
from webcert.recipients.delivery import deliver
from webcert.riv.retrying import BackOff, Rejected, Temporary

log = structlog.get_logger("webcert.recipients")

WAITS = (2, 5, 15, 60, 300, 900, 3600, *[4 * 3600] * 40)
"""Seconds before each new attempt: quick at first, then every fourth hour for about a week."""


def deliver_later(fact: Fact) -> None:
    """Put the delivery of a certificate that has been sent in the queue, in the transaction of the sending."""
    id = str(fact.certificate.id)
    deliver_certificate.configure(lock=id, queueing_lock=f"deliver {id}").defer(certificate_id=id)


@app.task(name="deliver_certificate", retry=BackOff(WAITS), pass_context=True)
def deliver_certificate(context: Any, certificate_id: str) -> None:
    """Deliver the certificate and note the outcome on it."""
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.delivered_at:
        return
    try:
        deliver(bytes(certificate.signed_xml or b""), certificate.recipient)
    except (Rejected, Temporary) as problem:
        final = isinstance(problem, Rejected) or context.job.attempts >= len(WAITS)
        log.warning("delivery failed", certificate=certificate_id, attempt=context.job.attempts, final=final, problem=str(problem))
        if final:
            actions.record_delivery_failure(UUID(certificate_id), problem=str(problem))
        raise
    actions.record_delivery(UUID(certificate_id))
