"""What a user sees when something went wrong: a calm page in Swedish with an id to quote, never a trace.

The same id stands in the log, together with the trace.
"""

import sys
from html import escape
from http import HTTPStatus

import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from webcert.monitoring.events import Event, tell
from webcert.staff.session import asked_by_script

log = structlog.get_logger("webcert.errors")

TEXTS = {
    HTTPStatus.BAD_REQUEST: ("Förfrågan gick inte att läsa", "Webbläsaren skickade något som Webcert inte kan tolka. Inget har ändrats."),
    HTTPStatus.FORBIDDEN: (
        "Behörighet saknas",
        "Du har inte behörighet till sidan, eller så har den varit öppen för länge. Ladda om sidan eller logga in igen.",
    ),
    HTTPStatus.NOT_FOUND: ("Sidan finns inte", "Adressen leder inte till någon sida. Kontrollera adressen eller gå till startsidan."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("För mycket på en gång", "Det som skickades är större än Webcert tar emot. Inget har ändrats."),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: (
        "Fel slags innehåll",
        "Webbläsaren skickade något som den här sidan inte tar emot. Inget har ändrats.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Det går för fort",
        "Samma sak har gjorts många gånger på kort tid, och därför tar Webcert en paus. Inget har ändrats. Försök igen om en liten stund.",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Tekniskt fel",
        "Ett tekniskt fel har inträffat. Försök igen om en stund. Kvarstår felet, kontakta support och ange fel-id.",
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Webcert är tillfälligt otillgängligt",
        "Det går inte att nå databasen just nu. Försök igen om en liten stund. Det som redan är sparat finns kvar.",
    ),
}

_PLAIN = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>{title} – Webcert</title></head>
<body><h1>{title}</h1><p>{text}</p><p>Fel-id: <code>{error_id}</code></p><p><a href="/">Till startsidan</a></p></body></html>
"""


def error_page(status: HTTPStatus) -> HttpResponse:
    """The page for the status, with the id of the request. It needs neither session nor database, and it cannot fail."""
    title, text = TEXTS[status]
    error_id = structlog.contextvars.get_contextvars().get("request", "-")
    try:
        page: str = render_to_string("ui/error.jinja", {"title": title, "text": text, "error_id": error_id})
    except Exception:
        log.exception("error page not rendered")
        page = _PLAIN.format(title=escape(title), text=escape(text), error_id=error_id)
    response = HttpResponse(page, status=status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = "5"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 for a body that is too large."""
    log.warning("request refused", reason=type(exception).__name__)
    too_large = isinstance(exception, RequestDataTooBig)
    return error_page(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_large else HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for what the user may not; the exception says why, in a word for the log."""
    tell(Event.AUTHORIZATION_DENIED, reason=str(exception))
    return error_page(HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that does not carry this session's token."""
    tell(Event.CSRF_FAILURE, reason=reason)
    return error_page(HTTPStatus.FORBIDDEN)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with the seconds after which it can be tried again; JSON for a script."""
    status = HTTPStatus.TOO_MANY_REQUESTS
    response = JsonResponse({"error": TEXTS[status][1]}, status=status) if asked_by_script(request) else error_page(status)
    response["Retry-After"] = str(seconds)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database could not be reached, since trying again then helps."""
    error = sys.exception()
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database unavailable", error=str(error))
        return error_page(HTTPStatus.SERVICE_UNAVAILABLE)
    log.error("request failed", exc_info=error)
    return error_page(HTTPStatus.INTERNAL_SERVER_ERROR)
