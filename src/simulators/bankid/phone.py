"""The phones of the invented persons: what waits for a signature, and what a person does with it. Every button is a plain form.

`/bankid/app` is where the link on the same device leads; a QR code is read by posting its text to `/bankid/scan`.
"""

import base64

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.bankid import api
from simulators.bankid.orders import FAILURES, PENDING_HINTS, Order, Orders
from simulators.bankid.signing import FLAWS, SOMEBODY_ELSE, Person, Signer
from simulators.behaviour import MODES as COMMON_MODES
from simulators.behaviour import mode_of, set_mode
from simulators.forms import form_of
from simulators.pages import page
from simulators.store import Store

MODES = {mode: label for mode, label in COMMON_MODES.items() if mode != "fault"} | api.MODES | FLAWS


def show(request: Request) -> Response:
    """All orders that wait, and how the service behaves."""
    store = _store(request)
    mode, seconds = mode_of(store, "bankid")
    shown = [_shown(store, order) for order in _orders(request).pending()]
    return page("bankid.jinja", orders=shown, modes=MODES, mode=mode, seconds=seconds, hints=PENDING_HINTS, failures=FAILURES)


def app(request: Request) -> Response:
    """The app as a link on the same device opens it: the order is started."""
    order = _orders(request).started_by(request.query_params.get("autostarttoken", ""))
    if order is None or order.status != "pending":
        return _refused("Det finns inget att skriva under. Tiden kan ha gått ut.", 404)
    _orders(request).start(order)
    back = request.query_params.get("redirect", "")
    return page("bankid_app.jinja", order=_shown(_store(request), order), back=back if back.startswith(("http://", "https://")) else "")


def orders_json(request: Request) -> Response:
    """What waits, for machines. Never the secret of a QR code."""
    return JSONResponse([_shown(_store(request), order) for order in _orders(request).pending()])


async def scan(request: Request) -> Response:
    """A phone has read a QR code."""
    order = _orders(request).scanned((await form_of(request)).get("text", ""))
    if order is None:
        return _refused("QR-koden gäller inte, eller är för gammal.")
    _orders(request).start(order)
    return _back()


async def act(request: Request) -> Response:
    """What the person, or time, does with one order."""
    orders, form = _orders(request), await form_of(request)
    order = orders.get(request.path_params["ref"])
    if order is None or order.status != "pending":
        return _refused("Det finns inget att skriva under. Tiden kan ha gått ut.", 404)
    match request.path_params["act"]:
        case "start":
            orders.start(order)
        case "approve":
            orders.complete(order, _signed(request, order))
        case "cancel":
            orders.fail(order, "userCancel")
        case "hint" if form.get("hint"):
            orders.hint(order, form["hint"])
        case "fail" if form.get("hint"):
            orders.fail(order, form["hint"])
        case "age" if form.get("seconds", "").isdecimal():
            orders.age(order, int(form["seconds"]))
        case _:
            return _refused("Det går inte att göra.")
    return RedirectResponse(back, 303) if (back := form.get("back", "")).startswith(("http://", "https://")) else _back()


async def change_mode(request: Request) -> Response:
    """Choose how the service behaves."""
    error = await set_mode(request, "bankid", MODES)
    return _refused(error) if error else _back()


def _signed(request: Request, order: Order) -> str:
    mode, _ = mode_of(_store(request), "bankid")
    signer: Signer = request.app.state.bankid
    number = SOMEBODY_ELSE if mode == "wrong-user" or not order.person else order.person
    return signer.sign(order, _person(_store(request), number), mode if mode in FLAWS else "")


def _person(store: Store, number: str) -> Person:
    row = store.row("SELECT given, surname FROM person WHERE number = ?", number)
    return Person(number, row["given"], row["surname"]) if row else Person(number, "Testperson", "Utan namn")


def _shown(store: Store, order: Order) -> dict[str, object]:
    return {
        "ref": order.ref,
        "person": order.person,
        "name": _person(store, order.person).name,
        "text": base64.b64decode(order.visible).decode("utf-8", "replace"),
        "started": bool(order.started),
        "hint": order.hint,
    }


def _orders(request: Request) -> Orders:
    return Orders(_store(request))


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _refused(text: str, status: int = 400) -> Response:
    return Response(text, status, media_type="text/plain")


def _back() -> Response:
    return RedirectResponse("/bankid", 303)


ROUTES = [
    Route("/bankid", show),
    Route("/bankid/app", app),
    Route("/bankid/orders.json", orders_json),
    Route("/bankid/scan", scan, methods=["POST"]),
    Route("/bankid/orders/{ref}/{act}", act, methods=["POST"]),
    Route("/bankid/mode", change_mode, methods=["POST"]),
]
