"""The beginning of every signing. What comes next is the method's own page (`methods.py`)."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from webcert.certificates.actions import open_draft
from webcert.certificates.errors import Denied, Incomplete
from webcert.certificates.guards import ALREADY_SIGNED
from webcert.certificates.refusals import told
from webcert.certificates.views import editor, require_done_already
from webcert.signing import actions
from webcert.signing.methods import PAGES
from webcert.signing.sessions import session_of
from webcert.staff.session import by, unit_required


@require_POST
@unit_required
@told
def start(request: HttpRequest, id: UUID) -> HttpResponse:
    """Begin to sign (A-053). What has been signed already is only shown; an incomplete draft says what it lacks (A-140)."""
    login = by(request)
    try:
        ticket = actions.start(id, revision=_revision(request), session=session_of(request), by=login)
    except Incomplete as incomplete:
        return editor(request, open_draft(id, by=login), status=incomplete.status, tell_missing=True)
    except Denied as denied:
        require_done_already(denied, ALREADY_SIGNED)
        return redirect("certificate", id)
    return redirect(PAGES[login.method], ticket.pk)


def _revision(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("revision", ""))
    except ValueError:
        raise BadRequest("revision is no number") from None
