"""The login context between requests: kept in the session as JSON, decoded when first asked for, demanded by decorators.

The session itself (its row, its cookie, its idle time) is Django's and the settings'; `site.middleware` keeps it alive.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from pydantic import TypeAdapter

from webcert.monitoring.pseudonyms import pseudonym
from webcert.staff import provider_sessions
from webcert.staff.login_context import LoginContext, Origin

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

CLOSED_FOR = 7
"""Seconds between the closing of an EHR's window and the end of its session: time for the next page to come."""

_KEY = "login"
_HELD = "held_login"
_DECODED = "_login_context"
_JSON: TypeAdapter[LoginContext] = TypeAdapter(LoginContext)


def admit(request: HttpRequest, login: LoginContext) -> None:
    """Let the user act as the login context says, from now on and under a new session key: one that was known before opens nothing."""
    former = request.session.session_key
    request.session.cycle_key()
    provider_sessions.follow(former, request.session.session_key)
    keep(request, login)


def keep(request: HttpRequest, login: LoginContext) -> None:
    """Put the login context into the session as it is."""
    request.session.pop(_HELD, None)
    request.session[_KEY] = _JSON.dump_python(login, mode="json", exclude_defaults=True)
    _acts(request, login)


def hold(request: HttpRequest, login: LoginContext) -> None:
    """Put the login context aside: nobody is logged in until it is kept. For who must accept something first."""
    request.session[_HELD] = _JSON.dump_python(login, mode="json", exclude_defaults=True)


def held_login_of(request: HttpRequest) -> LoginContext | None:
    """The login that waits to be kept, or None."""
    held = request.session.get(_HELD)
    return None if held is None else _JSON.validate_python(held)


def login_of(request: HttpRequest) -> LoginContext | None:
    """Who is logged in, or None. The unit may not be chosen yet: views that need it are marked `unit_required`."""
    if not hasattr(request, _DECODED):
        kept = request.session.get(_KEY)
        _acts(request, None if kept is None else _JSON.validate_python(kept))
    login: LoginContext | None = getattr(request, _DECODED)
    return login


def _acts(request: HttpRequest, login: LoginContext | None) -> None:
    """Remember for the length of the request who acts, and name her in everything that is logged from now on."""
    setattr(request, _DECODED, login)
    if login:
        session = pseudonym("session", request.session.session_key or "")
        structlog.contextvars.bind_contextvars(user=login.user.hsa_id, session=session)


def by(request: HttpRequest) -> LoginContext:
    """Who acts. Only in views that are marked `login_required` or `unit_required`."""
    login = login_of(request)
    assert login, "the view is not marked login_required"
    return login


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session ends if nothing more is done."""
    return max(0, int(request.session.get_expiry_date().timestamp() - time.time()))


def lasts_longer(request: HttpRequest) -> bool:
    """Whether work would prolong the session. At the end of its longest time it does not."""
    longest: int = request.session.get("began_at", 0) + settings.SESSION_LIFETIME
    end: int = min(longest, request.session.get("ends_at", longest))
    return end > request.session.get_expiry_date().timestamp()


def set_window(request: HttpRequest, *, open: bool) -> None:
    """Note that a page of ours has opened in the user's window, or that the window is closed or leads elsewhere.

    In a window that an EHR has opened the session ends some seconds after the last page is gone, unless another one comes
    (reference/login-and-signing.md §4.2). Elsewhere it does not matter.
    """
    if by(request).origin is not Origin.DEEP_INTEGRATION:
        return
    if open:
        request.session.pop("closes_at", None)
    else:
        request.session["closes_at"] = int(time.time()) + CLOSED_FOR


def login_required(view: View[P]) -> View[P]:
    """Only for who is logged in. Others are led to the start page and back afterwards; a script's request gets 401 and JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if login_of(request) is None:
            return _elsewhere(request, "start")
        return view(request, *args, **kwargs)

    return guarded


def unit_required(view: View[P]) -> View[P]:
    """Only for who is logged in on a unit (A-023). Who has not chosen one yet is led to the choice and back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        login = login_of(request)
        if login is None:
            return _elsewhere(request, "start")
        if not login.unit_id:
            return _elsewhere(request, "choose-unit")
        return view(request, *args, **kwargs)

    return guarded


def alone_required(view: View[P]) -> View[P]:
    """Only for who works stand-alone, on a unit. Through an EHR there is one certificate at a time; search and lists are in the EHR
    (reference/ui.md §10.1)."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if by(request).is_integrated:
            raise PermissionDenied("INTEGRATED")
        return view(request, *args, **kwargs)

    return unit_required(guarded)


def _elsewhere(request: HttpRequest, page: str) -> HttpResponseBase:
    if asked_by_script(request):
        return JsonResponse({"error": "Du är inte inloggad. Logga in och försök igen."}, status=401)
    if request.method != "GET":
        return HttpResponseRedirect(reverse(page))
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def asked_by_script(request: HttpRequest) -> bool:
    """Whether fetch sent the request: browsers say `empty` then, and tools that want JSON say so."""
    return request.headers.get("Sec-Fetch-Dest") == "empty" or request.headers.get("Accept", "").startswith("application/json")
