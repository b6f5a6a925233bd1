"""The Relying Party API v6.0: `sign`, `collect` and `cancel`, with the errors of the real one. Client certificates are the port's affair.

Source: reference/login-and-signing.md §7.
"""

import base64
import binascii
import json
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from simulators import behaviour
from simulators.bankid.orders import Order, Orders
from simulators.behaviour import mode_of
from simulators.store import Store

LONGEST_VISIBLE, LONGEST_HIDDEN = 40_000, 200_000

_SIGN_FIELDS = {"endUserIp", "userVisibleData", "userVisibleDataFormat", "userNonVisibleData", "requirement", "returnUrl", "returnRisk"}
_REQUIREMENTS = {"pinCode", "mrtd", "cardReader", "certificatePolicies", "personalNumber"}

MODES = {
    "maintenance": "Svarar att underhåll pågår (503)",
    "unauthorized": "Svarar att certifikatet saknar rätt (401)",
    "busy": "Svarar att för många anrop gjorts (429)",
    "lost-answer": "Tar emot begäran men svarar HTTP 500",
}
"""What the API itself can be told to do, beside what every stand-in can."""

_REFUSALS = {"maintenance": (503, "maintenance"), "unauthorized": (401, "unauthorized"), "busy": (429, "tooManyRequests")}


class BadCall(Exception):
    """A call that is answered with an error."""

    def __init__(self, details: str, code: str = "invalidParameters", status: int = 400) -> None:
        super().__init__(details)
        self.details, self.code, self.status = details, code, status


Call = Callable[[Orders, dict[str, Any]], dict[str, Any]]


def sign(orders: Orders, asked: dict[str, Any]) -> dict[str, Any]:
    """Start an order. When the person has one already that is ended, and nothing is started."""
    if unknown := set(asked) - _SIGN_FIELDS:
        raise BadCall(f"Unknown fields: {', '.join(sorted(unknown))}")
    _require_ip(asked.get("endUserIp"))
    visible = _encoded_text(asked, "userVisibleData", LONGEST_VISIBLE)
    if not visible:
        raise BadCall("Missing userVisibleData")
    person = _person(asked.get("requirement", {}))
    if person and (others := orders.pending(person)):
        for other in others:
            orders.fail(other, "cancelled")
        raise BadCall("Order already in progress for the user", "alreadyInProgress")
    order = orders.begin(person, visible, _encoded_text(asked, "userNonVisibleData", LONGEST_HIDDEN))
    return {
        "orderRef": order.ref,
        "autoStartToken": order.auto_start_token,
        "qrStartToken": order.qr_start_token,
        "qrStartSecret": order.qr_start_secret,
    }


def collect(orders: Orders, asked: dict[str, Any]) -> dict[str, Any]:
    """How the order stands. How it ended is told once."""
    order = _order(orders, asked)
    if order.status == "pending":
        return {"orderRef": order.ref, "status": "pending", "hintCode": order.hint}
    orders.forget(order)
    if order.status == "failed":
        return {"orderRef": order.ref, "status": "failed", "hintCode": order.hint}
    return {"orderRef": order.ref, "status": "complete", "completionData": json.loads(order.completion)}


def cancel(orders: Orders, asked: dict[str, Any]) -> dict[str, Any]:
    """End an order that is not finished."""
    orders.forget(_order(orders, asked))
    return {}


def _order(orders: Orders, asked: dict[str, Any]) -> Order:
    order = orders.get(str(asked.get("orderRef", "")))
    if order is None:
        raise BadCall("No such order")
    return order


def _require_ip(given: object) -> None:
    try:
        ip_address(str(given))
    except ValueError:
        raise BadCall("Invalid endUserIp") from None


def _person(requirement: object) -> str:
    if not isinstance(requirement, dict) or set(requirement) - _REQUIREMENTS:
        raise BadCall("Invalid requirement")
    number = str(requirement.get("personalNumber", ""))
    if number and not (len(number) == 12 and number.isdecimal()):
        raise BadCall("Invalid personalNumber")
    return number


def _encoded_text(asked: dict[str, Any], name: str, longest: int) -> str:
    given = asked.get(name, "")
    try:
        base64.b64decode(given, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise BadCall(f"Invalid {name}") from None
    if len(given) > longest:
        raise BadCall(f"Too long {name}")
    return str(given)


def _endpoint(call: Call) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        store: Store = request.app.state.store
        if failure := await behaviour.misbehave(store, "bankid"):
            return failure
        mode, _ = mode_of(store, "bankid")
        if mode in _REFUSALS:
            status, code = _REFUSALS[mode]
            return _error(status, code, "The stand-in was told to refuse")
        if request.headers.get("content-type") != "application/json":
            return _error(415, "unsupportedMediaType", "Adding a charset or another type is not supported")
        try:
            answer = call(Orders(store), _asked(body))
        except BadCall as bad:
            return _error(bad.status, bad.code, bad.details)
        return _error(500, "internalError", "Internal technical error") if mode == "lost-answer" else JSONResponse(answer)

    return endpoint


def _asked(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except ValueError:
        raise BadCall("Invalid JSON") from None
    if not isinstance(asked, dict):
        raise BadCall("Invalid JSON")
    return asked


def _error(status: int, code: str, details: str) -> Response:
    return JSONResponse({"errorCode": code, "details": details}, status)


ROUTES: list[BaseRoute] = [
    Route(f"/rp/v6.0/{name}", _endpoint(call), methods=["POST"])
    for name, call in {"sign": sign, "collect": collect, "cancel": cancel}.items()
]
