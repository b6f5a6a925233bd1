"""Which business event each fact about a certificate is, and what is told with it: ids and codes, never what anybody has written.

Source: reference/security-and-audit.md §2.
"""

from django.db import transaction

from webcert.certificates.events import Fact, Happened
from webcert.certificates.models import Relation
from webcert.monitoring.events import Event, tell

OF_DRAFTS = {
    Happened.CREATED: Event.UTKAST_CREATED,
    Happened.READ: Event.UTKAST_READ,
    Happened.CHANGED: Event.UTKAST_EDITED,
    Happened.DELETED: Event.UTKAST_DELETED,
    Happened.PRINTED: Event.UTKAST_PRINT,
    Happened.LOCKED: Event.UTKAST_LOCKED,
    Happened.REVOKED: Event.UTKAST_REVOKED,
    Happened.ERASED: Event.INTYG_ERASED,
}
OF_CERTIFICATES = {
    Happened.TAKEN_IN: Event.INTYG_REGISTERED,
    Happened.READ: Event.INTYG_READ,
    Happened.SIGNED: Event.INTYG_SIGNED,
    Happened.SENT: Event.INTYG_SENT,
    Happened.PRINTED: Event.INTYG_PRINT_PDF,
    Happened.REVOKED: Event.INTYG_REVOKED,
    Happened.ERASED: Event.INTYG_ERASED,
}
FOLLOWING = {
    Relation.COPIES: Event.INTYG_COPIED,
    Relation.RENEWS: Event.INTYG_COPIED_RENEWAL,
    Relation.REPLACES: Event.INTYG_COPIED_REPLACEMENT,
    Relation.COMPLEMENTS: Event.INTYG_COPIED_COMPLETION,
}
"""A new draft that follows from another certificate is told as such."""


def told(fact: Fact) -> None:
    """A listener that tells the fact once it has come true for good, if it is one that is told."""
    event = _event_of(fact)
    if event:
        facts = _common(fact) | _special(fact)
        transaction.on_commit(lambda: tell(event, **facts))


def _event_of(fact: Fact) -> Event | None:
    it = fact.certificate
    if fact.kind is Happened.CREATED and it.relation:
        return FOLLOWING[Relation(it.relation)]
    return (OF_CERTIFICATES if it.is_signed else OF_DRAFTS).get(fact.kind)


def _common(fact: Fact) -> dict[str, str]:
    it = fact.certificate
    user = fact.by.user.hsa_id if fact.by else fact.operator
    by = {"user": user} if user else {}
    return {"certificate": str(it.id), "type": it.type, "version": it.version, "unit": it.unit_id} | by


def _special(fact: Fact) -> dict[str, str]:
    it = fact.certificate
    match fact.kind:
        case Happened.CREATED if it.parent_id:
            return {"original": str(it.parent_id)}
        case Happened.SIGNED:
            return {"scheme": fact.by.method if fact.by else "", "relation": it.relation or "NO RELATION"}
        case Happened.SENT:
            return {"recipient": it.recipient}
        case Happened.PRINTED:
            return {"print": fact.detail}
        case Happened.REVOKED:
            return {"reason": it.revocation_reason}
    return {}
