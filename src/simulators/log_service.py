"""The log service: StoreLog v2. Keeps each entry once, by its id, in the order of arrival."""

import hashlib

from lxml import etree
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators import behaviour, soap
from simulators.behaviour import MODES, mode_of, set_mode
from simulators.contracts import Contracts
from simulators.pages import page
from simulators.store import Store

_RESPONDER = "urn:riv:informationsecurity:auditing:log:StoreLogResponder:2"
_LOG = "urn:riv:informationsecurity:auditing:log:2"
_NAMES = {"r": _RESPONDER, "l": _LOG}

R, L = soap.makers(_RESPONDER, _LOG)

_RESULT_MODES = {
    "ERROR": "Svarar ERROR",
    "VALIDATION_ERROR": "Avvisar med VALIDATION_ERROR",
    "ACCESSDENIED": "Avvisar med ACCESSDENIED",
}
_LOST_ANSWER = "lost-answer"
_MODES = MODES | _RESULT_MODES | {_LOST_ANSWER: "Tar emot loggposterna men svarar HTTP 500"}

_SHOWN = {
    "activity": "l:activity/l:activityType",
    "level": "l:activity/l:activityLevel",
    "remark": "l:activity/l:activityArgs",
    "at": "l:activity/l:startDate",
    "user": "l:user/l:userId",
    "unit": "l:user/l:careUnit/l:careUnitName",
    "patient": "l:resources/l:resource/l:patient/l:patientId/l:extension",
    "owner": "l:resources/l:resource/l:careUnit/l:careUnitName",
}
"""What is shown of an entry, and where it stands in the message."""


async def store_log(request: Request) -> Response:
    """Take a batch, all of it or nothing; what is known already is taken as well and changes nothing."""
    body = await request.body()
    store: Store = request.app.state.store
    if failure := await behaviour.misbehave(store, "log"):
        return failure
    mode, _ = mode_of(store, "log")
    if mode in _RESULT_MODES:
        return _result(mode, "The stand-in was told to refuse")
    try:
        message = soap.message_of(body)
    except soap.BadRequest as error:
        return soap.fault("Client", str(error))
    answer = _receive(store, request.app.state.contracts, message)
    return Response("Internal error", 500, media_type="text/plain") if mode == _LOST_ANSWER else answer


def _receive(store: Store, contracts: Contracts, message: etree._Element) -> Response:
    logs = message.findall("r:log", _NAMES)
    if message.tag != f"{{{_RESPONDER}}}StoreLog" or not logs:
        return _result("VALIDATION_ERROR", "No entries in the message")
    if flaws := contracts.flaws(message):
        return _result("VALIDATION_ERROR", "; ".join(flaws))
    store.change_many(
        "INSERT INTO log_entry (id, digest, deliveries, different, entry) VALUES (?, ?, 1, 0, ?)"
        " ON CONFLICT (id) DO UPDATE SET deliveries = deliveries + 1, different = different + (digest <> excluded.digest)",
        [_row(log) for log in logs],
    )
    return _result("OK")


def _row(log: etree._Element) -> tuple[str, str, bytes]:
    entry = etree.tostring(log, method="c14n")
    return log.findtext("l:logId", "", _NAMES), hashlib.sha256(entry).hexdigest(), entry


def _result(code: str, text: str = "") -> Response:
    result = R.result(L.resultCode(code))
    if text:
        result.append(L.resultText(text))
    return soap.answer(R.StoreLogResponse(result))


def _received(store: Store, order: str) -> list[dict[str, object]]:
    rows = store.rows(f"SELECT rowid, id, deliveries, different, entry FROM log_entry ORDER BY rowid {order} LIMIT 100000")
    return [
        {
            "number": row["rowid"],
            "id": row["id"],
            "deliveries": row["deliveries"],
            "different": row["different"],
            **_shown(etree.fromstring(row["entry"])),
        }
        for row in rows
    ]


def _shown(log: etree._Element) -> dict[str, str]:
    return {name: log.findtext(path, "", _NAMES) for name, path in _SHOWN.items()}


def show(request: Request) -> Response:
    """What has been received, newest first."""
    store: Store = request.app.state.store
    mode, seconds = mode_of(store, "log")
    known = request.app.state.contracts.known
    return page("log.jinja", received=_received(store, "DESC"), modes=_MODES, mode=mode, seconds=seconds, validates=known)


def received_json(request: Request) -> Response:
    """The same for machines, in the order of arrival."""
    return JSONResponse(_received(request.app.state.store, "ASC"))


async def change_mode(request: Request) -> Response:
    """Choose how the log service behaves."""
    if error := await set_mode(request, "log", _MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/log", 303)


ROUTES = [
    Route("/log/informationsecurity/auditing/log/StoreLog/2/rivtabp21", store_log, methods=["POST"]),
    Route("/log", show),
    Route("/log/received.json", received_json),
    Route("/log/mode", change_mode, methods=["POST"]),
]
