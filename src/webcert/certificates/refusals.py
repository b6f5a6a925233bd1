"""The edge where a refused action becomes an answer: JSON for the page's script, a calm page for everybody else."""

from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from webcert.certificates.errors import Denied, Refused, StaleRevision
from webcert.certificates.guards import UNIT_TO_READ
from webcert.monitoring.events import Event, tell
from webcert.staff.page import header_of, home_url
from webcert.staff.session import P, View, by
from webcert.ui.render import render

TITLES = {
    HTTPStatus.BAD_REQUEST: "Det gick inte att genomföra",
    HTTPStatus.FORBIDDEN: "Behörighet saknas",
    HTTPStatus.NOT_FOUND: "Intyget finns inte",
    HTTPStatus.CONFLICT: "Det gick inte att genomföra",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Utkastet är inte klart",
    HTTPStatus.SERVICE_UNAVAILABLE: "Personuppgiftstjänsten svarar inte",
}


def told(view: View[P]) -> View[P]:
    """Tell why when an action is refused. For views that are marked `unit_required` outside this."""

    @wraps(view)
    def telling(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            _note(request, refused)
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"error": refused.text}, status=refused.status)
            return _page(request, refused)

    return telling


def _note(request: HttpRequest, refused: Refused) -> None:
    """Tell the log of every denial, with its reason: a warning when rights were lacking, not when only the state of things hindered."""
    id = str(request.resolver_match.kwargs.get("id", "")) if request.resolver_match else ""
    if isinstance(refused, Denied):
        lacking = refused.status == HTTPStatus.FORBIDDEN
        tell(Event.AUTHORIZATION_DENIED if lacking else Event.ACTION_REFUSED, certificate=id, reason=refused.code)
    elif isinstance(refused, StaleRevision):
        tell(Event.UTKAST_CONCURRENTLY_EDITED, certificate=id)


def _page(request: HttpRequest, refused: Refused) -> HttpResponse:
    label, url = _way_on(request, refused)
    return render(
        request,
        "ui/error.jinja",
        status=refused.status,
        header=header_of(by(request), active="search"),
        title=TITLES[HTTPStatus(refused.status)],
        text=refused.text,
        action_label=label,
        action_url=url,
    )


def _way_on(request: HttpRequest, refused: Refused) -> tuple[str, str]:
    """What the user can do next: label and address, which is empty when there is nothing here."""
    match = request.resolver_match
    id = match.kwargs.get("id") if match else None
    if refused.status == HTTPStatus.SERVICE_UNAVAILABLE and request.method == "GET":
        return "Försök igen", request.get_full_path()
    if id and refused.status in (HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE):
        return "Öppna intyget", reverse("certificate", args=[id])
    if id and isinstance(refused, Denied) and refused.code == UNIT_TO_READ.code and by(request).may_change_unit:
        return "Byt vårdenhet", reverse("choose-unit", query={"next": reverse("certificate", args=[id])})
    return "Till startsidan", "" if by(request).is_integrated else home_url(by(request))
