"""What can be done with an order at BankID: begin it, see how it goes, end it. The only place that changes an order.

BankID is never asked inside a transaction. Whatever happens between two steps leaves the draft a draft, and another order can be begun.
Source: reference/login-and-signing.md §7, security-and-audit.md §4.3.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db.models import Q

from webcert.certificates.errors import Refused
from webcert.certificates.models import Signature
from webcert.certificates.signing import Proof
from webcert.riv.client import CallFailed
from webcert.signing import actions as signing
from webcert.signing.bankid import evidence, hints
from webcert.signing.bankid.client import AlreadyInProgress, Complete, Failed, NoSuchOrder, Pending, UnderMaintenance
from webcert.signing.bankid.evidence import Evidence, NotProven
from webcert.signing.bankid.hints import Device
from webcert.signing.bankid.installed import NotBegun, authorities, client
from webcert.signing.bankid.models import Order, State
from webcert.signing.bankid.order import to_be_signed
from webcert.signing.models import Ticket
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock

log = structlog.get_logger("webcert.bankid")

ASKED_EVERY = timedelta(seconds=0.9)
"""A page may ask once a second; the rest is for clocks and networks."""

COLLECTED_EVERY = timedelta(seconds=2)

LOST_AFTER = timedelta(minutes=6)
"""An order lives for three minutes, and BankID tells its end for three more."""


class NothingAsked(Refused):
    """BankID has not been asked for this signature."""

    text = "Ingen underskrift med BankID är begärd."


class TooSoon(Exception):
    """A page asks more often than it may."""


@dataclass(frozen=True, slots=True)
class Look:
    """An order as it stands now. `problem` is told when BankID cannot be asked for the moment."""

    order: Order
    problem: str = ""


def begin(ticket: Ticket, *, device: Device, ip: str | None, by: LoginContext) -> Order:
    """Order the user's signature of what the ticket holds. A user has one order at a time: what she has begun elsewhere is ended.

    While the app has not been opened the same order serves both devices. Raises NotBegun or Ended; nothing is ordered then.
    """
    if not ticket.is_open:
        raise signing.Ended
    if Order.objects.filter(pk=ticket.pk, state=State.PENDING, hint__in=hints.NOT_OPENED).update(device=device):
        return Order.objects.get(pk=ticket.pk)
    _end_others(by)
    asked = to_be_signed(bytes(ticket.document))
    try:
        started = client().sign(visible=asked.visible, hidden=asked.hidden, personal_id=by.user.personal_id, ip=ip or "")
    except AlreadyInProgress:
        raise NotBegun(hints.ALREADY_IN_PROGRESS) from None
    except UnderMaintenance:
        raise NotBegun(hints.MAINTENANCE) from None
    except CallFailed as failure:
        log.warning("no order at BankID", error=str(failure))
        raise NotBegun(hints.NO_CONTACT) from failure
    now = clock.now()
    order = Order(
        ticket=ticket,
        user_id=by.user.hsa_id,
        device=device,
        order_ref=started.order_ref,
        auto_start_token=started.auto_start_token,
        qr_start_token=started.qr_start_token,
        qr_start_secret=started.qr_start_secret,
        began_at=now,
        collect_after=now,
    )
    order.save()
    return order


def look(ticket: Ticket, *, by: LoginContext) -> Look:
    """How the order of the user's ticket stands, after asking BankID when that is due; a signed certificate when it has been signed.

    Raises TooSoon when pages ask more often than once a second, and NothingAsked when no order has been begun.
    """
    order = Order.objects.filter(pk=ticket.pk).first()
    if order is None:
        raise NothingAsked
    if not _claimed(order):
        raise TooSoon
    if order.state == State.PENDING and not ticket.is_open:
        _cancel(order)
    problem = _collect(order) if order.state == State.PENDING else ""
    if order.state == State.SIGNED:
        _finish(ticket, order, by)
    return Look(order, problem)


def cancel(ticket: Ticket) -> None:
    """Give the signing up. When BankID cannot be told the order ends there by itself."""
    for order in Order.objects.filter(pk=ticket.pk, state=State.PENDING):
        _cancel(order)
    signing.cancel(ticket)


def _end_others(by: LoginContext) -> None:
    for order in Order.objects.filter(user_id=by.user.hsa_id, state=State.PENDING):
        _cancel(order)


def _cancel(order: Order) -> None:
    try:
        client().cancel(order.order_ref)
    except CallFailed as failure:
        log.warning("BankID does not hear that an order is cancelled", error=str(failure))
    _fail(order, "cancelled")


def _collect(order: Order) -> str:
    """Ask BankID, unless somebody else does or has just done so, and keep what it tells. Gives what is in the way, if anything."""
    if not _leased(order):
        return ""
    try:
        told = client().collect(order.order_ref)
    except NoSuchOrder:
        _fail(order, hints.LOST)
        return ""
    except CallFailed as failure:
        log.warning("BankID does not tell how an order stands", error=str(failure))
        if clock.now() - order.began_at > LOST_AFTER:
            _fail(order, hints.LOST)
        _keep(order, collect_after=clock.now() + COLLECTED_EVERY)
        return hints.NO_CONTACT
    match told:
        case Pending(hint):
            _keep(order, hint=hint[:40], collect_after=clock.now() + COLLECTED_EVERY)
        case Failed(hint):
            _fail(order, hint)
        case Complete():
            given = Evidence(told.signature, told.ocsp_response, clock.now())
            _keep(order, state=State.SIGNED, hint="", evidence=given.stored(), qr_start_secret="")
    return ""


def _finish(ticket: Ticket, order: Order, by: LoginContext) -> None:
    """Judge what the person has signed and let the certificate become signed. Two requests that do so at once come to the same."""
    assert order.evidence is not None
    given = evidence.read(bytes(order.evidence))
    try:
        asked = to_be_signed(bytes(ticket.document))
        evidence.require_signed(given, asked, authorities=authorities(), personal_id=by.user.personal_id)
        signing.finish(ticket, Proof(Signature.Kind.BANKID, asked.digest, given.stored()), by=by)
    except NotProven as not_proven:
        log.error("a signature from BankID proves nothing", certificate=str(ticket.certificate_id), doubt=not_proven.doubt)
        signing.fail(ticket, hints.failed(hints.WRONG))
        _fail(order, hints.WRONG)
    except Refused:
        _fail(order, hints.REFUSED)
    else:
        _keep(order, state=State.DONE)


def _fail(order: Order, hint: str) -> None:
    _keep(order, state=State.FAILED, hint=hint[:40], qr_start_secret="")


def _keep(order: Order, **changes: Any) -> None:
    """Change the order, unless it has ended or been replaced by another meanwhile."""
    same = Order.objects.filter(pk=order.pk, order_ref=order.order_ref, state__in=(State.PENDING, State.SIGNED))
    if same.update(**changes):
        for field, value in changes.items():
            setattr(order, field, value)


def _claimed(order: Order) -> bool:
    """Whether this request is the one that may ask now; the database lets one through."""
    now = clock.now()
    free = Q(asked_at=None) | Q(asked_at__lte=now - ASKED_EVERY)
    return bool(Order.objects.filter(free, pk=order.pk).update(asked_at=now))


def _leased(order: Order) -> bool:
    """Whether BankID is to be asked now, by this request: others wait until it has been, or this process has died."""
    now = clock.now()
    until = now + timedelta(seconds=settings.WEBCERT.outside_timeout_seconds) + COLLECTED_EVERY
    return bool(Order.objects.filter(pk=order.pk, state=State.PENDING, collect_after__lte=now).update(collect_after=until))
