"""The identity providers' pages: whom to log in as, and what they post back to the service provider by way of the browser."""

import base64
from datetime import UTC, datetime

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.behaviour import misbehave, mode_of, set_mode
from simulators.forms import form_of
from simulators.idp import messages
from simulators.idp.messages import LoginRequest
from simulators.idp.providers import PROVIDERS, Provider
from simulators.idp.service_providers import ServiceProvider, leave, service_provider
from simulators.pages import page, style
from simulators.pki import Pki
from simulators.store import Store
from simulators.xml import Refused


class _Name(Convertor[str]):
    """One of the providers, in an address."""

    regex = "|".join(PROVIDERS)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("provider", _Name())

MODES = {
    "normal": "Svarar som vanligt",
    "slow": "Svarar långsamt",
    "down": "Är nere (HTTP 503)",
    "error": "Svarar HTTP 500",
}


def index(request: Request) -> Response:
    """What is on this port, and who is logged in by way of it."""
    rows = _store(request).rows("SELECT * FROM idp_login ORDER BY began_at DESC LIMIT 50")
    modes = {name: mode_of(_store(request), f"idp-{name}") for name in PROVIDERS}
    return page("idp/index.jinja", providers=PROVIDERS, logins=rows, modes=MODES, chosen=modes)


async def metadata(request: Request) -> Response:
    """The provider's signed metadata."""
    provider = _provider(request)
    if failure := await misbehave(_store(request), f"idp-{provider.name}"):
        return failure
    document = messages.metadata(entity_id_of(request, provider), _base(request, provider), provider.credential(_pki(request)))
    return Response(document, media_type="application/samlmetadata+xml")


async def leave_metadata(request: Request) -> Response:
    """Take the metadata of a service provider, for one whose metadata cannot be fetched."""
    return PlainTextResponse(leave(_store(request), await request.body()).entity_id)


async def ask(request: Request) -> Response:
    """A service provider has sent somebody here to log in: whom shall it be?"""
    provider = _provider(request)
    if failure := await misbehave(_store(request), f"idp-{provider.name}"):
        return failure
    try:
        asked, relay, content, signature = messages.read_login_request(request.url.query)
        messages.require_signed(await _known(request, asked.issuer, asked.acs), content, signature)
    except Refused as refused:
        return page("idp/refused.jinja", text=str(refused))
    hidden = {"id": asked.id, "issuer": asked.issuer, "acs": asked.acs, "relay": relay}
    levels = {level: label for level, label in provider.levels.items() if level in asked.levels or not asked.levels}
    others = {level: label for level, label in provider.levels.items() if level not in levels}
    return page("idp/choose.jinja", provider=provider, action=f"/{provider.name}/login", hidden=hidden, levels=levels | others)


async def log_in(request: Request) -> Response:
    """Somebody has been chosen, or has given up. `user` is empty then."""
    provider, form = _provider(request), await form_of(request)
    asked = LoginRequest(form.get("id", ""), form.get("issuer", ""), form.get("acs", ""), ())
    try:
        await _known(request, asked.issuer, asked.acs)
    except Refused as refused:
        return page("idp/refused.jinja", text=str(refused))
    entity_id, by = entity_id_of(request, provider), provider.credential(_pki(request))
    user = provider.by_id(form.get("user", ""))
    if user is None:
        document = messages.refusal(entity_id, asked, by)
    else:
        name, level = messages.new_name(), form.get("level") or next(iter(provider.levels))
        method = form.get("method") or next(iter(provider.methods))
        row = (name, provider.name, asked.issuer, user.name, datetime.now(UTC).isoformat(timespec="seconds"))
        _store(request).change("INSERT INTO idp_login VALUES (?, ?, ?, ?, ?)", *row)
        document = messages.response(provider, entity_id, user, asked, level, method, name, by)
    return _pass_on(asked.acs, "SAMLResponse", document, form.get("relay", ""))


async def log_out(request: Request) -> Response:
    """A service provider ends a session, or answers that it has ended one."""
    provider, form = _provider(request), await form_of(request)
    document = base64.b64decode(form.get("SAMLRequest") or form.get("SAMLResponse") or "")
    try:
        sender = await service_provider(_store(request), messages.issuer_of(document))
        if sender is None:
            raise Refused("Tjänsten är inte känd här.")
        root = messages.read_logout(document, sender)
    except Refused as refused:
        return page("idp/refused.jinja", text=str(refused))
    if "SAMLResponse" in form:
        return RedirectResponse("/", 303)
    name_id = root.findtext(f"{{{messages.ASSERTION}}}NameID", "")
    _store(request).change("DELETE FROM idp_login WHERE name_id = ?", name_id)
    by = provider.credential(_pki(request))
    answer = messages.logout_response(entity_id_of(request, provider), sender.logout, root.get("ID", ""), by)
    return _pass_on(sender.logout, "SAMLResponse", answer, form.get("RelayState", ""))


async def end(request: Request) -> Response:
    """End a session from here: the service provider is told by way of the browser."""
    form, store = await form_of(request), _store(request)
    row = store.row("SELECT * FROM idp_login WHERE name_id = ?", form.get("name_id", ""))
    sender = await service_provider(store, row["service_provider"]) if row else None
    if row is None or sender is None:
        return page("idp/refused.jinja", text="Sessionen är slut.")
    provider = PROVIDERS[row["provider"]]
    store.change("DELETE FROM idp_login WHERE name_id = ?", row["name_id"])
    by = provider.credential(_pki(request))
    document = messages.logout_request(entity_id_of(request, provider), sender.logout, row["name_id"], by)
    return _pass_on(sender.logout, "SAMLRequest", document, "")


def logins_json(request: Request) -> Response:
    """Who is logged in, for machines."""
    return JSONResponse([dict(row) for row in _store(request).rows("SELECT * FROM idp_login ORDER BY began_at")])


async def change_mode(request: Request) -> Response:
    """Choose how the provider behaves."""
    if error := await set_mode(request, f"idp-{_provider(request).name}", MODES):
        return Response(error, 400, media_type="text/plain")
    return RedirectResponse("/", 303)


def entity_id_of(request: Request, provider: Provider) -> str:
    """The provider's entity id: where its metadata are."""
    return f"{_base(request, provider)}/metadata"


def _base(request: Request, provider: Provider) -> str:
    return f"{str(request.base_url).rstrip('/')}/{provider.name}"


async def _known(request: Request, issuer: str, acs: str) -> ServiceProvider:
    found = await service_provider(_store(request), issuer)
    if found is None:
        raise Refused("Tjänsten är inte känd här, och dess metadata går inte att hämta.")
    if acs not in found.acs:
        raise Refused("Svaret skulle gå till en adress som inte är tjänstens.")
    return found


def _pass_on(address: str, field: str, document: bytes, relay: str) -> Response:
    fields = {field: base64.b64encode(document).decode()} | ({"RelayState": relay} if relay else {})
    return page("idp/pass_on.jinja", address=address, fields=fields)


def _provider(request: Request) -> Provider:
    return PROVIDERS[request.path_params["name"]]


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _pki(request: Request) -> Pki:
    pki: Pki = request.app.state.pki
    return pki


ROUTES = [
    Route("/", index),
    Route("/style.css", style),
    Route("/logins.json", logins_json),
    Route("/logins/end", end, methods=["POST"]),
    Route("/service-providers", leave_metadata, methods=["POST"]),
    Route("/{name:provider}/metadata", metadata),
    Route("/{name:provider}/sso", ask),
    Route("/{name:provider}/login", log_in, methods=["POST"]),
    Route("/{name:provider}/slo", log_out, methods=["POST"]),
    Route("/{name:provider}/mode", change_mode, methods=["POST"]),
]
