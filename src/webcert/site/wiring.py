"""Who listens to what: for each fact about a certificate, what else happens in the same transaction.

One page, read from top to bottom; there are no hidden signals.
"""

from collections.abc import Mapping, Sequence

from webcert.audit.actions import Owner, log_access, log_operator
from webcert.audit.models import Activity
from webcert.certificates import queries
from webcert.certificates.events import Fact, Happened, Listener, wire
from webcert.certificates.models import Certificate, Signature
from webcert.certificates.signatures import wire_judges
from webcert.recipients.tasks import deliver_later, forget, revoke_later
from webcert.signing import actions as signings
from webcert.signing.bankid import queries as bankid
from webcert.site.business_events import told
from webcert.staff.counters import wire_counters

SHARED_RECORD = "Läsning i enlighet med sammanhållen journalföring"


def logged(activity: Activity, remark: str = "") -> Listener:
    """A listener that writes the fact to the access log. The system's own doings are nobody's access; a person for tests is nobody."""

    def write(fact: Fact) -> None:
        it, by = fact.certificate, fact.by
        if by is None or it.test_indicated:
            return
        log_access(activity, by=by, patient_id=it.patient_id, certificate_id=it.id, owner=_owner_of(it), remark=remark)

    return write


def _owner_of(it: Certificate) -> Owner:
    return Owner(it.unit_id, it.unit_name, it.care_provider_id, it.care_provider_name)


def _read(fact: Fact) -> None:
    shared = fact.by is not None and fact.by.integration.shared_record and fact.certificate.unit_id not in fact.by.wide_scope
    logged(Activity.READ, SHARED_RECORD if shared else "")(fact)


def _printed(fact: Fact) -> None:
    remark = "Intyg utskrivet" if fact.certificate.is_signed else "Utkastet utskrivet"
    logged(Activity.PRINT, remark)(fact)


def _sent(fact: Fact) -> None:
    logged(Activity.PRINT, f"Intyg skickat till mottagare {fact.detail}")(fact)


def _erased(fact: Fact) -> None:
    it = fact.certificate
    remark = f"Intyget utplånat enligt beslut {fact.detail}"
    log_operator(
        Activity.DELETE, operator=fact.operator, patient_id=it.patient_id, certificate_id=it.id, owner=_owner_of(it), remark=remark
    )


LISTENERS: Mapping[Happened, Sequence[Listener]] = {
    Happened.CREATED: (logged(Activity.WRITE),),
    Happened.READ: (_read,),
    Happened.CHANGED: (logged(Activity.WRITE),),
    Happened.DELETED: (logged(Activity.DELETE),),
    Happened.SIGNED: (logged(Activity.SIGN), signings.signed),
    Happened.SENT: (_sent, deliver_later),
    Happened.PRINTED: (_printed,),
    Happened.REVOKED: (logged(Activity.DELETE), revoke_later),
    Happened.ERASED: (_erased, forget),
}

wire({kind: (*LISTENERS.get(kind, ()), told) for kind in Happened})

wire_judges({Signature.Kind.BANKID: bankid.judgement})

wire_counters({"drafts": queries.unsigned_per_unit})
