"""What happens around every request: it is counted and logged, its page is protected, the session of who works is kept alive.

Nothing here asks the database, and a session is only looked at when the view has done so. What is turned away is `entrance.py`.
"""

import secrets
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from webcert.monitoring.pseudonyms import in_letters
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
_UNUSED = "accelerometer camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "Webcert",  # or the web server tells its own name
}
_HTTPS_HEADERS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}

_SILENT = {"healthz", "metrics"}
"""Routes asked every few seconds by machines; they are counted but leave no line."""

_ACTIVITY_NOTED_EVERY = 60
"""Seconds between the writes that keep a session alive."""


def account_for_request(get_response: Handler) -> Handler:
    """Give the request an id, count it, and log one line: method, route (never the path), status, time, user."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=in_letters(secrets.token_hex(6)))
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
    """Add the security headers; a view that has set one of them keeps its own.

    A page whose form goes to another system says where in its `form_target` (an origin).
    """
    headers = HEADERS | (_HTTPS_HEADERS if settings.SESSION_COOKIE_SECURE else {})

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if target := getattr(response, "form_target", ""):
            response.headers.setdefault("Content-Security-Policy", POLICY.replace("form-action 'self'", f"form-action {target}"))
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def prolong_session(get_response: Handler) -> Handler:
    """Keep the session of somebody who works alive, at the price of one write a minute.

    A page that asks by itself says so with the header X-Webcert-Background and keeps nothing alive (A-027).
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        session = request.session
        if session.accessed and response.status_code < 500 and not session.is_empty():
            now = int(time.time())
            if "HTTP_X_WEBCERT_BACKGROUND" not in request.META and now - session.get("active_at", 0) >= _ACTIVITY_NOTED_EVERY:
                session["active_at"] = now
                session.setdefault("began_at", now)
        return response

    return middleware
