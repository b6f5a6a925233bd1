"""The pages round the login: start, the risk to accept, log-out, and what a failed login says. The choice of unit is in `units.py`."""

from collections.abc import Sequence
from http import HTTPStatus

import structlog
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from webcert.staff import login as logins
from webcert.staff.login import LoginRefused, Refusal
from webcert.staff.login_context import Method
from webcert.staff.page import header_of, home_url, own_page
from webcert.staff.preferences import CHOICES, remember
from webcert.staff.risk import risks_of
from webcert.staff.session import held_login_of, login_of, login_required, seconds_left
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
    "": ("Du är nu utloggad", "Du har loggat ut från Webcert. Stäng webbläsaren om någon annan använder datorn."),
    "timeout": ("Du är nu utloggad", "Du har loggats ut eftersom du inte har använt Webcert på ett tag. Det som hann sparas finns kvar."),
    "godkannande": (
        "Godkännande saknas",
        "Du har en sekretessmarkering och behöver godkänna att uppgifter om dig kan spridas innan du kan använda Webcert. "
        "Ändrar du dig, logga in igen och godkänn.",
    ),
}
"""Reason in the address → title and what is said (reference/ui.md §1.12)."""


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """P1: the ways to log in (A-021). Who is logged in already goes on to her first page."""
    if login_of(request) or held_login_of(request):
        return _onward(request, request.GET.get("next", ""))
    return render(request, "staff/start.jinja", staff=invented_staff(), next=request.GET.get("next", ""))


@require_POST
def log_in(request: HttpRequest) -> HttpResponseBase:
    """Log in as one of the invented staff. Exists only while the stand-ins run, and for nobody but them."""
    hsa_id = request.POST.get("hsa_id", "")
    if hsa_id not in {person.hsaId for person in invented_staff()}:
        raise Http404
    try:
        logins.log_in(request, hsa_id, Method.SIMULATED)
    except LoginRefused as refused:
        return _refused(request, refused.refusal)
    return _onward(request, request.POST.get("next", ""))


@require_http_methods(["GET", "POST"])
def accept_risk(request: HttpRequest) -> HttpResponseBase:
    """D1: a user with protected identity is not logged in until she has accepted that others can see her name (A-114)."""
    login = held_login_of(request)
    if login is None:
        return redirect("start")
    if request.method == "POST" and request.POST.get("accepted") == "true":
        logins.accept_risk(request, login)
        return _onward(request, request.POST.get("next", ""))
    return render(request, "staff/accept_risk.jinja", risks=risks_of(login.user), next=request.GET.get("next", ""))


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


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session (A-026). Who would not accept the risk is told so."""
    logins.log_out(request)
    reason = request.POST.get("orsak", "")
    return redirect(reverse("logged-out", query={"orsak": reason} if reason in LOGGED_OUT and reason else None))


@require_GET
def logged_out(request: HttpRequest) -> HttpResponse:
    """What is seen after log-out, by the user's wish or after 30 minutes without work."""
    title, text = LOGGED_OUT.get(request.GET.get("orsak", ""), LOGGED_OUT[""])
    return render(request, "ui/error.jinja", title=title, text=text, action_label="Logga in igen", action_url=reverse("start"))


@require_GET
@login_required
def session(request: HttpRequest) -> JsonResponse:
    """Seconds until the session ends if nothing more is done. Asked in the background it prolongs nothing (A-027)."""
    return JsonResponse({"seconds_left": seconds_left(request)})


@require_POST
@login_required
def remember_choice(request: HttpRequest) -> HttpResponse:
    """Remember one of the user's choices between yes and no, until she chooses otherwise (reference/ui.md §1.11)."""
    key, value = request.POST.get("key", ""), request.POST.get("value", "")
    if key not in CHOICES or value not in ("true", "false"):
        raise BadRequest("no such choice")
    remember(request, key, value == "true")
    return HttpResponse(status=204)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """Where help is found."""
    return render(request, "staff/help.jinja", header=header_of(login_of(request)))


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    status, title, text = REFUSED[refusal]
    error_id = structlog.contextvars.get_contextvars().get("request")
    again = {"action_label": "Till startsidan", "action_url": reverse("start")}
    return render(request, "ui/error.jinja", status=status, title=title, text=text, error_id=error_id, **again)


def _onward(request: HttpRequest, target: str) -> HttpResponse:
    """To the page that was asked for before the login, else to the first page; by way of what must be accepted or chosen first."""
    target = own_page(request, target)
    login = login_of(request)
    if login and login.unit_id:
        return redirect(target or home_url(login))
    return redirect(reverse("choose-unit" if login else "accept-risk", query={"next": target} if target else None))
