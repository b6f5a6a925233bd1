"""SITHS by OpenID Connect: discovery, a page to choose whom to log in as, codes that are good once, tokens signed with ES256."""

import base64
import hashlib
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, import_key
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from simulators.behaviour import misbehave
from simulators.forms import form_of
from simulators.idp.providers import SITHS
from simulators.pages import page

SECRET = "simulated"
"""What every client shares with this provider."""

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

_ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")

_client_keys: dict[str, dict[str, Any]] = {}
"""The public keys (JWK) that clients have registered: client id → key. Lost when the process ends, too."""

_codes: dict[str, dict[str, str]] = {}
"""Codes that have not been exchanged; lost when the process ends, as a code lives for a minute at most."""


def discovery(request: Request) -> Response:
    """What the provider offers, and where."""
    issuer = _issuer(request)
    return JSONResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "end_session_endpoint": f"{issuer}/end",
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


def keys(request: Request) -> Response:
    """The public key."""
    return JSONResponse({"keys": [_key(request).as_dict(private=False)]})


async def ask(request: Request) -> Response:
    """A client has sent somebody here to log in: whom shall it be?"""
    if failure := await misbehave(request.app.state.store, "idp-siths"):
        return failure
    asked = request.query_params
    if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256" or not all(map(asked.get, _ASKED)):
        return page("idp/refused.jinja", text="Förfrågan är inte en kodförfrågan med PKCE.")
    hidden = {name: asked[name] for name in _ASKED}
    return page("idp/choose.jinja", provider=SITHS, action="/oidc/login", hidden=hidden, levels=SITHS.levels)


async def log_in(request: Request) -> Response:
    """Somebody has been chosen, or has given up."""
    form = await form_of(request)
    user = SITHS.by_id(form.get("user", ""))
    if user is None:
        return _back(form, error="access_denied")
    code = secrets.token_urlsafe(24)
    _codes[code] = form | {"level": form.get("level") or next(iter(SITHS.levels)), "until": str(time.time() + 60)}
    return _back(form, code=code)


async def token(request: Request) -> Response:
    """Exchange a code for an id token: once, by who has the verifier, and can prove that it is the client."""
    form = await form_of(request)
    asked = _codes.pop(form.get("code", ""), {})
    challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
    fits = asked and float(asked["until"]) > time.time() and challenge == asked["code_challenge"]
    if not fits or form.get("redirect_uri") != asked["redirect_uri"]:
        return JSONResponse({"error": "invalid_grant"}, 400)
    if not _is_client(request, form, asked["client_id"]):
        return JSONResponse({"error": "invalid_client"}, 401)
    return JSONResponse(
        {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 60, "id_token": _id_token(request, asked)}
    )


async def register(request: Request) -> Response:
    """Take the public key that a client will prove itself with from now on (private_key_jwt)."""
    form = await form_of(request)
    _client_keys[form.get("client_id", "")] = json.loads(form.get("jwk", "{}"))
    return Response(status_code=204)


async def end(request: Request) -> Response:
    """End the session here and go back."""
    form = await form_of(request)
    return RedirectResponse(form.get("post_logout_redirect_uri") or "/", 303)


def _id_token(request: Request, asked: dict[str, str]) -> str:
    now, key = int(time.time()), _key(request)
    claims: dict[str, Any] = {
        "iss": _issuer(request),
        "sub": secrets.token_hex(12),
        "aud": asked["client_id"],
        "azp": asked["client_id"],
        "nonce": asked["nonce"],
        "iat": now,
        "exp": now + 60,
        "auth_time": now,
        "acr": asked["level"],
        "amr": ["siths"],
        "employeeHsaId": asked["user"],
        "identityProviderForSign": f"{str(request.base_url).rstrip('/')}/siths/metadata",
    }
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


def _is_client(request: Request, form: dict[str, str], client_id: str) -> bool:
    if form.get("client_assertion_type") == ASSERTION:
        return _has_key(f"{_issuer(request)}/token", form.get("client_assertion", ""), client_id)
    if client_id in _client_keys:
        return False
    expected = base64.b64encode(f"{client_id}:{SECRET}".encode()).decode()
    return request.headers.get("Authorization") == f"Basic {expected}" or form.get("client_secret") == SECRET


def _has_key(address: str, assertion: str, client_id: str) -> bool:
    """Whether the client has signed the assertion, for this address and a short while (RFC 7523 §3)."""
    try:
        token = jwt.decode(assertion, import_key(_client_keys[client_id]), algorithms=["RS256", "ES256"])
    except (KeyError, ValueError, JoseError):
        return False
    claims, now = token.claims, time.time()
    meant = (claims.get("iss"), claims.get("sub"), claims.get("aud")) == (client_id, client_id, address)
    return meant and now < claims.get("exp", 0) <= now + 300 and bool(claims.get("jti")) and bool(token.header.get("kid"))


def _key(request: Request) -> ECKey:
    kept = request.app.state.pki.authority("idp-oidc", "Simulerad OpenID-leverantör")
    key = ECKey.import_key(kept.key_path.read_bytes(), {"use": "sig", "alg": "ES256"})
    key.ensure_kid()
    return key


def _issuer(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/oidc"


def _back(form: dict[str, str], **told: str) -> Response:
    return RedirectResponse(f"{form.get('redirect_uri', '/')}?{urlencode(told | {'state': form.get('state', '')})}", 303)


ROUTES = [
    Route("/oidc/.well-known/openid-configuration", discovery),
    Route("/oidc/keys", keys),
    Route("/oidc/authorize", ask),
    Route("/oidc/login", log_in, methods=["POST"]),
    Route("/oidc/token", token, methods=["POST"]),
    Route("/oidc/clients", register, methods=["POST"]),
    Route("/oidc/end", end, methods=["POST", "GET"]),
]
