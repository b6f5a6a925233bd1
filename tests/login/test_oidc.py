"""SITHS by OpenID Connect instead of SAML: the same login by the other protocol, and every token that is not to be believed."""

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from logged_in import log_in_as
from login.browser import Browser
from login.world import identity, running_simulators, simulators  # noqa: F401
from simulated import Simulators
from web_user import form_of
from webcert.login import actions, oidc
from webcert.login.models import Attempt
from webcert.login.saml.response import Reason, Rejected
from webcert.staff.identity import Identity, Method, ProviderSession

pytestmark = pytest.mark.django_db

ERIK, LOA3 = "SE2321000990-2002", "http://id.sambi.se/loa/loa3"


@pytest.fixture
def provider(identity: Simulators, settings: Any) -> Simulators:
    """SITHS is set up for OpenID Connect."""
    settings.WEBCERT = settings.WEBCERT.model_copy(
        update={"siths_oidc_issuer": f"{identity.identity_url}/oidc", "siths_oidc_secret": "simulated", "siths_metadata": None}
    )
    oidc._document.cache_clear()
    return identity


def prove(browser: Browser, user: str, **chosen: str) -> Any:
    """From the start page to where the provider sends the browser back to."""
    address = browser.client.get("/saml2/authenticate/siths?next=/utkast")["Location"]
    _, fields = form_of(browser.provider.get(address).text)
    return browser.provider.post("/oidc/login", data=fields | {"user": user} | chosen).headers["Location"]


def come_back(browser: Browser, address: str) -> Any:
    answer = Client().get(address.removeprefix("http://localhost:8000"))
    return browser.client.get(answer["Location"]) if answer.status_code == 303 else answer


def test_a_doctor_logs_in_by_openid_connect(provider: Simulators) -> None:
    browser = Browser(provider)
    assert come_back(browser, prove(browser, ERIK))["Location"] == "/utkast"
    assert browser.client.session["login"]["user"]["hsa_id"] == ERIK
    assert browser.client.session["login"]["signing_provider"].endswith("/siths/metadata")


def test_what_is_asked_for_has_state_nonce_and_a_challenge(provider: Simulators) -> None:
    query = parse_qs(urlsplit(Client().get("/saml2/authenticate/siths")["Location"]).query)
    attempt = Attempt.objects.get()
    assert query["state"] == [attempt.relay]
    assert query["nonce"] == [attempt.request_id]
    assert (query["response_type"], query["code_challenge_method"], query["scope"]) == (["code"], ["S256"], ["openid"])
    assert LOA3 in query["acr_values"][0]
    assert attempt.verifier not in str(query)


def test_a_code_is_good_once_and_only_in_the_browser_that_asked(provider: Simulators) -> None:
    browser = Browser(provider)
    back = prove(browser, ERIK).removeprefix("http://localhost:8000")
    first = Client().get(back)
    assert Client().get(first["Location"]).status_code == 403
    assert browser.client.get(first["Location"]).status_code == 302
    assert Client().get(back).status_code == 403


@pytest.mark.parametrize(("user", "chosen"), [("", {}), (ERIK, {"level": "http://id.sambi.se/loa/loa1"})])
def test_a_refusal_and_a_level_that_is_too_low_come_no_further(provider: Simulators, user: str, chosen: dict[str, str]) -> None:
    browser = Browser(provider)
    answer = come_back(browser, prove(browser, user, **chosen))
    assert answer.status_code == 403
    assert "Inloggningen misslyckades" in answer.content.decode()


def test_an_unasked_code_is_refused(provider: Simulators) -> None:
    assert Client().get("/login/oauth2/code/siths?code=x&state=y").status_code == 403
    assert Client().get("/login/oauth2/code/eleg?code=x&state=y").status_code == 404


def test_log_out_ends_the_session_at_the_provider(provider: Simulators) -> None:
    browser = Browser(provider)
    come_back(browser, prove(browser, ERIK))
    address, fields = form_of(browser.client.post("/logga-ut").content.decode())
    assert address == f"{provider.identity_url}/oidc/end"
    assert fields["post_logout_redirect_uri"] == "http://localhost:8000/utloggad"
    assert browser.client.get("/sok").status_code == 302


@pytest.mark.parametrize("kind", ["RSA", "P-256"])
def test_we_prove_who_we_are_with_a_key_of_our_own(provider: Simulators, settings: Any, tmp_path: Path, kind: str) -> None:
    """private_key_jwt: whoever has not the key gets nothing for the code, not even with the secret."""
    key: Any = RSAKey.generate_key(2048) if kind == "RSA" else ECKey.generate_key(kind)
    (tmp_path / "key.pem").write_bytes(key.as_pem(private=True))
    (tmp_path / "other.pem").write_bytes(type(key).generate_key(2048 if kind == "RSA" else kind).as_pem(private=True))
    client_id = f"webcert-{kind}"
    registered = {"client_id": client_id, "jwk": json.dumps(key.as_dict(private=False))}
    assert httpx.post(f"{provider.identity_url}/oidc/clients", data=registered, trust_env=False).status_code == 204
    for file, status in (("key.pem", 302), ("other.pem", 403), (None, 403)):
        chosen = {"siths_oidc_client": client_id, "siths_oidc_key": file and tmp_path / file}
        settings.WEBCERT = settings.WEBCERT.model_copy(update=chosen)
        browser = Browser(provider)
        assert come_back(browser, prove(browser, ERIK)).status_code == status, file


# What the provider's answer may be, made here

KEY, OTHER, RSA = ECKey.generate_key("P-256"), ECKey.generate_key("P-256"), RSAKey.generate_key(2048)


@pytest.fixture
def ours(provider: Simulators, monkeypatch: pytest.MonkeyPatch) -> oidc.Client:
    for key in (KEY, RSA):
        key.ensure_kid()
    monkeypatch.setattr(oidc, "_keys", lambda issuer: KeySet([KEY, RSA]))
    client = oidc.client_of("siths")
    assert client
    return client


def proven(client: oidc.Client, key: Any = KEY, algorithm: str = "ES256", **changes: Any) -> Identity:
    attempt, now = actions.begin("siths", browser="b", target=""), int(time.time())
    claims = {
        "iss": client.issuer,
        "aud": client.client_id,
        "nonce": attempt.request_id,
        "iat": now,
        "exp": now + 60,
        "auth_time": now,
        "acr": LOA3,
        "sub": "someone",
        "employeeHsaId": ERIK,
    } | changes
    return client._identity(client._claims(token_of(claims, key, algorithm), attempt))


def token_of(claims: dict[str, Any], key: Any = KEY, algorithm: str = "ES256") -> str:
    header = {"alg": algorithm, "kid": (RSA if key is RSA else KEY).kid}
    return jwt.encode(header, {name: value for name, value in claims.items() if value is not None}, key, algorithms=[algorithm])


def test_a_token_in_order_is_believed(ours: oidc.Client) -> None:
    assert proven(ours).hsa_id == ERIK
    assert proven(ours, RSA, "PS256").hsa_id == ERIK
    assert proven(ours, aud=["other", "webcert"], azp="webcert").hsa_id == ERIK


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://other.example"}, Reason.ISSUER_MISMATCH),
        ({"aud": "other"}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"aud": ["webcert", "other"]}, Reason.AUDIENCE),
        ({"aud": ["webcert", "other"], "azp": "other"}, Reason.AUDIENCE),
        ({"nonce": "other"}, Reason.IN_RESPONSE_TO),
        ({"nonce": None}, Reason.IN_RESPONSE_TO),
        ({"exp": 1}, Reason.EXPIRED),
        ({"exp": None}, Reason.EXPIRED),
        ({"iat": 9_999_999_999}, Reason.NOT_YET_VALID),
        ({"iat": None}, Reason.NOT_YET_VALID),
        ({"auth_time": 1}, Reason.AUTHENTICATION_TOO_OLD),
        ({"acr": "http://id.sambi.se/loa/loa1"}, Reason.ASSURANCE_LEVEL),
        ({"acr": None}, Reason.ASSURANCE_LEVEL),
        ({"employeeHsaId": None}, Reason.ATTRIBUTE_MISSING),
        ({"employeeHsaId": " "}, Reason.ATTRIBUTE_MISSING),
        ({"employeeHsaId": [ERIK, "SE1-1"]}, Reason.ATTRIBUTE_AMBIGUOUS),
        ({"key": OTHER}, Reason.SIGNATURE_INVALID),
        ({"key": OctKey.import_key("simulated-and-long-enough-secret"), "algorithm": "HS256"}, Reason.SIGNATURE_INVALID),
    ],
    ids=lambda value: str(list(value)) if isinstance(value, dict) else value.value,
)
def test_T26_a_token_that_is_not_in_order_is_refused_for_its_reason(ours: oidc.Client, changes: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        proven(ours, **changes)
    assert refused.value.reason is reason


@pytest.mark.parametrize("token", ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_T26_what_is_no_signed_token_is_refused(ours: oidc.Client, token: str) -> None:
    with pytest.raises(Rejected) as refused:
        ours._claims(token, actions.begin("siths", browser="b", target=""))
    assert refused.value.reason is Reason.SIGNATURE_INVALID


# What the provider tells behind the browser's back


def told_to_end(client: oidc.Client, key: Any = KEY, **changes: Any) -> int:
    now = int(time.time())
    claims = {"iss": client.issuer, "aud": client.client_id, "iat": now, "exp": now + 60, "jti": "1", "sub": "someone", "sid": "s-1"}
    token = token_of(claims | {"events": {oidc.BACK_CHANNEL_LOGOUT: {}}} | changes, key)
    return Client().post("/logout/oauth2/siths", {"logout_token": token}).status_code


@pytest.fixture
def erik(ours: oidc.Client) -> Client:
    """Logged in by this provider, with a session of his there."""
    client = Client()
    log_in_as(client, Identity(Method.SITHS, hsa_id=ERIK, session=ProviderSession("siths", "someone", "s-1")))
    assert client.get("/sok").status_code == 200
    return client


@pytest.mark.parametrize("changes", [{}, {"sid": None}, {"sub": None}])
def test_the_provider_ends_the_session_behind_the_browsers_back(ours: oidc.Client, erik: Client, changes: dict[str, Any]) -> None:
    assert told_to_end(ours, sid="s-2") == 200
    assert erik.get("/sok").status_code == 200, "another session of his"
    assert told_to_end(ours, **changes) == 200
    assert erik.get("/sok").status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"key": OTHER},
        {"aud": "other"},
        {"iss": "https://other.example"},
        {"exp": 1},
        {"events": None},
        {"events": {"other": {}}},
        {"nonce": "of an id token"},
        {"sub": None, "sid": None},
    ],
    ids=lambda changes: "-".join(changes),
)
def test_T26_what_is_no_word_of_the_provider_ends_nothing(ours: oidc.Client, erik: Client, changes: dict[str, Any]) -> None:
    assert told_to_end(ours, **changes) == 400
    assert erik.get("/sok").status_code == 200
    assert Client().post("/logout/oauth2/eleg").status_code == 404
