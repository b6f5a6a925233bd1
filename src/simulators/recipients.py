"""The authorities as recipients of certificates: RegisterCertificate v3. Each keeps exactly the bytes it received, one row for each
certificate, and has a page of its own.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from lxml import etree
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators import behaviour, soap
from simulators.behaviour import MODES, mode_of, set_mode
from simulators.contracts import Contracts
from simulators.pages import page
from simulators.store import Store

_RESPONDER = "urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3"
_CORE = "urn:riv:clinicalprocess:healthcond:certificate:3"
_TYPES = "urn:riv:clinicalprocess:healthcond:certificate:types:3"
_NAMES = {"r": _RESPONDER, "c": _CORE, "t": _TYPES}

R, C = soap.makers(_RESPONDER, _CORE)

_RESULT_MODES = {
    "VALIDATION_ERROR": "Avvisar med VALIDATION_ERROR",
    "APPLICATION_ERROR": "Avvisar med APPLICATION_ERROR",
    "TECHNICAL_ERROR": "Avvisar med TECHNICAL_ERROR",
}
_LOST_ANSWER = "lost-answer"
_MODES = MODES | _RESULT_MODES | {_LOST_ANSWER: "Tar emot intyget men svarar HTTP 500"}

_ACCEPTED = "OK"


@dataclass(frozen=True)
class Recipient:
    """One authority: its place among the stand-ins (`/fk`) and its name. Its methods are what its addresses do."""

    id: str
    name: str

    async def register(self, request: Request) -> Response:
        """Take a certificate and answer as the real service does (OK, INFO for a repeated one, ERROR)."""
        body = await request.body()
        store: Store = request.app.state.store
        if failure := await behaviour.misbehave(store, self.id):
            return failure
        mode, _ = mode_of(store, self.id)
        if mode in _RESULT_MODES:
            return _result("ERROR", "The stand-in was told to refuse", mode)
        try:
            message = soap.message_of(body)
        except soap.BadRequest as error:
            return soap.fault("Client", str(error))
        answer = self._receive(store, request.app.state.contracts, message, body)
        return Response("Internal error", 500, media_type="text/plain") if mode == _LOST_ANSWER else answer

    def _receive(self, store: Store, contracts: Contracts, message: etree._Element, body: bytes) -> Response:
        certificate_id = _text(message, "r:intyg/c:intygs-id/t:extension")
        if message.tag != f"{{{_RESPONDER}}}RegisterCertificate" or not certificate_id:
            return _result("ERROR", "No certificate with an id in the message", "VALIDATION_ERROR")
        flaws = "; ".join(contracts.flaws(message))
        person = _text(message, "r:intyg/c:patient/c:person-id/t:extension")
        digest = hashlib.sha256(etree.tostring(message, method="c14n")).hexdigest()
        known = store.row("SELECT * FROM registered WHERE recipient = ? AND certificate_id = ?", self.id, certificate_id)
        if known and known["verdict"] == _ACCEPTED:
            store.change(
                "UPDATE registered SET deliveries = deliveries + 1, different = different + ? WHERE recipient = ? AND certificate_id = ?",
                known["digest"] != digest,
                self.id,
                certificate_id,
            )
            if known["person"] != person:
                return _result("ERROR", "Certificate with this id belongs to another person", "VALIDATION_ERROR")
            return _result("INFO", "Certificate already exists")
        store.change(
            "INSERT OR REPLACE INTO registered VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            self.id,
            certificate_id,
            person,
            _text(message, "r:intyg/c:typ/t:code"),
            _text(message, "r:intyg/c:skapadAv/c:enhet/c:enhetsnamn"),
            datetime.now(ZoneInfo("Europe/Stockholm")).isoformat(" ", "seconds")[:19],
            flaws or _ACCEPTED,
            (known["deliveries"] if known else 0) + 1,
            0,
            digest,
            body,
        )
        return _result("ERROR", flaws, "VALIDATION_ERROR") if flaws else _result("OK")

    def show(self, request: Request) -> Response:
        """What has been received, newest first."""
        store: Store = request.app.state.store
        mode, seconds = mode_of(store, self.id)
        known = request.app.state.contracts.known
        received = self._received(store)
        return page("recipient.jinja", recipient=self, received=received, modes=_MODES, mode=mode, seconds=seconds, validates=known)

    def received_json(self, request: Request) -> Response:
        """The same for machines; one entry for each certificate id."""
        return JSONResponse(self._received(request.app.state.store))

    def message(self, request: Request) -> Response:
        """The bytes of the accepted delivery of one certificate, exactly as received."""
        store: Store = request.app.state.store
        id = request.path_params["certificate_id"]
        row = store.row("SELECT message FROM registered WHERE recipient = ? AND certificate_id = ?", self.id, id)
        if row is None:
            return Response("Intyget har inte tagits emot.", 404, media_type="text/plain")
        return Response(row["message"], media_type="text/xml")

    async def change_mode(self, request: Request) -> Response:
        """Choose how the authority behaves."""
        if error := await set_mode(request, self.id, _MODES):
            return Response(error, 400, media_type="text/plain")
        return RedirectResponse(f"/{self.id}", 303)

    def _received(self, store: Store) -> list[dict[str, object]]:
        columns = "certificate_id, person, type, unit, received_at, verdict, deliveries, different"
        statement = f"SELECT {columns} FROM registered WHERE recipient = ? ORDER BY received_at DESC, rowid DESC"
        return [dict(row) for row in store.rows(statement, self.id)]

    def routes(self) -> Sequence[Route]:
        """Its addresses."""
        return (
            Route(f"/{self.id}/register-certificate/v3.0", self.register, methods=["POST"]),
            Route(f"/{self.id}", self.show),
            Route(f"/{self.id}/received.json", self.received_json),
            Route(f"/{self.id}/received/{{certificate_id}}.xml", self.message),
            Route(f"/{self.id}/mode", self.change_mode, methods=["POST"]),
        )


def _text(message: etree._Element, path: str) -> str:
    return message.findtext(path, "", _NAMES)


def _result(code: str, text: str = "", error: str = "") -> Response:
    result = R.result(C.resultCode(code))
    if text:
        result.append(C.resultText(text))
    if error:
        result.append(C.errorId(error))
    return soap.answer(R.RegisterCertificateResponse(result))


RECIPIENTS = (Recipient("fk", "Försäkringskassan"), Recipient("ts", "Transportstyrelsen"))

ROUTES = [route for recipient in RECIPIENTS for route in recipient.routes()]
