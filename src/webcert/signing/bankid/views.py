"""The page where somebody signs with BankID, and what its script asks. Rules are in the actions."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from webcert.certificates.refusals import told
from webcert.signing.actions import ticket_of
from webcert.signing.bankid import actions
from webcert.signing.bankid.actions import TooSoon
from webcert.signing.bankid.hints import Device
from webcert.signing.bankid.installed import NotBegun
from webcert.signing.bankid.models import Order
from webcert.signing.bankid.presenter import DEVICES, shown
from webcert.signing.bankid.start import start_link
from webcert.signing.models import Status as TicketStatus
from webcert.signing.models import Ticket
from webcert.signing.sessions import session_of
from webcert.staff.identity import Method
from webcert.staff.page import header_of
from webcert.staff.session import by, unit_required
from webcert.staff.visitor import address
from webcert.ui.render import render


@require_GET
@unit_required
@told
def page(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Choose a device, wait, or read why nothing was signed (D24). What is signed already is only shown."""
    ticket = _ticket(request, ticket_id)
    if ticket.status == TicketStatus.SIGNED:
        return redirect("certificate", ticket.certificate_id)
    return _page(request, ticket, Order.objects.filter(pk=ticket.pk).first())


@require_POST
@unit_required
@told
def start(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Order the signature and wait for it. When BankID starts nothing the choice is there again, with the reason."""
    ticket = _ticket(request, ticket_id)
    try:
        device = Device(request.POST.get("device", ""))
    except ValueError:
        raise BadRequest("device is no device") from None
    try:
        actions.begin(ticket, device=device, ip=address(request), by=by(request))
    except NotBegun as not_begun:
        return _page(request, ticket, None, HTTPStatus.SERVICE_UNAVAILABLE, not_begun.text)
    return redirect(f"{reverse('bankid', args=[ticket.pk])}{'?oppna=1' if device == Device.THIS else ''}")


@require_GET
@unit_required
@told
def status(request: HttpRequest, ticket_id: UUID) -> JsonResponse:
    """How it goes, for the script: the text, the code of this second, and where to go when it has ended."""
    ticket = _ticket(request, ticket_id)
    try:
        look = actions.look(ticket, by=by(request))
    except TooSoon:
        return JsonResponse({"error": "Fråga högst en gång i sekunden."}, status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "1"})
    seen = shown(ticket, look.order, problem=look.problem)
    ended = "" if seen.is_waiting else reverse("bankid", args=[ticket.pk])
    return JsonResponse({"text": seen.text, "qr": seen.qr, "may_open": seen.may_open, "next": ended})


@require_POST
@unit_required
@told
def cancel(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Give the signing up and go back to the draft."""
    ticket = _ticket(request, ticket_id)
    actions.cancel(ticket)
    return redirect("certificate", ticket.certificate_id)


def _ticket(request: HttpRequest, id: UUID) -> Ticket:
    return ticket_of(id, session=session_of(request), by=by(request))


def _page(request: HttpRequest, ticket: Ticket, order: Order | None, status: int = 200, problem: str = "") -> HttpResponse:
    login, urls = by(request), {name: reverse(name, args=[ticket.pk]) for name in ("start-bankid", "bankid-status", "cancel-bankid")}
    in_order = list(DEVICES) if login.method == Method.BANK_ID else list(reversed(DEVICES))
    link = order and start_link(
        order.auto_start_token,
        browser=request.headers.get("User-Agent", ""),
        way_back=request.build_absolute_uri(reverse("bankid", args=[ticket.pk])),
        app_url=settings.WEBCERT.bankid_app_url,
    )
    return render(
        request,
        "signing/bankid.jinja",
        status,
        header=header_of(login),
        shown=shown(ticket, order, problem=problem),
        devices=DEVICES,
        devices_in_order=in_order,
        link=link,
        launch=bool(link and not link.beside and "oppna" in request.GET),
        urls=urls | {"certificate": reverse("certificate", args=[ticket.certificate_id])},
    )
