"""What happens around every request: it is counted and logged, its page is protected, malformed input is turned away.

Nothing here asks the database, and a session is only looked at when the view has done so.
"""

import secrets
import time
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from webcert.site import metrics

Handler = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger("webcert.request")

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000"}

_SILENT = {"healthz", "metrics"}
"""Routes asked every few seconds by machines; they are counted but leave no line."""

_FORM, _JSON = "application/x-www-form-urlencoded", "application/json"

_CHUNK = 64 * 1024
_MOST_READ_AWAY = 64 * 1024 * 1024

_ACTIVITY_NOTED_EVERY = 60
"""Seconds between the writes that keep a session alive."""


def account_for_request(get_response: Handler) -> Handler:
    """Give the request an id, count it, and log one line: method, route (never the path), status, time, user."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=secrets.token_hex(6))
        started = time.perf_counter()
        response = get_response(request)
        seconds = time.perf_counter() - started
        route = request.resolver_match.route if request.resolver_match else "-"
        metrics.count_request(request.method or "", route, response.status_code, seconds)
        if route not in _SILENT:
            log.info("request", method=request.method, route=route, status=response.status_code, ms=round(seconds * 1000, 1))
        return response

    return middleware


def protect_page(get_response: Handler) -> Handler:
    """Add the security headers; a view that has set one of them keeps its own."""
    headers = HEADERS | (_HTTPS_HEADERS if settings.SESSION_COOKIE_SECURE else {})

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def refuse_malformed(get_response: Handler) -> Handler:
    """Turn away text that is not UTF-8, and forms with a NUL, which PostgreSQL could not keep.

    Django would replace broken UTF-8 silently, and a text that a doctor wrote must never change unseen. Who reads JSON sees to both.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        _require_text(request.META.get("PATH_INFO", "").encode("latin-1", "replace"))
        _require_text(request.META.get("QUERY_STRING", "").encode("latin-1", "replace"))
        if request.content_type in (_FORM, _JSON):
            if (request.content_params or {}).get("charset", "utf-8").lower() != "utf-8":
                raise BadRequest("not UTF-8")
            body = _whole_body(request)
            if request.content_type == _FORM:
                _require_text(body)
        return get_response(request)

    return middleware


def _whole_body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        _read_away(request)
        raise


def _read_away(request: HttpRequest) -> None:
    """Take in what is refused, within reason: a client that is still sending would not see the answer."""
    for _ in range(_MOST_READ_AWAY // _CHUNK):
        if not request.read(_CHUNK):
            return


def _require_text(quoted: bytes) -> None:
    plain = unquote_to_bytes(quoted)
    try:
        plain.decode()
    except UnicodeDecodeError:
        raise BadRequest("not UTF-8") from None
    if b"\0" in plain:
        raise BadRequest("NUL in text")


def prolong_session(get_response: Handler) -> Handler:
    """Keep the session of somebody who works alive, at the price of one write a minute, and name the user in the log.

    A page that asks by itself says so with the header X-Webcert-Background and keeps nothing alive (A-027).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = request.session
        if session.accessed and response.status_code < 500 and not session.is_empty():
            structlog.contextvars.bind_contextvars(user=session.get("hsa_id"))
            now = int(time.time())
            if "X-Webcert-Background" not in request.headers and now - session.get("active_at", 0) >= _ACTIVITY_NOTED_EVERY:
                session["active_at"] = now
        return response

    return middleware
