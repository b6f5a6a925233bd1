"""The unit's lists: unsigned drafts, and messages that wait for somebody. One page each, behind the tabs of the header."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from webcert.certificates import queries
from webcert.certificates.presenters.patient import TONES
from webcert.staff.page import header_of
from webcert.staff.session import by, unit_required
from webcert.ui.render import render


@require_GET
@unit_required
def drafts(request: HttpRequest) -> HttpResponse:
    """P8 "Ej signerade utkast": every unsigned draft of the unit logged in at, by anyone (A-045)."""
    rows = queries.drafts_of_unit(by=by(request))
    return render(
        request,
        "certificates/drafts.jinja",
        header=header_of(by(request), active="drafts"),
        unit=by(request).unit,
        rows=rows,
        tones=TONES,
        most=queries.MOST_ROWS,
    )


@require_GET
@unit_required
def unhandled(request: HttpRequest) -> HttpResponse:
    """P7 "Ej hanterade ärenden". No message can reach a unit until the product has messages, so the list is empty."""
    return render(request, "certificates/unhandled.jinja", header=header_of(by(request), active="unhandled"), unit=by(request).unit)
