"""What can happen to a certificate, and how the rest of the house is told: a row and the listeners, in the same transaction.

Who listens is said on one page, `site/wiring.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from webcert.certificates import rows
from webcert.certificates.models import Certificate, Event
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock


class Happened(StrEnum):
    """The kinds of fact."""

    CREATED = "CREATED"
    TAKEN_IN = "TAKEN_IN"
    READ = "READ"
    CHANGED = "CHANGED"
    DELETED = "DELETED"
    FORWARDED = "FORWARDED"
    MARKED_READY = "MARKED_READY"
    LOCKED = "LOCKED"
    SIGNED = "SIGNED"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    DELIVERY_FAILED = "DELIVERY_FAILED"
    PRINTED = "PRINTED"
    RENEWED = "RENEWED"
    REPLACED = "REPLACED"
    COPIED = "COPIED"
    REVOKED = "REVOKED"
    REVOCATION_DELIVERED = "REVOCATION_DELIVERED"
    REVOCATION_FAILED = "REVOCATION_FAILED"
    ERASED = "ERASED"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened. `by` is None when no user acted: the system did, or an operator at the command line (her HSA-id)."""

    kind: Happened
    certificate: Certificate
    by: LoginContext | None
    detail: str = ""
    operator: str = ""


Listener = Callable[[Fact], None]

_listeners: dict[Happened, Sequence[Listener]] = {}

NOT_HISTORY = frozenset({Happened.READ})
"""Told to the listeners (the access log) but no part of the certificate's own history."""


def wire(listeners: Mapping[Happened, Sequence[Listener]]) -> None:
    """Set who listens to what. Called once, when the product starts."""
    _listeners.update(listeners)


def record(fact: Fact) -> None:
    """Write the fact and tell those who listen. Must run in the transaction of the change that it tells of."""
    if fact.kind not in NOT_HISTORY:
        rows.add_event(event_of(fact))
    tell(fact)


def event_of(fact: Fact) -> Event:
    """The fact as a row that is not written yet."""
    return Event(
        certificate_id=fact.certificate.id,
        kind=fact.kind,
        at=clock.now(),
        by_id=fact.by.user.hsa_id if fact.by else fact.operator,
        by_name=fact.by.user.name if fact.by else "",
        detail=fact.detail,
    )


def tell(fact: Fact) -> None:
    """Tell those who listen of a fact whose row is written."""
    for listener in _listeners.get(fact.kind, ()):
        listener(fact)
