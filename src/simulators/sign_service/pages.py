"""What a user meets at the signing service: what she is about to sign, and two buttons. The answer goes back by way of her browser."""

import base64
import re

from cryptography.hazmat.primitives.serialization import Encoding
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.behaviour import misbehave, mode_of, set_mode
from simulators.forms import form_of
from simulators.idp.providers import PROVIDERS
from simulators.idp.service_providers import service_provider
from simulators.pages import page
from simulators.pki import Credential, Pki
from simulators.sign_service import messages
from simulators.sign_service.messages import SignRequest
from simulators.store import Store
from simulators.xml import Refused

MODES = {
    "normal": "Svarar som vanligt",
    "der": "Skriver underskriften som DER",
    "wrong-user": "Någon annan skriver under",
    "tampered": "Svaret är ändrat efter att det signerades",
    "late": "Svaret är en timme gammalt",
    "slow": "Svarar långsamt",
    "down": "Är nere (HTTP 503)",
    "error": "Svarar HTTP 500",
}
FLAWS = ("der", "wrong-user", "tampered", "late")
USER_CANCEL = "http://id.elegnamnden.se/sig-status/1.0/user-cancel"


def keys(pki: Pki) -> tuple[Credential, Credential]:
    """The authority that issues signers' certificates, and the key that answers are signed with."""
    authority = pki.authority("signers", "Simulerad utfärdare för underskrifter")
    return authority, pki.self_signed("sign-service", "Simulerad underskriftstjänst")


def show(request: Request) -> Response:
    """How the service behaves."""
    mode, seconds = mode_of(_store(request), "sign-service")
    return page("sign_service/index.jinja", modes=MODES, mode=mode, seconds=seconds)


async def ask(request: Request) -> Response:
    """Somebody has been sent here to sign: does she?"""
    if failure := await misbehave(_store(request), "sign-service"):
        return failure
    form = await form_of(request)
    try:
        asked = await _read(request, form.get("EidSignRequest", ""))
    except Refused as refused:
        return page("idp/refused.jinja", text=str(refused))
    text = re.sub(r"<[^>]+>", " ", asked.message)
    hidden = {"EidSignRequest": form["EidSignRequest"], "RelayState": form.get("RelayState", "")}
    return page("sign_service/ask.jinja", name=_name(asked.signer), text=text, hidden=hidden)


async def answer(request: Request) -> Response:
    """She has signed, or would not."""
    form = await form_of(request)
    try:
        asked = await _read(request, form.get("EidSignRequest", ""))
    except Refused as refused:
        return page("idp/refused.jinja", text=str(refused))
    pki: Pki = request.app.state.pki
    authority, service = keys(pki)
    if form.get("act") == "sign":
        mode, _ = mode_of(_store(request), "sign-service")
        flaw = mode if mode in FLAWS else ""
        document = messages.signed(asked, _name(asked.signer), flaw, pki=pki, authority=authority, service=service)
    else:
        document = messages.refusal(asked, USER_CANCEL, service)
    fields = {"RelayState": form.get("RelayState", ""), "EidSignResponse": base64.b64encode(document).decode()}
    return page("idp/pass_on.jinja", address=asked.answer_to, fields=fields)


async def sign_of_old(request: Request) -> Response:
    """What somebody is said to have signed in another system before this one: her signature and her certificate, without asking her."""
    form = await form_of(request)
    pki: Pki = request.app.state.pki
    who, octets = form.get("signer", ""), base64.b64decode(form.get("octets", ""))
    certificate, value = messages.sign_as(who, _name(who), octets, pki=pki, authority=keys(pki)[0])
    told = {"certificate": certificate.public_bytes(Encoding.DER), "signature": value}
    return JSONResponse({name: base64.b64encode(data).decode() for name, data in told.items()})


async def change_mode(request: Request) -> Response:
    """Choose how the service behaves."""
    if error := await set_mode(request, "sign-service", MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/sign-service", 303)


async def _read(request: Request, field: str) -> SignRequest:
    try:
        document = base64.b64decode(field, validate=True)
    except ValueError:
        raise Refused("Förfrågan går inte att läsa.") from None
    known = await service_provider(_store(request), messages.requester_of(document))
    if known is None:
        raise Refused("Tjänsten som ber om underskrift är okänd.")
    return messages.read(document, known)


def _name(signer: str) -> str:
    users = [user for provider in PROVIDERS.values() if (user := provider.by_id(signer))]
    return users[0].name if users else "Okänd Person"


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


ROUTES = [
    Route("/sign-service", show),
    Route("/sign-service", ask, methods=["POST"]),
    Route("/sign-service/answer", answer, methods=["POST"]),
    Route("/sign-service/of-old", sign_of_old, methods=["POST"]),
    Route("/sign-service/mode", change_mode, methods=["POST"]),
]
