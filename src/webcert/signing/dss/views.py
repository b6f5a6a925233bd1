"""The way to the signing service and back, by way of the user's browser. Rules are in the actions."""

import base64
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from webcert.certificates.refusals import told
from webcert.signing.actions import ticket_of
from webcert.signing.dss import actions
from webcert.signing.dss.names import BINDING
from webcert.signing.dss.service import SigningService, signing_service
from webcert.signing.models import Status
from webcert.signing.sessions import session_of
from webcert.staff.page import header_of
from webcert.staff.session import by, unit_required
from webcert.ui.render import render

NOT_SET_UP = "Den här installationen av Webcert är inte ansluten till någon underskriftstjänst. Utkastet finns kvar."


@require_GET
@unit_required
@told
def pass_on(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Send the browser to the signing service with the request for the ticket."""
    ticket, service = ticket_of(ticket_id, session=session_of(request), by=by(request)), signing_service()
    if service is None:
        return _page(request, ticket.certificate_id, "Det går inte att signera", NOT_SET_UP, HTTPStatus.SERVICE_UNAVAILABLE)
    message = actions.ask(ticket, service, by=by(request))
    fields = {"Binding": BINDING, "RelayState": str(ticket.pk), "EidSignRequest": base64.b64encode(message).decode()}
    response = render(request, "login/pass_on.jinja", address=service.url, fields=fields)
    response.form_target = _origin(service)  # type: ignore[attr-defined]  # read by site.middleware.protect_page
    return response


@csrf_exempt
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take the service's answer and send the browser on with a GET, which carries its cookie."""
    try:
        document = base64.b64decode("".join(request.POST.get("EidSignResponse", "").split()), validate=True)
    except ValueError:
        raise BadRequest("no answer") from None
    id = actions.put_aside(request.POST.get("RelayState", ""), document)
    if id is None:
        raise BadRequest("no signing that waits")
    response = redirect("collect-signature", id)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


@require_GET
@unit_required
@told
def collect(request: HttpRequest, ticket_id: UUID) -> HttpResponse:
    """Show the certificate when it has been signed, else why nothing was."""
    ticket, service = ticket_of(ticket_id, session=session_of(request), by=by(request)), signing_service()
    if service is not None:
        actions.collect(ticket, service, by=by(request))
    if ticket.status == Status.SIGNED:
        return redirect("certificate", ticket.certificate_id)
    title = "Underskriften avbröts" if ticket.status == Status.CANCELLED else "Intyget är inte signerat"
    return _page(request, ticket.certificate_id, title, ticket.problem or actions.REFUSED, HTTPStatus.CONFLICT)


def _page(request: HttpRequest, certificate_id: UUID, title: str, text: str, status: HTTPStatus) -> HttpResponse:
    return render(
        request,
        "ui/error.jinja",
        status=status,
        header=header_of(by(request), active="search"),
        title=title,
        text=text,
        action_label="Tillbaka till utkastet",
        action_url=reverse("certificate", args=[certificate_id]),
    )


def _origin(service: SigningService) -> str:
    parts = urlsplit(service.url)
    return f"{parts.scheme}://{parts.netloc}"
