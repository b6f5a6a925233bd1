"""OpenID Connect as the other way to the same identity, for providers that speak it: code flow with PKCE, nothing else.

Source: reference/login-and-signing.md §2.8; OpenID Connect Core 1.0 §3.1.3.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.common.security import generate_token  # type: ignore[import-untyped]
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign  # type: ignore[import-untyped]
from authlib.oauth2.rfc7523.client import ASSERTION_TYPE  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from webcert.login import actions
from webcert.login.models import Attempt
from webcert.login.providers import ProviderUnavailable
from webcert.login.registrations import KINDS, absolute, longest_age, skew
from webcert.login.saml.identities import LONGEST_HSA_ID
from webcert.login.saml.response import Reason, Rejected
from webcert.staff.identity import Identity, Method, ProviderSession
from webcert.vocabulary import clock

ALGORITHMS = [f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)]
"""Only where the provider alone holds the key."""

CLAIMS = '{"id_token": {"employeeHsaId": {"essential": true}, "identityProviderForSign": null}}'
"""What the provider is asked to tell; it logs nobody in whose HSA-id it does not know."""

BACK_CHANNEL_LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
"""What a token says that has happened when the provider has ended a session."""


@dataclass(frozen=True, slots=True)
class Client:
    """We as a client of the provider for one registration. `secret` is shared with it, or our private key (PEM)."""

    registration: str
    issuer: str
    client_id: str
    secret: str
    levels: tuple[str, ...]

    @property
    def has_key(self) -> bool:
        """Whether we prove who we are with a key of our own."""
        return self.secret.startswith("-----BEGIN")

    def begin(self, *, browser: str, target: str) -> str:
        """A login begins in that browser: the address at the provider to send it to. Raises ProviderUnavailable."""
        where = _discovered(self.issuer)
        attempt = actions.begin(self.registration, browser=browser, target=target, verifier=generate_token(64))
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self._callback,
            "scope": "openid",
            "state": attempt.relay,
            "nonce": attempt.request_id,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
            "acr_values": " ".join(self.levels),
            "claims": CLAIMS,
        }
        return f"{where['authorization_endpoint']}?{urlencode(asked)}"

    def answer(self, relay: str, *, code: str, error: str) -> None:
        """Exchange the code for what it proves, and put that aside for the browser that began. Raises Rejected, ProviderUnavailable."""
        attempt = actions.waiting(self.registration, relay)
        if error or not code:
            raise Rejected(Reason.STATUS, status=error)
        actions.put_aside(attempt, self._identity(self._claims(self._id_token(code, attempt.verifier), attempt)))

    def end_session_address(self) -> str:
        """Where the browser ends its session at the provider; empty when it offers no such thing. Raises ProviderUnavailable."""
        return str(_discovered(self.issuer).get("end_session_endpoint", ""))

    def logout_fields(self, reason: str) -> Mapping[str, str]:
        """What the provider is told there."""
        return {"client_id": self.client_id, "post_logout_redirect_uri": absolute("logged-out"), "state": reason}

    @property
    def _callback(self) -> str:
        return absolute("oidc-callback", self.registration)

    def _id_token(self, code: str, verifier: str) -> str:
        """What the provider gives for the code. Raises Rejected, ProviderUnavailable."""
        address = _discovered(self.issuer)["token_endpoint"]
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._callback, "code_verifier": verifier}
        try:
            answer = httpx.post(address, data=form | self._proof(address), timeout=_timeout(), trust_env=False)
            told = answer.json()
        except (httpx.HTTPError, ValueError) as problem:
            raise ProviderUnavailable(f"{self.registration}: {type(problem).__name__}") from None
        if not answer.is_success or not isinstance(told, dict) or not isinstance(told.get("id_token"), str):
            raise Rejected(Reason.STATUS)
        return str(told["id_token"])

    def _proof(self, address: str) -> dict[str, str]:
        """That it is us who ask."""
        if not self.has_key:
            return {"client_id": self.client_id, "client_secret": self.secret}
        key = _key(self.secret)
        named = {"header": {"kid": key.thumbprint()}, "alg": _algorithm(self.secret), "expires_in": 60}
        assertion = private_key_jwt_sign(key, self.client_id, address, **named)
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}

    def logged_out(self, logout_token: str) -> tuple[str, tuple[str, ...]]:
        """Whose session the provider has ended, and which, from what it tells us behind the browser's back (OpenID Connect Back-Channel
        Logout 1.0 §2.6). Raises Rejected, ProviderUnavailable."""
        claims = self._believed(logout_token)
        events, subject, session = claims.get("events"), str(claims.get("sub", "")), str(claims.get("sid", ""))
        _require(
            (isinstance(events, dict) and BACK_CHANNEL_LOGOUT in events and "nonce" not in claims, Reason.NOT_A_RESPONSE),
            (bool(subject or session), Reason.ATTRIBUTE_MISSING),
        )
        return subject, (session,) if session else ()

    def _claims(self, id_token: str, attempt: Attempt) -> dict[str, Any]:
        """What the provider vouches for, when the token is of this login. Raises Rejected."""
        claims = self._believed(id_token)
        now, leeway = clock.now().timestamp(), skew().total_seconds()
        _require(
            (claims.get("nonce") == attempt.request_id, Reason.IN_RESPONSE_TO),
            (_number(claims, "auth_time", now) + longest_age().total_seconds() + leeway >= now, Reason.AUTHENTICATION_TOO_OLD),
            (claims.get("acr") in self.levels, Reason.ASSURANCE_LEVEL),
        )
        return claims

    def _believed(self, text: str) -> dict[str, Any]:
        """What the token says, when it is the provider's own, for us and of now. Raises Rejected."""
        try:
            token = jwt.decode(text, _keys(self.issuer), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            raise Rejected(Reason.SIGNATURE_INVALID) from None
        claims: dict[str, Any] = token.claims
        now, leeway = clock.now().timestamp(), skew().total_seconds()
        told = claims.get("aud")
        audience: list[Any] = told if isinstance(told, list) else [told]
        _require(
            (claims.get("iss") == self.issuer, Reason.ISSUER_MISMATCH),
            (self.client_id in audience, Reason.AUDIENCE),
            (claims.get("azp", self.client_id if len(audience) == 1 else None) == self.client_id, Reason.AUDIENCE),
            (_number(claims, "exp") + leeway > now, Reason.EXPIRED),
            (_number(claims, "iat") - leeway <= now, Reason.NOT_YET_VALID),
        )
        return claims

    def _identity(self, claims: dict[str, Any]) -> Identity:
        hsa_id = claims.get("employeeHsaId")
        if not isinstance(hsa_id, str) or not hsa_id.strip() or len(hsa_id) > LONGEST_HSA_ID:
            raise Rejected(Reason.ATTRIBUTE_AMBIGUOUS if isinstance(hsa_id, list) else Reason.ATTRIBUTE_MISSING)
        session = ProviderSession(self.registration, str(claims.get("sub", "")), str(claims.get("sid", "")))
        signing_provider = str(claims.get("identityProviderForSign", ""))
        return Identity(Method.SITHS, hsa_id=hsa_id.strip(), level=claims["acr"], signing_provider=signing_provider, session=session)


def client_of(registration: str) -> Client | None:
    """The client for the registration, when it is set up for OpenID Connect; that is an alternative for SITHS."""
    chosen = settings.WEBCERT
    if registration not in KINDS or registration != "siths" or not chosen.siths_oidc_issuer:
        return None
    secret = chosen.siths_oidc_key.read_text() if chosen.siths_oidc_key else chosen.siths_oidc_secret or ""
    return Client(registration, chosen.siths_oidc_issuer, chosen.siths_oidc_client, secret, chosen.siths_contexts)


def _require(*checks: tuple[bool, Reason]) -> None:
    """Raise Rejected for the first that does not hold."""
    for holds, reason in checks:
        if not holds:
            raise Rejected(reason)


def _number(claims: Mapping[str, Any], name: str, missing: float = float("nan")) -> float:
    """The claim as a number. What is missing compares with nothing, and so fulfils no condition."""
    value = claims.get(name, missing)
    return float(value) if isinstance(value, int | float) else float("nan")


def _algorithm(pem: str) -> str:
    """What we sign with to prove who we are, by the kind of our key."""
    return "RS256" if isinstance(load_pem_private_key(pem.encode(), None), RSAPrivateKey) else "ES256"


def _key(pem: str) -> RSAKey | ECKey:
    return RSAKey.import_key(pem) if _algorithm(pem) == "RS256" else ECKey.import_key(pem)


def _timeout() -> float:
    seconds: float = settings.WEBCERT.outside_timeout_seconds
    return seconds


def _discovered(issuer: str) -> dict[str, Any]:
    return _document(f"{issuer}/.well-known/openid-configuration", _hour())


def _keys(issuer: str) -> KeySet:
    return KeySet.import_key_set(_document(_discovered(issuer)["jwks_uri"], _hour()))  # type: ignore[arg-type]


def _hour() -> int:
    return int(clock.now().timestamp()) // 3600


@cache
def _document(address: str, hour: int) -> dict[str, Any]:
    """A JSON document of the provider, asked for once an hour by each process. Raises ProviderUnavailable."""
    try:
        answer = httpx.get(address, timeout=_timeout(), trust_env=False)
        answer.raise_for_status()
        document = answer.json()
    except (httpx.HTTPError, ValueError) as problem:
        raise ProviderUnavailable(f"{address}: {type(problem).__name__}") from None
    if not isinstance(document, dict):
        raise ProviderUnavailable(f"{address}: not what it should be")
    return document
