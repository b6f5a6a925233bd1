"""Who listens to what: for each fact about a certificate, what else happens in the same transaction.

One page, read from top to bottom; there are no hidden signals.
"""

from webcert.audit.actions import Owner, log_access
from webcert.audit.models import Activity
from webcert.certificates import queries
from webcert.certificates.events import Fact, Happened, Listener, wire
from webcert.recipients.tasks import deliver_later, revoke_later
from webcert.staff.counters import wire_counters


def logged(activity: Activity, remark: str = "") -> Listener:
    """A listener that writes the fact to the access log."""

    def write(fact: Fact) -> None:
        it, by = fact.certificate, fact.by
        if by is None:
            return
        owner = Owner(it.unit_id, it.unit_name, it.care_provider_id, it.care_provider_name)
        log_access(activity, by=by, patient_id=it.patient_id, certificate_id=it.id, owner=owner, remark=remark)

    return write


def _printed(fact: Fact) -> None:
    remark = "Intyg utskrivet" if fact.certificate.is_signed else "Utkastet utskrivet"
    logged(Activity.PRINT, remark)(fact)


def _sent(fact: Fact) -> None:
    logged(Activity.PRINT, f"Intyg skickat till mottagare {fact.detail}")(fact)


wire(
    {
        Happened.CREATED: (logged(Activity.WRITE),),
        Happened.READ: (logged(Activity.READ),),
        Happened.CHANGED: (logged(Activity.WRITE),),
        Happened.DELETED: (logged(Activity.DELETE),),
        Happened.SIGNED: (logged(Activity.SIGN),),
        Happened.SENT: (_sent, deliver_later),
        Happened.PRINTED: (_printed,),
        Happened.REVOKED: (logged(Activity.DELETE), revoke_later),
    }
)

wire_counters({"drafts": queries.unsigned_per_unit})
