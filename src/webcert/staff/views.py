"""The pages round the login: start, unit choice, log-out, and what is said when a login fails."""

from collections.abc import Sequence
from http import HTTPStatus
from itertools import groupby

import structlog
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from webcert.staff import login as logins
from webcert.staff.login import LoginRefused, Refusal
from webcert.staff.login_context import LoginContext, Method, Unit
from webcert.staff.page import header_of, home_url
from webcert.staff.session import by, keep, login_of, login_required, seconds_left
from webcert.staff.simulated import invented_staff
from webcert.ui.render import render

REFUSED: dict[Refusal, tuple[HTTPStatus, str, Sequence[str]]] = {
    Refusal.NO_EMPLOYEE: (
        HTTPStatus.FORBIDDEN,
        "Inloggningen misslyckades",
        ["Du finns inte i HSA-katalogen, så Webcert kan inte avgöra vem du är.", "Kontakta HSA-ansvarig på din enhet."],
    ),
    Refusal.NO_ASSIGNMENT: (
        HTTPStatus.FORBIDDEN,
        "Medarbetaruppdrag saknas",
        [
            "För att använda Webcert behöver du ett medarbetaruppdrag med ändamålet ”Vård och behandling” på en vårdenhet. Du har inget "
            "sådant uppdrag som gäller i dag.",
            "Kontakta HSA-ansvarig på din enhet.",
        ],
    ),
    Refusal.HSA_UNAVAILABLE: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Tekniskt fel",
        ["Det går inte att hämta dina uppgifter från HSA-katalogen just nu, och därför inte att logga in.", "Försök igen om en stund."],
    ),
}
"""What each refused login says (reference/ui.md §1.12)."""

NOT_CONFIGURED = {"siths": "SITHS-kort", "e-legitimation": "e-legitimation"}

LOGGED_OUT = {
    "": "Du har loggat ut från Webcert. Stäng webbläsaren om någon annan använder datorn.",
    "timeout": "Du har loggats ut eftersom du inte har använt Webcert på ett tag. Det som hann sparas finns kvar.",
}
"""Reason in the address → what is said."""


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """P1: the ways to log in (A-021). Who is logged in already goes on to her first page."""
    if login := login_of(request):
        return _onward(request, login, request.GET.get("next", ""))
    return render(request, "staff/start.jinja", staff=invented_staff(), next=request.GET.get("next", ""))


@require_POST
def log_in(request: HttpRequest) -> HttpResponseBase:
    """Log in as one of the invented staff. Exists only while the stand-ins run, and for nobody but them."""
    hsa_id = request.POST.get("hsa_id", "")
    if hsa_id not in {person.hsaId for person in invented_staff()}:
        raise Http404
    try:
        login = logins.log_in(request, hsa_id, Method.SIMULATED)
    except LoginRefused as refused:
        return _refused(request, refused.refusal)
    return _onward(request, login, request.POST.get("next", ""))


@require_GET
def not_configured(request: HttpRequest, method: str) -> HttpResponse:
    """What stands behind a login button whose identity service is not set up."""
    if method not in NOT_CONFIGURED:
        raise Http404
    return render(
        request,
        "ui/error.jinja",
        status=HTTPStatus.SERVICE_UNAVAILABLE,
        title=f"Inloggning med {NOT_CONFIGURED[method]} är inte inställd",
        text="Den här installationen av Webcert är inte ansluten till någon legitimeringstjänst för det inloggningssättet.",
        action_label="Till startsidan",
        action_url=reverse("start"),
    )


@require_http_methods(["GET", "POST"])
@login_required
def choose_unit(request: HttpRequest) -> HttpResponseBase:
    """P2 and "Byt vårdenhet": the user's units, and the choice of one (A-023)."""
    login = by(request)
    if request.method == "POST":
        try:
            chosen = login.at(request.POST.get("unit_id", ""))
        except KeyError:
            raise BadRequest("not a unit of the user") from None
        keep(request, chosen)
        return redirect(_safe(request, request.POST.get("next", "")) or home_url(chosen))
    providers = [(name, list(units)) for name, units in groupby(login.care_units, key=_provider_name)]
    return render(
        request, "staff/choose_unit.jinja", header=header_of(login), login=login, providers=providers, next=request.GET.get("next", "")
    )


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session (A-026)."""
    logins.log_out(request)
    return redirect("logged-out")


@require_GET
def logged_out(request: HttpRequest) -> HttpResponse:
    """What is seen after log-out, by the user's wish or after 30 minutes without work."""
    text = LOGGED_OUT.get(request.GET.get("orsak", ""), LOGGED_OUT[""])
    return render(
        request, "ui/error.jinja", title="Du är nu utloggad", text=text, action_label="Logga in igen", action_url=reverse("start")
    )


@require_GET
@login_required
def session(request: HttpRequest) -> JsonResponse:
    """Seconds until the session ends if nothing more is done. Asked in the background it prolongs nothing (A-027)."""
    return JsonResponse({"seconds_left": seconds_left(request)})


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Where help is found."""
    return render(request, "staff/help.jinja", header=header_of(login_of(request)))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status, title, text = REFUSED[refusal]
    error_id = structlog.contextvars.get_contextvars().get("request")
    again = {"action_label": "Till startsidan", "action_url": reverse("start")}
    return render(request, "ui/error.jinja", status=status, title=title, text=text, error_id=error_id, **again)


def _onward(request: HttpRequest, login: LoginContext, target: str) -> HttpResponse:
    """To the page that was asked for before the login, else to the first page; by way of the unit choice when none is chosen."""
    target = _safe(request, target)
    if login.unit_id:
        return redirect(target or home_url(login))
    return redirect(reverse("choose-unit", query={"next": target} if target else None))


def _safe(request: HttpRequest, target: str) -> str:
    """The address when it leads to a page of ours, else nothing."""
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if allowed and target.startswith("/") else ""


def _provider_name(unit: Unit) -> str:
    return unit.care_provider_name
