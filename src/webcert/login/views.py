"""The pages of a login: it begins, the provider's answer comes, the browser that began is let in. Logging out is in `logout.py`.

Only what the provider posts to us is exempt from the token against forged requests: it is signed, it answers a request of ours, and it
changes nothing in a session (`actions.py` says how the browser is recognised).
"""

import base64
import secrets
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.http.request import split_domain_port
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from webcert.login import actions, oidc, pages
from webcert.login.providers import ProviderUnavailable, provider_of
from webcert.login.registrations import KINDS, Registration, coming_certificates, logout_address, own_credential, registration
from webcert.login.saml import messages, metadata
from webcert.login.saml.messages import Head
from webcert.login.saml.response import Reason, Rejected
from webcert.staff.identity import Identity
from webcert.staff.login import LoginRefused
from webcert.staff.page import own_page
from webcert.staff.views import onward, refused
from webcert.vocabulary import clock

_THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]"}


@require_GET
def authenticate(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send the browser to the identity provider, and remember which page it is to reach afterwards (A-021, A-025)."""
    if _knows_us_by_another_name(request):
        return HttpResponseRedirect(f"{settings.WEBCERT.public_url}{request.get_full_path()}")
    ours, target = _registration(name), own_page(request, request.GET.get("next", ""))
    browser = request.COOKIES.get(cookie_name()) or secrets.token_urlsafe(32)
    try:
        if client := oidc.client_of(name):
            address = client.begin(browser=browser, target=target)
        elif ours.metadata:
            address = _saml_request(ours, browser=browser, target=target)
        else:
            return pages.not_configured(request, ours.kind.label)
    except ProviderUnavailable as problem:
        return pages.unavailable(request, name, problem)
    response = HttpResponseRedirect(address)
    response.set_cookie(
        cookie_name(),
        browser,
        max_age=actions.LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@csrf_exempt
@require_POST
def assertion_consumer(request: HttpRequest, name: str) -> HttpResponse:
    """Take the provider's SAML response and send the browser on with a GET, which carries its cookie."""
    ours, relay, sent = _registration(name), request.POST.get("RelayState", ""), request.POST.get("SAMLResponse", "")
    return _taken(request, name, relay, lambda: actions.answer(ours, relay, decoded(sent)))


@require_GET
def oidc_callback(request: HttpRequest, name: str) -> HttpResponse:
    """Take the code of an OpenID provider, exchange it for what it proves, and go on as after SAML."""
    client, relay, told = oidc.client_of(name), request.GET.get("state", ""), request.GET
    if client is None:
        raise Http404
    return _taken(request, name, relay, lambda: client.answer(relay, code=told.get("code", ""), error=told.get("error", "")))


@require_GET
def collect(request: HttpRequest, relay: str) -> HttpResponse:
    """Let the browser in that began the login, to the page that it asked for."""
    try:
        identity, target = actions.collect(relay, browser=request.COOKIES.get(cookie_name(), ""))
    except Rejected as problem:
        return pages.rejected(request, "", problem)
    response = enter(request, identity, target)
    response.delete_cookie(cookie_name(), samesite="Lax")
    return response


def enter(request: HttpRequest, identity: Identity, target: str) -> HttpResponse:
    """Log in whose identity has been proven, and lead her on; or tell why she cannot be logged in."""
    try:
        actions.log_in(request, identity)
    except LoginRefused as refusal:
        return refused(request, refusal.refusal)
    return onward(request, target)


@require_GET
def our_metadata(request: HttpRequest, name: str) -> HttpResponse:
    """What the identity provider needs to know of us, signed."""
    ours = _registration(name)
    document = metadata.write(
        entity_id=ours.entity_id,
        acs=ours.acs,
        logout=logout_address(),
        asks_for_hsa_id=ours.kind.asks_for_hsa_id,
        by=own_credential(),
        coming=coming_certificates(),
    )
    return HttpResponse(document, content_type="application/samlmetadata+xml")


def cookie_name() -> str:
    """The cookie by which the browser that began is known again; over TLS with a name that binds it to this very host."""
    return "__Host-login" if settings.SESSION_COOKIE_SECURE else "login"


def decoded(field: str) -> bytes:
    """The message in the field of a form. Raises Rejected."""
    try:
        return base64.b64decode("".join(field.split()), validate=True)
    except ValueError:
        raise Rejected(Reason.UNREADABLE) from None


def _knows_us_by_another_name(request: HttpRequest) -> bool:
    """Whether the browser is on the product's own machine, and calls it by another name than the provider answers to: the cookie of what
    it begins would not come back. Elsewhere the name tells nothing, since a proxy may stand between."""
    asked, public = request.get_host(), urlsplit(settings.WEBCERT.public_url).netloc
    return asked != public and {_host(asked), _host(public)} <= _THIS_MACHINE


def _host(name: str) -> str:
    return split_domain_port(name)[0]


def _registration(name: str) -> Registration:
    if name not in KINDS:
        raise Http404
    return registration(name)


def _saml_request(ours: Registration, *, browser: str, target: str) -> str:
    """The address that brings a new request for login to the provider. Raises ProviderUnavailable."""
    provider, kind = provider_of(ours), ours.kind
    attempt = actions.begin(ours.name, browser=browser, target=target)
    request = messages.login_request(
        Head(attempt.request_id, clock.now(), ours.entity_id, provider.single_sign_on),
        acs=ours.acs,
        contexts=ours.contexts if kind.requests_contexts else (),
        asks_for_hsa_id=kind.asks_for_hsa_id,
    )
    return messages.redirection(request, location=provider.single_sign_on, relay_state=attempt.relay, by=own_credential())


def _taken(request: HttpRequest, name: str, relay: str, take: Callable[[], object]) -> HttpResponse:
    """Take the provider's answer and send the browser on to be let in; or tell why the answer is not taken."""
    try:
        take()
    except Rejected as problem:
        return pages.rejected(request, name, problem)
    except ProviderUnavailable as problem:
        return pages.unavailable(request, name, problem)
    response = redirect("collect-login", relay)
    response.status_code = 303
    return response
