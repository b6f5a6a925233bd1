"""The Relying Party API v6.0: what is asked of BankID, what it answers, and how it fails. Knows nothing of certificates.

A call is never repeated here: one that got no answer may have started an order all the same. No error carries anything personal.
Source: reference/login-and-signing.md §7.
"""

import base64
import json
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from webcert.riv.client import CallFailed, Connection, Garbled, Tls, Unreachable

ANSWER_LIMIT = 1024 * 1024

T = TypeVar("T")

Text = Annotated[str, Field(max_length=ANSWER_LIMIT)]
Token = Annotated[str, Field(min_length=1, max_length=200)]

_AS_BANKID_NAMES = ConfigDict(alias_generator=to_camel)


class AlreadyInProgress(CallFailed):
    """The person had an order already. BankID has ended that one and started none."""


class UnderMaintenance(CallFailed):
    """BankID says that it is closed for a while."""


class NoSuchOrder(CallFailed):
    """The order is unknown to BankID: collected to its end already, or too old."""


class Declined(CallFailed):
    """BankID refuses what we ask: a defect of ours, or a wrong certificate. `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Started:
    """A new order. The secret is for the server only."""

    __pydantic_config__ = _AS_BANKID_NAMES

    order_ref: Token
    auto_start_token: Token
    qr_start_token: Token
    qr_start_secret: Token = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """The person is not finished."""

    hint: Text


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing was signed, for the reason of the hint."""

    hint: Text


@dataclass(frozen=True, slots=True)
class Complete:
    """The person has signed; base64 as it came. Nothing of it has been judged."""

    personal_id: Text = field(repr=False)
    signature: Text = field(repr=False)
    ocsp_response: Text = field(repr=False)


Collected = Pending | Failed | Complete


@dataclass(frozen=True, slots=True)
class _User:
    __pydantic_config__ = _AS_BANKID_NAMES

    personal_number: Text


@dataclass(frozen=True, slots=True)
class _Completion:
    __pydantic_config__ = _AS_BANKID_NAMES

    user: _User
    signature: Text
    ocsp_response: Text


@dataclass(frozen=True, slots=True)
class _Collected:
    __pydantic_config__ = _AS_BANKID_NAMES

    status: Literal["pending", "failed", "complete"]
    hint_code: Text = ""
    completion_data: _Completion | None = None


_STARTED, _COLLECTED = TypeAdapter(Started), TypeAdapter(_Collected)

_IN_PROGRESS, _UNKNOWN_ORDER = "alreadyInProgress", "invalidParameters"


class Client:
    """Calls BankID at one address, from any number of threads."""

    def __init__(self, url: str, tls: Tls, *, answer_timeout: float = 10.0) -> None:
        """`tls` is our certificate, and the one authority that BankID's may come from."""
        self._url = url
        self._connection = Connection(answer_timeout=answer_timeout, answer_limit=ANSWER_LIMIT, content_type="application/json", tls=tls)

    def sign(self, *, visible: str, hidden: bytes, personal_id: str, ip: str) -> Started:
        """Order that the person with that number, and nobody else, signs the text that she sees and what is bound to it unseen.

        `ip` is the address of her browser as we see it. Raises CallFailed, of which AlreadyInProgress and UnderMaintenance are told apart.
        """
        answer = self._call(
            "sign",
            endUserIp=ip,
            userVisibleData=base64.b64encode(visible.encode()).decode(),
            userVisibleDataFormat="plaintext",
            userNonVisibleData=base64.b64encode(hidden).decode(),
            requirement={"personalNumber": personal_id},
        )
        return _read(_STARTED, answer)

    def collect(self, order_ref: str) -> Collected:
        """How the order stands. An end is told once. Raises CallFailed; NoSuchOrder when there is nothing more to ask."""
        try:
            collected = _read(_COLLECTED, self._call("collect", orderRef=order_ref))
        except Declined as declined:
            raise NoSuchOrder if declined.code == _UNKNOWN_ORDER else declined from None
        if collected.status == "pending":
            return Pending(collected.hint_code)
        if collected.status == "failed":
            return Failed(collected.hint_code)
        if collected.completion_data is None:
            raise Garbled("complete without completion data")
        done = collected.completion_data
        return Complete(done.user.personal_number, done.signature, done.ocsp_response)

    def cancel(self, order_ref: str) -> None:
        """End the order. One that has ended already is no failure. Raises CallFailed."""
        try:
            self._call("cancel", orderRef=order_ref)
        except Declined as declined:
            if declined.code != _UNKNOWN_ORDER:
                raise

    def _call(self, method: str, **asked: Any) -> bytes:
        status, answer = self._connection.post(f"{self._url}/{method}", json.dumps(asked).encode())
        if status == 200:
            return answer
        code = _error_code(answer)
        if code == _IN_PROGRESS:
            raise AlreadyInProgress(code)
        if code == "maintenance":
            raise UnderMaintenance(code)
        if status >= 500 or status in (408, 429):
            raise Unreachable(f"HTTP {status}")
        raise Declined(code or f"HTTP {status}")


def _read(shape: TypeAdapter[T], answer: bytes) -> T:
    try:
        return shape.validate_json(answer)
    except ValidationError:
        raise Garbled("not an answer of the API") from None


def _error_code(answer: bytes) -> str:
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    code = told.get("errorCode") if isinstance(told, dict) else None
    return code if isinstance(code, str) and code.isalnum() and len(code) <= 40 else ""
