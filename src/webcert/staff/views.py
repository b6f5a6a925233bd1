"""The pages round the login: start, what must be accepted first, what a refused login says, and what is said after log-out.

How it is proven who somebody is, and log-out itself, are in the room `login`; the choice of unit is in `units.py`.
"""

from collections.abc import Sequence
from http import HTTPStatus

import structlog
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from webcert.staff import login as logins
from webcert.staff import terms
from webcert.staff.login import Refusal, to_accept
from webcert.staff.page import address_of_page, header_of, home_url, own_page
from webcert.staff.preferences import CHOICES, remember
from webcert.staff.risk import risks_of
from webcert.staff.session import held_login_of, lasts_longer, login_of, login_required, seconds_left, set_window
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
    Refusal.NO_ACCOUNT: (
        HTTPStatus.FORBIDDEN,
        "Du har inget konto i Webcert",
        [
            "Med e-legitimation loggar läkare in som har en egen verksamhet och ett eget konto i Webcert. Det finns inget konto för dig.",
            "Arbetar du hos en vårdgivare loggar du in med ditt SITHS-kort.",
        ],
    ),
    Refusal.NOT_AUTHORISED: (
        HTTPStatus.FORBIDDEN,
        "Behörighet saknas",
        [
            "Ditt konto ger inte tillgång till Webcert. Enligt Socialstyrelsens register har du ingen läkarlegitimation, eller så har "
            "uppgiften inte hämtats än.",
            "Det kan ta upp till tio dagar efter att kontot skapades. Stämmer inte uppgiften, vänd dig till Socialstyrelsen.",
        ],
    ),
    Refusal.REGISTER_UNAVAILABLE: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Tekniskt fel",
        ["Det går inte att hämta uppgifterna om ditt konto just nu, och därför inte att logga in.", "Försök igen om en stund."],
    ),
    Refusal.PU_UNAVAILABLE: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Den nationella personuppgiftstjänsten svarar inte",
        ["Webcert behöver uppgifter om dig därifrån, och därför går det inte att logga in just nu.", "Försök igen om en stund."],
    ),
}
"""What each refused login says (reference/ui.md §1.12)."""

LOGGED_OUT = {
    "": ("Du är nu utloggad", "Du har loggat ut från Webcert. Stäng webbläsaren om någon annan använder datorn."),
    "timeout": ("Du är nu utloggad", "Du har loggats ut eftersom du inte har använt Webcert på ett tag. Det som hann sparas finns kvar."),
    "timeout-journalsystem": (
        "Du är nu utloggad",
        "Du har loggats ut eftersom du inte har använt Webcert på ett tag. Det som hann sparas finns kvar. Öppna intyget på nytt från "
        "journalsystemet.",
    ),
    "godkannande": (
        "Godkännande saknas",
        "Du har en sekretessmarkering och behöver godkänna att uppgifter om dig kan spridas innan du kan använda Webcert. "
        "Ändrar du dig, logga in igen och godkänn.",
    ),
    "villkor": (
        "Godkännande saknas",
        "Du behöver godkänna användarvillkoren innan du kan använda Webcert. Ändrar du dig, logga in igen och godkänn.",
    ),
}
"""Reason in the address → title and what is said (reference/ui.md §1.12)."""


@require_safe
def start(request: HttpRequest) -> HttpResponseBase:
    """P1: the ways to log in (A-021). Who is logged in already goes on to her first page."""
    if login_of(request) or held_login_of(request):
        return onward(request, request.GET.get("next", ""))
    onwards = {"next": target} if (target := own_page(request, request.GET.get("next", ""))) else None
    ways = {name: reverse("authenticate", args=[name], query=onwards) for name in ("siths", "eleg")}
    return render(request, "staff/start.jinja", ways=ways, create_account_url=address_of_page("create-account"))


@require_http_methods(["GET", "POST"])
def accept_risk(request: HttpRequest) -> HttpResponseBase:
    """D1: a user with protected identity is not logged in until she has accepted that others can see her name (A-114)."""
    login = held_login_of(request)
    if login is None:
        return redirect("start")
    if request.method == "POST" and request.POST.get("accepted") == "true":
        logins.accept_risk(request, login)
        return onward(request, request.POST.get("next", ""))
    return render(request, "staff/accept_risk.jinja", risks=risks_of(login.user), next=request.GET.get("next", ""))


@require_http_methods(["GET", "POST"])
def accept_terms(request: HttpRequest) -> HttpResponseBase:
    """D25: a private practitioner is not logged in until she has accepted the terms of use in force (A-180)."""
    login = held_login_of(request)
    if login is None or to_accept(login) != "accept-terms":
        return redirect("start")
    if request.method == "POST" and request.POST.get("version") == str(terms.CURRENT.version):
        logins.accept_terms(request, login)
        return onward(request, request.POST.get("next", ""))
    return render(request, "staff/accept_terms.jinja", terms=terms.CURRENT, next=request.GET.get("next", ""))


@require_GET
def logged_out(request: HttpRequest) -> HttpResponse:
    """What is seen after log-out, by the user's wish or after 30 minutes without work."""
    reason = request.GET.get("orsak", "")
    title, text = LOGGED_OUT.get(reason, LOGGED_OUT[""])
    again = "" if reason == "timeout-journalsystem" else reverse("start")
    return forgotten(render(request, "ui/error.jinja", title=title, text=text, action_label="Logga in igen", action_url=again))


@require_GET
@login_required
def session(request: HttpRequest) -> JsonResponse:
    """Seconds until the session ends if nothing more is done, and whether it lasts longer when something is (A-027).

    Asked in the background it prolongs nothing.
    """
    return JsonResponse({"seconds_left": seconds_left(request), "lasts_longer": lasts_longer(request)})


@require_POST
@login_required
def window(request: HttpRequest) -> HttpResponse:
    """Told by a page as it comes (`state` open) and, as a beacon, as it goes (closed)."""
    state = request.POST.get("state", "")
    if state not in ("open", "closed"):
        raise BadRequest("no such state")
    set_window(request, open=state == "open")
    return HttpResponse(status=204)


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


def _in_the_ehr(request: HttpRequest) -> HttpResponse:
    """Instead of a first page, for who has hers in the EHR."""
    title, text = "Webcert öppnas från journalsystemet", "Välj i journalsystemet vilket intyg du vill arbeta med. Det öppnas då här."
    return render(request, "ui/error.jinja", header=header_of(login_of(request)), title=title, text=text, action_url="")


def forgotten(response: HttpResponse) -> HttpResponse:
    """The response, which tells the browser to forget every page and what scripts have kept: the way back shows nobody's data."""
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that tells why a login was refused, with an error id and nothing of the person."""
    status, title, text = REFUSED[refusal]
    error_id = structlog.contextvars.get_contextvars().get("request")
    again = {"action_label": "Till startsidan", "action_url": reverse("start")}
    return render(request, "ui/error.jinja", status=status, title=title, text=text, error_id=error_id, **again)


def onward(request: HttpRequest, target: str) -> HttpResponse:
    """To the page that was asked for before the login, else to the first page; by way of what must be accepted or chosen first."""
    target = own_page(request, target)
    login, held = login_of(request), held_login_of(request)
    if login and login.unit_id:
        return redirect(target or home_url(login)) if target or not login.is_integrated else _in_the_ehr(request)
    page = "choose-unit" if login else to_accept(held) if held else "start"
    return redirect(reverse(page or "start", query={"next": target} if target else None))
