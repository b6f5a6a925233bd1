"""Renew, replace, copy and revoke: the posts of the buttons on the certificate's page. Rules are in the actions."""

from collections.abc import Callable
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from webcert.certificates import actions, ending, following
from webcert.certificates.errors import BadRevocation
from webcert.certificates.models import Certificate, RevocationReason
from webcert.certificates.pages import certificate_page
from webcert.certificates.presenters.life import Revocation
from webcert.certificates.refusals import told
from webcert.staff.preferences import remember
from webcert.staff.session import by, unit_required


@require_POST
@unit_required
@told
def renew(request: HttpRequest, id: UUID) -> HttpResponse:
    """A draft that prolongs the certificate, opened in the editor. "Visa inte igen." is remembered."""
    if request.POST.get("skip") == "true":
        remember(request, "skip_renew_dialog", True)
    return _follow(request, id, following.renew)


@require_POST
@unit_required
@told
def replace(request: HttpRequest, id: UUID) -> HttpResponse:
    """A draft that will replace the certificate, opened in the editor."""
    return _follow(request, id, following.replace)


@require_POST
@unit_required
@told
def copy(request: HttpRequest, id: UUID) -> HttpResponse:
    """A copy of the locked draft, opened in the editor."""
    return _follow(request, id, following.copy)


@require_POST
@unit_required
@told
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Revoke and show the certificate. When a reason or its text is lacking the dialog is there again, with everything that was typed."""
    reason = request.POST.get("reason", "")
    texts = {code: request.POST.get(f"text.{code}", "") for code in RevocationReason.values}
    try:
        ending.revoke(id, reason=reason, text=texts.get(reason, ""), by=by(request))
    except BadRevocation as bad:
        entered = Revocation(reason, texts, bad.text)
        return certificate_page(request, actions.read(id, by=by(request)), status=bad.status, revocation=entered)
    return redirect("certificate", id)


def _follow(request: HttpRequest, id: UUID, follow: Callable[..., Certificate]) -> HttpResponse:
    try:
        new_id = UUID(request.POST.get("id", ""))
    except ValueError:
        raise BadRequest("id is no id") from None
    return redirect("certificate", follow(id, by=by(request), new_id=new_id).id)
