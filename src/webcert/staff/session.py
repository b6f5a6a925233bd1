"""The login context between requests: kept in the session as JSON, decoded when first asked for, demanded by two decorators.

The session itself (its row, its cookie, its idle time) is Django's and the settings'; `site.middleware` keeps it alive.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from pydantic import TypeAdapter

from webcert.staff.login_context import LoginContext

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

_KEY = "login"
_HELD = "held_login"
_DECODED = "_login_context"
_JSON: TypeAdapter[LoginContext] = TypeAdapter(LoginContext)


def keep(request: HttpRequest, login: LoginContext) -> None:
    """Put the login context into the session. The HSA-id stands beside it for the request log."""
    request.session.pop(_HELD, None)
    request.session[_KEY] = _JSON.dump_python(login, mode="json", exclude_defaults=True)
    request.session["hsa_id"] = login.user.hsa_id
    setattr(request, _DECODED, login)


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
        setattr(request, _DECODED, None if kept is None else _JSON.validate_python(kept))
    login: LoginContext | None = getattr(request, _DECODED)
    return login


def by(request: HttpRequest) -> LoginContext:
    """Who acts. Only in views that are marked `login_required` or `unit_required`."""
    login = login_of(request)
    assert login, "the view is not marked login_required"
    return login


def seconds_left(request: HttpRequest) -> int:
    """Seconds until the session ends if nothing more is done."""
    active_at: int = request.session.get("active_at", 0)
    return max(0, active_at + settings.SESSION_COOKIE_AGE - int(time.time()))


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


def _elsewhere(request: HttpRequest, page: str) -> HttpResponseBase:
    if _asked_by_script(request):
        return JsonResponse({"error": "Du är inte inloggad. Logga in och försök igen."}, status=401)
    if request.method != "GET":
        return HttpResponseRedirect(reverse(page))
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def _asked_by_script(request: HttpRequest) -> bool:
    """Whether fetch sent the request: browsers say `empty` then, and tools that want JSON say so."""
    return request.headers.get("Sec-Fetch-Dest") == "empty" or request.headers.get("Accept", "").startswith("application/json")
