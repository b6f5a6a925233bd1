"""An order to sign: from its start by the relying party over the phone to its collection, with the time-outs of the real service."""

import hashlib
import hmac
import secrets
import time
import uuid
from dataclasses import dataclass

from simulators.store import Store

SECONDS_TO_START = 30
SECONDS_TO_SIGN = 180
SECONDS_KEPT = {"complete": 180, "failed": 300}
"""How long an order can be collected after its end."""

_QR_PATIENCE = 5
"""Seconds that a QR code may be old when the phone reads it."""

PENDING_HINTS = ("outstandingTransaction", "noClient", "started", "userMrtd", "userCallConfirm", "userSign", "processing")
FAILURES = (
    "expiredTransaction",
    "certificateErr",
    "userCancel",
    "cancelled",
    "startFailed",
    "userDeclinedCall",
    "notSupportedByUserApp",
    "transactionRiskBlocked",
)


@dataclass(frozen=True)
class Order:
    """One order as it is stored. `visible` and `hidden` are base64, as the relying party sent them; moments are seconds since 1970."""

    ref: str
    person: str
    visible: str
    hidden: str
    auto_start_token: str
    qr_start_token: str
    qr_start_secret: str
    created: float
    started: int
    status: str
    hint: str
    ended: float | None
    completion: str


class Orders:
    """All orders in the store. What has outlived its time is ended before it is looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def begin(self, person: str, visible: str, hidden: str) -> Order:
        """A new order for that person (or for anybody, when empty)."""
        ref, start, qr, secret = (str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)) for _ in range(4))
        self._store.change(
            "INSERT INTO bankid_order VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 'pending', 'outstandingTransaction', NULL, '')",
            *(ref, person, visible, hidden, start, qr, secret, time.time()),
        )
        order = self.get(ref)
        assert order
        return order

    def get(self, ref: str) -> Order | None:
        """The order, unless it is unknown or no longer kept."""
        return self._one("ref", ref)

    def started_by(self, auto_start_token: str) -> Order | None:
        """The order that a link on the same device starts."""
        return self._one("auto_start_token", auto_start_token)

    def scanned(self, text: str) -> Order | None:
        """The order whose QR code says so now, or said so a moment ago."""
        _, token, seconds, code = [*text.strip().split("."), "", "", "", ""][:4]
        order = self._one("qr_start_token", token)
        if order is None or not seconds.isdecimal() or not text.startswith("bankid."):
            return None
        expected = hmac.new(order.qr_start_secret.encode(), seconds.encode(), hashlib.sha256).hexdigest()
        age = time.time() - order.created - int(seconds)
        return order if hmac.compare_digest(expected, code) and -2 <= age <= _QR_PATIENCE else None

    def pending(self, person: str = "") -> list[Order]:
        """What waits for a phone, newest first: everything, or what is for that person."""
        self._let_time_pass()
        rows = self._store.rows(
            "SELECT * FROM bankid_order WHERE status = 'pending' AND (person = ? OR ? = '') ORDER BY created DESC", person, person
        )
        return [Order(*row) for row in rows]

    def start(self, order: Order) -> None:
        """The person's app has the order and shows what is to be signed."""
        self._store.change("UPDATE bankid_order SET started = 1, hint = 'userSign' WHERE ref = ? AND status = 'pending'", order.ref)

    def hint(self, order: Order, hint: str) -> None:
        """Let the service tell that the order has come so far."""
        self._store.change("UPDATE bankid_order SET hint = ? WHERE ref = ? AND status = 'pending'", hint, order.ref)

    def complete(self, order: Order, completion: str) -> None:
        """The person has signed."""
        self._end(order, "complete", "", completion)

    def fail(self, order: Order, hint: str) -> None:
        """The order ends for that reason."""
        self._end(order, "failed", hint, "")

    def age(self, order: Order, seconds: float) -> None:
        """Let so much time pass for this order."""
        self._store.change("UPDATE bankid_order SET created = created - ?, ended = ended - ? WHERE ref = ?", seconds, seconds, order.ref)
        self._let_time_pass()

    def forget(self, order: Order) -> None:
        """The order has been collected to its end."""
        self._store.change("DELETE FROM bankid_order WHERE ref = ?", order.ref)

    def _end(self, order: Order, status: str, hint: str, completion: str) -> None:
        self._store.change(
            "UPDATE bankid_order SET status = ?, hint = ?, ended = ?, completion = ? WHERE ref = ? AND status = 'pending'",
            *(status, hint, time.time(), completion, order.ref),
        )

    def _one(self, column: str, value: str) -> Order | None:
        self._let_time_pass()
        row = self._store.row(f"SELECT * FROM bankid_order WHERE {column} = ?", value)
        return Order(*row) if row else None

    def _let_time_pass(self) -> None:
        now = time.time()
        failed = "UPDATE bankid_order SET status = 'failed', ended = ?, hint = ? WHERE status = 'pending' AND created < ?"
        self._store.change(failed, now, "expiredTransaction", now - SECONDS_TO_SIGN)
        self._store.change(f"{failed} AND started = 0", now, "startFailed", now - SECONDS_TO_START)
        for status, seconds in SECONDS_KEPT.items():
            self._store.change("DELETE FROM bankid_order WHERE status = ? AND ended < ?", status, now - seconds)
