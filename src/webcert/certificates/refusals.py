"""The edge where a refused action becomes an answer: JSON for the page's script, a calm page for everybody else."""

from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from webcert.certificates.errors import Refused
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
    status = HTTPStatus(refused.status)
    match = request.resolver_match
    reopens = status == HTTPStatus.CONFLICT and match is not None and "id" in match.kwargs
    way_on = (
        {"action_label": "Öppna intyget", "action_url": reverse("certificate", args=[match.kwargs["id"]])}
        if reopens and match
        else {"action_label": "Till startsidan", "action_url": home_url(by(request))}
    )
    header = header_of(by(request), active="search")
    return render(request, "ui/error.jinja", status=status, header=header, title=TITLES[status], text=refused.text, **way_on)
