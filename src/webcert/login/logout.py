"""Single logout, both ways: the user's log-out also ends the session at the identity provider, and the provider can end ours.

Source: reference/login-and-signing.md §2.7. Messages are posted by the browser, on a page that sends itself on.
"""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from webcert.login import oidc, pages
from webcert.login.providers import ProviderUnavailable, provider_of
from webcert.login.registrations import Registration, configured, logout_address, own_credential, registration, skew
from webcert.login.saml import messages
from webcert.login.saml.messages import Head
from webcert.login.saml.metadata import Provider
from webcert.login.saml.names import new_id
from webcert.login.saml.response import Reason, Rejected
from webcert.login.views import decoded
from webcert.monitoring.events import Event, tell
from webcert.staff import login as staff_login
from webcert.staff import provider_sessions
from webcert.staff.identity import ProviderSession
from webcert.staff.views import LOGGED_OUT, forgotten
from webcert.ui.render import render
from webcert.vocabulary import clock

log = structlog.get_logger("webcert.login")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session (A-026), here and at the provider where the user logged in. Who would not accept something is told so."""
    session = staff_login.log_out(request)
    reason = request.POST.get("orsak", "")
    return forgotten((session and _at_provider(request, session, reason)) or redirect(_logged_out(reason)))


def _at_provider(request: HttpRequest, session: ProviderSession, reason: str) -> HttpResponse | None:
    """The page that tells the provider; None when it takes no such message, or cannot be reached."""
    try:
        if client := oidc.client_of(session.registration):
            address = client.end_session_address()
            return _passed_on(request, address, client.logout_fields(reason)) if address else None
        ours = registration(session.registration)
        provider = provider_of(ours)
    except ProviderUnavailable as problem:
        log.error("not logged out at the provider", registration=session.registration, problem=str(problem))
        return None
    if not provider.logout:
        return None
    message = messages.logout_request(_head(ours, provider.logout), session)
    return _passed_on(request, provider.logout, {"SAMLRequest": messages.posted(message, own_credential()), "RelayState": reason})


@csrf_exempt
@require_POST
def back_channel_logout(request: HttpRequest, name: str) -> HttpResponse:
    """Take an OpenID provider's word that a session of its has ended; no browser is there (§2.8)."""
    if (client := oidc.client_of(name)) is None:
        raise Http404
    try:
        subject, indexes = client.logged_out(request.POST.get("logout_token", ""))
    except (Rejected, ProviderUnavailable) as problem:
        log.warning("an OpenID provider's log-out is not believed", registration=name, problem=str(problem))
        return JsonResponse({"error": "invalid_request"}, status=HTTPStatus.BAD_REQUEST)
    tell(Event.USER_LOGOUT, scheme=name, sessions=provider_sessions.end(name, subject, indexes))
    return HttpResponse()


@csrf_exempt
@require_POST
def single_logout(request: HttpRequest) -> HttpResponse:
    """Take the provider's request to log somebody out, or its answer to ours. Both must be signed."""
    asked, answered = request.POST.get("SAMLRequest", ""), request.POST.get("SAMLResponse", "")
    try:
        return _asked(request, decoded(asked)) if asked else _answered(request, decoded(answered))
    except Rejected as problem:
        return pages.rejected(request, "", problem)


def _asked(request: HttpRequest, document: bytes) -> HttpResponse:
    ours, provider = _sender(document)
    asked = messages.read_logout_request(document, provider=provider, address=logout_address(), skew=skew(), now=clock.now())
    ended = provider_sessions.end(ours.name, asked.name_id, asked.indexes)
    tell(Event.USER_LOGOUT, scheme=ours.name, sessions=ended)
    if not provider.logout_answers:
        return redirect("logged-out")
    message = messages.logout_response(_head(ours, provider.logout_answers), to=asked.id)
    fields = {"SAMLResponse": messages.posted(message, own_credential()), "RelayState": request.POST.get("RelayState", "")}
    return forgotten(_passed_on(request, provider.logout_answers, fields))


def _answered(request: HttpRequest, document: bytes) -> HttpResponse:
    """The session here has ended already, so all that remains is to say so."""
    _, provider = _sender(document)
    messages.require_logout_response(document, provider=provider, address=logout_address(), skew=skew(), now=clock.now())
    response = redirect(_logged_out(request.POST.get("RelayState", "")))
    response.status_code = 303
    return response


def _sender(document: bytes) -> tuple[Registration, Provider]:
    """Whose message it says that it is; its signature is then verified with that provider's keys."""
    _, issuer = messages.issuer_of(document)
    for ours in configured():
        try:
            provider = provider_of(ours)
        except ProviderUnavailable as problem:
            log.error("identity provider cannot be used", registration=ours.name, problem=str(problem))
            continue
        if provider.entity_id == issuer:
            return ours, provider
    raise Rejected(Reason.ISSUER_MISMATCH)


def _head(ours: Registration, destination: str) -> Head:
    return Head(new_id(), clock.now(), ours.entity_id, destination)


def _passed_on(request: HttpRequest, address: str, fields: Mapping[str, str]) -> HttpResponse:
    """A page that posts the fields to the address by itself."""
    response = render(request, "login/pass_on.jinja", address=address, fields={name: value for name, value in fields.items() if value})
    parts = urlsplit(address)
    response.form_target = f"{parts.scheme}://{parts.netloc}"  # type: ignore[attr-defined]  # read by site.middleware.protect_page
    return response


def _logged_out(reason: str) -> str:
    return reverse("logged-out", query={"orsak": reason} if reason and reason in LOGGED_OUT else None)
