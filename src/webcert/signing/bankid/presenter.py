"""What the page shows while somebody signs with BankID."""

from dataclasses import dataclass

from webcert.signing.actions import Ended
from webcert.signing.bankid import hints, qr
from webcert.signing.bankid.hints import Device
from webcert.signing.bankid.models import Order
from webcert.signing.models import Ticket
from webcert.vocabulary import clock

DEVICES = {Device.THIS: "BankID på den här enheten", Device.OTHER: "BankID på en annan enhet"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The page: a choice of device, a wait, a failure with the choice again, or an end from which only the draft leads on.

    `qr` is the code of this second while it is needed; `may_open` says that the app has not been opened yet.
    """

    type_name: str
    device: str = ""
    is_waiting: bool = False
    has_ended: bool = False
    text: str = ""
    qr: str = ""
    may_open: bool = False
    failure: str = ""
    abandoned: bool = False


def shown(ticket: Ticket, order: Order | None, *, problem: str = "") -> Shown:
    """What there is to show of the order, or of none. `problem` is something in the way that may pass."""
    if not ticket.is_open:
        return Shown(ticket.type_name, has_ended=True, failure=ticket.problem or Ended.text)
    if order is None:
        return Shown(ticket.type_name, failure=problem)
    if not order.is_pending:
        return Shown(ticket.type_name, failure=problem or hints.failed(order.hint), abandoned=order.hint in hints.ABANDONED)
    may_open = order.hint in hints.NOT_OPENED
    return Shown(
        ticket.type_name,
        order.device,
        is_waiting=True,
        text=problem or hints.pending(order.hint, Device(order.device)),
        qr=_code(order) if may_open and order.device == Device.OTHER else "",
        may_open=may_open,
    )


def _code(order: Order) -> str:
    seconds = int((clock.now() - order.began_at).total_seconds())
    return qr.image(qr.text(order.qr_start_token, order.qr_start_secret, seconds))
