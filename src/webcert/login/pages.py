"""What is said when a login fails before it is known who somebody is. Each page has an error id and tells nothing of a person.

Source: reference/login-and-signing.md §2.11, reference/ui.md §1.12.
"""

from dataclasses import dataclass
from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from webcert.login.saml.response import Reason, Rejected
from webcert.monitoring.events import Event, tell
from webcert.ui.render import render

log = structlog.get_logger("webcert.login")


@dataclass(frozen=True, slots=True)
class Failure:
    """A page: its status, its heading, its paragraphs."""

    status: HTTPStatus
    title: str
    text: tuple[str, ...]


_TRY_AGAIN = "Gå till startsidan och försök igen. Händer det flera gånger, kontakta supporten."

FAILED = Failure(HTTPStatus.FORBIDDEN, "Inloggningen misslyckades", ("Svaret från legitimeringstjänsten kunde inte godtas.", _TRY_AGAIN))
DECLINED = Failure(
    HTTPStatus.FORBIDDEN,
    "Inloggningen misslyckades",
    ("Du legitimerade dig inte. Inloggningen avbröts, eller så godtog legitimeringstjänsten den inte.", _TRY_AGAIN),
)
TOO_LOW = Failure(
    HTTPStatus.FORBIDDEN,
    "Inloggningen misslyckades",
    (
        "Sättet du legitimerade dig på är inte tillräckligt säkert för Webcert.",
        "Använd ett SITHS-kort eller en e-legitimation på tillitsnivå 3.",
    ),
)
OVERDUE = Failure(
    HTTPStatus.FORBIDDEN,
    "Inloggningen misslyckades",
    ("Inloggningen tog för lång tid, hade redan använts eller påbörjades i en annan webbläsare.", _TRY_AGAIN),
)
UNAVAILABLE = Failure(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Tekniskt fel",
    ("Legitimeringstjänsten går inte att nå just nu, och därför går det inte att logga in.", "Försök igen om en stund."),
)

OF_REASON = {
    Reason.STATUS: DECLINED,
    Reason.ASSURANCE_LEVEL: TOO_LOW,
    Reason.IN_RESPONSE_TO: OVERDUE,
    Reason.EXPIRED: OVERDUE,
    Reason.REPLAY: OVERDUE,
    Reason.AUTHENTICATION_TOO_OLD: OVERDUE,
}
"""Reasons that the user can do something about; all others are told as `FAILED`."""

STATUSES = {
    f"{namespace}{status}": status
    for namespace, statuses in {
        "urn:oasis:names:tc:SAML:2.0:status:": ("Requester", "Responder", "AuthnFailed", "NoAuthnContext", "RequestDenied", "NoPassive"),
        "http://id.elegnamnden.se/status/1.0/": ("cancel", "fraud", "possibleFraud"),
    }.items()
    for status in statuses
}
"""What a provider may say when it does not log somebody in → how it is told in the log. Anything else could be anybody's text."""


def failed(request: HttpRequest, failure: Failure) -> HttpResponse:
    """The page."""
    return render(
        request,
        "ui/error.jinja",
        status=failure.status,
        title=failure.title,
        text=failure.text,
        error_id=structlog.contextvars.get_contextvars().get("request"),
        action_label="Till startsidan",
        action_url=reverse("start"),
    )


def rejected(request: HttpRequest, registration: str, problem: Rejected) -> HttpResponse:
    """The page for a provider's answer that is not believed, and the event that it was not."""
    if problem.reason is Reason.STATUS:
        tell(Event.SAML_STATUS_LOGIN_FAIL, registration=registration, status=STATUSES.get(problem.status, "other"))
    else:
        tell(Event.LOGIN_FAILED, registration=registration, reason=problem.reason.value)
    return failed(request, OF_REASON.get(problem.reason, FAILED))


def unavailable(request: HttpRequest, registration: str, problem: Exception) -> HttpResponse:
    """The page for a provider that cannot be used now."""
    log.error("identity provider cannot be used", registration=registration, problem=str(problem))
    return failed(request, UNAVAILABLE)


def not_configured(request: HttpRequest, label: str) -> HttpResponse:
    """What stands behind a login button whose provider is not set up."""
    return render(
        request,
        "ui/error.jinja",
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title=f"Inloggning med {label} är inte inställd",
        text="Den här installationen av Webcert är inte ansluten till någon legitimeringstjänst för det inloggningssättet.",
        action_label="Till startsidan",
        action_url=reverse("start"),
    )
