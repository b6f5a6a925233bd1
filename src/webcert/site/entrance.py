"""What is turned away before a view sees it: unknown hosts, malformed text, wrong bodies, forged posts, too many requests.

What is allowed where is said in `limits.py`.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from webcert.monitoring.events import Event, tell
from webcert.site.counting import counted, seconds_until_new
from webcert.site.errors import csrf_failure, error_page, too_many
from webcert.site.limits import BODIES, FORM, LIMITS, ORDINARY, Limit

Handler = Callable[[HttpRequest], HttpResponseBase]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OURS = frozenset({"", "same-origin", "none"})
"""What browsers say of a request that comes from a page of ours (older ones say nothing) or from the user herself."""

_CHUNK = 64 * 1024
_MOST_READ_AWAY = 64 * 1024 * 1024


class RefuseMalformed:
    """Turn away unknown hosts, text that is not UTF-8 or holds a NUL, which PostgreSQL could not keep, and bodies that are not expected.

    Django would replace broken UTF-8 silently, and a text that a doctor wrote must never change unseen. Who reads JSON sees to both.
    """

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.get_host()  # raises DisallowedHost
        _require_text(unquote_to_bytes(request.META.get("PATH_INFO", "").encode("latin-1", "replace")))
        _require_text(unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1", "replace")))
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        length = _length(request)
        if not length or request.method in _SAFE:
            return None
        allowed = BODIES.get(_name(request), ORDINARY)
        if length > allowed.largest:
            _read_away(request)
            raise RequestDataTooBig
        if request.content_type not in allowed.kinds:
            return error_page(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if (request.content_params or {}).get("charset", "utf-8").lower() != "utf-8":
            raise BadRequest("not UTF-8")
        _require_text(unquote_to_bytes(request.body) if request.content_type == FORM else request.body)
        return None


class RefuseForged(CsrfViewMiddleware):
    """Turn away a post that does not come from a page of ours: by what the browser says of it, and by the token.

    Views that are exempt take messages that are signed by somebody else.
    """

    def process_view(  # type: ignore[override]  # our own answer is no HttpResponseForbidden
        self, request: HttpRequest, callback: Any, callback_args: Any, callback_kwargs: Any
    ) -> HttpResponse | None:
        foreign = request.META.get("HTTP_SEC_FETCH_SITE", "") not in _OURS
        if foreign and request.method not in _SAFE and not getattr(callback, "csrf_exempt", False):
            return csrf_failure(request, "from another site")
        return super().process_view(request, callback, callback_args, callback_kwargs)


class RefuseTooMany:
    """Turn away what is asked for more often than its limit says."""

    def __init__(self, get_response: Handler) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        limits = LIMITS.get((request.method or "", _name(request)), ())
        concerned = [(limit, who) for limit in limits if (who := limit.who(request))]
        if not concerned:
            return None
        refusing = [limit for (limit, _), times in zip(concerned, counted(concerned), strict=True) if _exceeded(limit, times)]
        return too_many(request, seconds_until_new(refusing[0])) if refusing else None


def _exceeded(limit: Limit, times: int) -> bool:
    """Whether the request is to be refused. Each limit is told once in its time, however often it is run into."""
    if times == limit.most + 1:
        tell(Event.MASS_LOOKUP if limit.alarms else Event.RATE_LIMIT_HIT, limit=limit.name, most=limit.most)
    return times > limit.most and not limit.alarms


def _name(request: HttpRequest) -> str:
    return (request.resolver_match and request.resolver_match.view_name) or ""


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise BadRequest("no length") from None


def _read_away(request: HttpRequest) -> None:
    """Take in what is refused, within reason: a client that is still sending would not see the answer."""
    for _ in range(_MOST_READ_AWAY // _CHUNK):
        if not request.read(_CHUNK):
            return


def _require_text(plain: bytes) -> None:
    try:
        plain.decode()
    except UnicodeDecodeError:
        raise BadRequest("not UTF-8") from None
    if b"\0" in plain:
        raise BadRequest("NUL in text")
