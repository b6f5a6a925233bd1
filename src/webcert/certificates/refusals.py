"""The edge where a refused action becomes an answer: JSON for the page's script, a calm page for everybody else."""

from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from webcert.certificates.access import OTHER_UNIT
from webcert.certificates.errors import Denied, Refused
from webcert.staff.page import header_of, home_url
from webcert.staff.session import P, View, by
from webcert.ui.render import render

TITLES = {
    HTTPStatus.BAD_REQUEST: "Det gick inte att genomföra",
    HTTPStatus.FORBIDDEN: "Behörighet saknas",
    HTTPStatus.NOT_FOUND: "Intyget finns inte",
    HTTPStatus.CONFLICT: "Det gick inte att genomföra",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Utkastet är inte klart",
    HTTPStatus.SERVICE_UNAVAILABLE: "Tjänsten svarar inte",
}


def told(view: View[P]) -> View[P]:
    """Tell why when an action is refused. For views that are marked `unit_required` outside this."""

    @wraps(view)
    def telling(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            if request.headers.get("Accept", "").startswith("application/json"):
                return JsonResponse({"error": refused.text}, status=refused.status)
            return _page(request, refused)

    return telling


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
    """What the user can do next: label and address."""
    match = request.resolver_match
    id = match.kwargs.get("id") if match else None
    if id and refused.status == HTTPStatus.CONFLICT:
        return "Öppna intyget", reverse("certificate", args=[id])
    if id and isinstance(refused, Denied) and refused.code == OTHER_UNIT.code and len(by(request).units) > 1:
        return "Byt vårdenhet", reverse("choose-unit", query={"next": reverse("certificate", args=[id])})
    return "Till startsidan", home_url(by(request))
