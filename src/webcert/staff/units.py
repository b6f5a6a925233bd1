"""The choice of unit, and what waits on each of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from webcert.monitoring.events import Event, tell
from webcert.staff.counters import Waiting, waiting_for
from webcert.staff.login_context import LoginContext, Unit
from webcert.staff.page import header_of, home_url, own_page
from webcert.staff.session import admit, by, login_required, unit_required
from webcert.ui.render import render


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit that can be chosen, with what waits there: "2", or for a care unit with sub-units "2 (5)", where 5 is theirs together."""

    unit: Unit
    messages: str
    drafts: str
    sub_units: tuple["Choice", ...] = ()


@require_http_methods(["GET", "POST"])
@login_required
def choose_unit(request: HttpRequest) -> HttpResponseBase:
    """P2 and "Byt vårdenhet" (D2): the user's units with what waits on each, and the choice of one (A-023).

    Once chosen it can be changed only by who may (A-018, A-030, A-034).
    """
    login = by(request)
    if login.unit_id and not login.may_change_unit:
        raise PermissionDenied("UNIT_CHANGE")
    if request.method == "POST":
        try:
            chosen = login.at(request.POST.get("unit_id", ""))
        except KeyError:
            tell(Event.USER_MISSING_MIU_ON_ENHET, role=login.user.role)
            raise BadRequest("not a unit of the user") from None
        admit(request, chosen)
        return redirect(own_page(request, request.POST.get("next", "")) or home_url(chosen))
    waiting = waiting_for(login)
    return render(
        request,
        "staff/choose_unit.jinja",
        header=header_of(login, waiting=waiting),
        login=login,
        providers=[(name, list(units)) for name, units in groupby(_choices(login, waiting), key=_care_provider)],
        next=request.GET.get("next", ""),
    )


@require_GET
@unit_required
def counts(request: HttpRequest) -> JsonResponse:
    """The numbers of the header as they are now, for a page that has been open for a while."""
    header = header_of(by(request))
    assert header
    tabs = {tab.name: {"count": tab.count, "counted": tab.counted} for tab in header.tabs}
    return JsonResponse({"tabs": tabs, "elsewhere": header.elsewhere})


def _choices(login: LoginContext, waiting: Waiting) -> Iterable[Choice]:
    """The care units, each with its sub-units."""
    for care_unit in login.care_units:
        sub_units = login.sub_units(care_unit.id)
        yield Choice(
            care_unit,
            _number("unhandled", care_unit, sub_units, waiting),
            _number("drafts", care_unit, sub_units, waiting),
            tuple(Choice(unit, _number("unhandled", unit, (), waiting), _number("drafts", unit, (), waiting)) for unit in sub_units),
        )


def _number(tab: str, unit: Unit, sub_units: tuple[Unit, ...], waiting: Waiting) -> str:
    own = waiting.on(tab, [unit.id])
    return f"{own} ({waiting.on(tab, [sub_unit.id for sub_unit in sub_units])})" if sub_units else str(own)


def _care_provider(choice: Choice) -> str:
    return choice.unit.care_provider_name
