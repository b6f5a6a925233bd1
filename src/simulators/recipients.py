"""The authorities as recipients of certificates: RegisterCertificate 3 and RevokeCertificate 2. Each keeps exactly the bytes it received,
one row for each certificate, and has a page of its own.
"""

import hashlib
from collections.abc import Callable, Sequence
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
_REVOKER = "urn:riv:clinicalprocess:healthcond:certificate:RevokeCertificateResponder:2"
_NAMES = {"r": _RESPONDER, "v": _REVOKER, "c": _CORE, "t": _TYPES}

R, C, V = soap.makers(_RESPONDER, _CORE, _REVOKER)

_RESULT_MODES = {
    "VALIDATION_ERROR": "Avvisar med VALIDATION_ERROR",
    "APPLICATION_ERROR": "Avvisar med APPLICATION_ERROR",
    "TECHNICAL_ERROR": "Avvisar med TECHNICAL_ERROR",
}
_LOST_ANSWER = "lost-answer"
_MODES = MODES | _RESULT_MODES | {_LOST_ANSWER: "Tar emot intyget men svarar HTTP 500"}

_ACCEPTED = "OK"

Take = Callable[[Store, Contracts, etree._Element, bytes], Response]
Answered = Callable[[str, str, str], Response]


@dataclass(frozen=True)
class Recipient:
    """One authority: its place among the stand-ins (`/fk`) and its name. Its methods are what its addresses do."""

    id: str
    name: str

    async def register(self, request: Request) -> Response:
        """Take a certificate and answer as the real service does (OK, INFO for a repeated one, ERROR)."""
        return await self._serve(request, self._receive, _result)

    async def revoke(self, request: Request) -> Response:
        """Take the revocation of a certificate and answer as the real service does (ERROR when it has no such certificate)."""
        return await self._serve(request, self._revoke, _revoked)

    async def _serve(self, request: Request, take: Take, answered: Answered) -> Response:
        body = await request.body()
        store: Store = request.app.state.store
        if failure := await behaviour.misbehave(store, self.id):
            return failure
        mode, _ = mode_of(store, self.id)
        if mode in _RESULT_MODES:
            return answered("ERROR", "The stand-in was told to refuse", mode)
        try:
            message = soap.message_of(body)
        except soap.BadRequest as error:
            return soap.fault("Client", str(error))
        answer = take(store, request.app.state.contracts, message, body)
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
            _now(),
            flaws or _ACCEPTED,
            (known["deliveries"] if known else 0) + 1,
            0,
            digest,
            body,
        )
        return _result("ERROR", flaws, "VALIDATION_ERROR") if flaws else _result("OK")

    def _revoke(self, store: Store, contracts: Contracts, message: etree._Element, body: bytes) -> Response:
        if flaws := "; ".join(contracts.flaws(message)):
            return _revoked("ERROR", flaws, "VALIDATION_ERROR")
        id, person = _text(message, "v:intygs-id/t:extension"), _text(message, "v:patientPerson-id/t:extension")
        known = store.row("SELECT person, verdict FROM registered WHERE recipient = ? AND certificate_id = ?", self.id, id)
        if known is None or tuple(known) != (person, _ACCEPTED):
            return _revoked("ERROR", f"Certificate {id} does not exist for patient.", "APPLICATION_ERROR")
        if store.change("UPDATE revoked SET deliveries = deliveries + 1 WHERE recipient = ? AND certificate_id = ?", self.id, id):
            return _revoked("INFO", f"Certificate {id} is already revoked.")
        store.change("INSERT INTO revoked VALUES (?, ?, ?, ?, 1, ?)", self.id, id, _now(), _text(message, "v:meddelande"), body)
        return _revoked("OK")

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
        columns = "certificate_id, person, type, unit, received_at, verdict, registered.deliveries, different, revoked_at, reason"
        tables = "registered LEFT JOIN revoked USING (recipient, certificate_id)"
        statement = f"SELECT {columns} FROM {tables} WHERE recipient = ? ORDER BY received_at DESC, registered.rowid DESC"
        return [dict(row) for row in store.rows(statement, self.id)]

    def routes(self) -> Sequence[Route]:
        """Its addresses."""
        return (
            Route(f"/{self.id}/register-certificate/v3.0", self.register, methods=["POST"]),
            Route(f"/{self.id}/revoke-certificate-rivta/v2.0", self.revoke, methods=["POST"]),
            Route(f"/{self.id}", self.show),
            Route(f"/{self.id}/received.json", self.received_json),
            Route(f"/{self.id}/received/{{certificate_id}}.xml", self.message),
            Route(f"/{self.id}/mode", self.change_mode, methods=["POST"]),
        )


def _text(message: etree._Element, path: str) -> str:
    return message.findtext(path, "", _NAMES)


def _now() -> str:
    return datetime.now(ZoneInfo("Europe/Stockholm")).isoformat(" ", "seconds")[:19]


def _result(code: str, text: str = "", error: str = "") -> Response:
    return soap.answer(R.RegisterCertificateResponse(_filled(R.result(C.resultCode(code)), text, error)))


def _revoked(code: str, text: str = "", error: str = "") -> Response:
    return soap.answer(V.RevokeCertificateResponse(_filled(V.result(C.resultCode(code)), text, error)))


def _filled(result: etree._Element, text: str, error: str) -> etree._Element:
    if text:
        result.append(C.resultText(text))
    if error:
        result.append(C.errorId(error))
    return result


RECIPIENTS = (Recipient("fk", "Försäkringskassan"), Recipient("ts", "Transportstyrelsen"))

ROUTES = [route for recipient in RECIPIENTS for route in recipient.routes()]
