"""The editor of a draft, the signed certificate, and what can be done there. The lists that lead to them are in `lists.py`.

A view reads the request, lets an action or a query do the work, and shows the outcome. Rules are elsewhere.
"""

import json
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates import actions, queries
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.actions import Opened
from webcert.certificates.document import signed_intyg
from webcert.certificates.errors import Denied, Incomplete
from webcert.certificates.models import OPEN_DRAFT, Certificate
from webcert.certificates.presenters import editing, reading
from webcert.certificates.presenters.lists import letter
from webcert.certificates.refusals import told
from webcert.forms.elements.options import labels
from webcert.forms.reading import read as read_form
from webcert.patients.queries import person_of
from webcert.staff.login_context import LoginContext
from webcert.staff.page import header_of, own_page
from webcert.staff.preferences import chosen
from webcert.staff.session import by, unit_required
from webcert.ui.render import render
from webcert.vocabulary import clock


@require_POST
@unit_required
@told
def create(request: HttpRequest) -> HttpResponse:
    """A new draft, opened in the editor (A-052). The page has made its id, so that a second press leads to the same draft."""
    person = person_of(_uuid(request, "patient"))
    if person is None:
        raise Http404
    draft = actions.create(request.POST.get("type", ""), id=_uuid(request, "id"), patient=person, by=by(request))
    return redirect("certificate", draft.id)


@require_GET
@unit_required
@told
def certificate(request: HttpRequest, id: UUID) -> HttpResponse:
    """The one address of a certificate: the editor while it is an open draft, afterwards the certificate as it was signed."""
    status = Certificate.objects.filter(pk=id).values_list("status", flat=True).first()
    if status in OPEN_DRAFT:
        return _editor(request, actions.open_draft(id, by=by(request)))
    return _certificate(request, actions.read(id, by=by(request)))


@require_POST
@unit_required
@told
def save(request: HttpRequest, id: UUID) -> JsonResponse:
    """One autosave; the answer is described in docs/architecture.md §4."""
    kept = actions.save(
        id,
        fields=request.POST.dict(),
        focus=request.POST.get("focus", ""),
        revision=_number(request, "revision"),
        sequence=_number(request, "sequence"),
        by=by(request),
    )
    return JsonResponse(editing.saved(kept.draft, kept.evaluation, kept.remarks))


@require_POST
@unit_required
@told
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    """Remove the draft and go back to the list that the user came from, else to the patient."""
    person = _uuid(request, "patient")
    actions.delete(id, by=by(request))
    return redirect(own_page(request, request.POST.get("back", "")) or reverse("patient", args=[person]))


@require_POST
@unit_required
@told
def sign(request: HttpRequest, id: UUID) -> HttpResponse:
    """Sign and show the certificate (A-053). What has been signed already is only shown; an incomplete draft says what it lacks (A-140)."""
    try:
        actions.sign(id, revision=_number(request, "revision"), by=by(request))
    except Incomplete as incomplete:
        return _editor(request, actions.open_draft(id, by=by(request)), status=incomplete.status, tell_missing=True)
    except Denied as denied:
        _require_done_already(denied)
    return redirect("certificate", id)


@require_POST
@unit_required
@told
def send(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send to the recipient and show the certificate (A-066). What has been sent already is only shown."""
    try:
        actions.send(id, by=by(request))
    except Denied as denied:
        _require_done_already(denied)
    return redirect("certificate", id)


@require_GET
@unit_required
def token(request: HttpRequest) -> JsonResponse:
    """The token against forged requests, for a page that was open when the user logged in anew in another window."""
    return JsonResponse({"token": get_token(request)})


def _editor(request: HttpRequest, opened: Opened, status: int = 200, tell_missing: bool = False) -> HttpResponse:
    draft = opened.certificate
    evaluation = actions.evaluation_of(draft)
    remarks = editing.remarks(evaluation, actions.writing_context(draft))
    return render(
        request,
        "certificates/editor.jinja",
        status,
        **_about(request, opened),
        sections=editing.sections(evaluation, remarks),
        judgement=json.dumps(editing.judgement(evaluation, remarks), ensure_ascii=False),
        tell_missing=tell_missing,
        progress=editing.progress(evaluation),
        saved=editing.moment(draft.saved_at),
        letter=letter(draft),
        labels=labels,
        diagnosis_url=reverse("diagnoses"),
    )


def _certificate(request: HttpRequest, opened: Opened) -> HttpResponse:
    certificate = opened.certificate
    intyg = signed_intyg(certificate)
    form = actions.form_of(certificate)
    sections = read_form(form, certificate.answers, received_context(clock.today()))
    return render(
        request,
        "certificates/certificate.jinja",
        **_about(request, opened),
        sections=sections,
        index=[{"number": number, "id": section.id, "title": section.title, "state": None} for number, section in enumerate(sections, 1)],
        standing=reading.standing(certificate),
        history=reading.history(queries.history_of(certificate)),
        signature=reading.signature(certificate, intyg),
        certificate_id=intyg.id if intyg else certificate.id,
        short_sick_leave=reading.is_short_sick_leave(form, certificate.answers),
    )


def _about(request: HttpRequest, opened: Opened) -> dict[str, Any]:
    """What the pages of drafts and of signed certificates have in common."""
    return {
        "header": header_of(by(request), active="search"),
        "type": TYPES[opened.certificate.type],
        "replaced_by": TYPES.get(TYPES[opened.certificate.type].replaced_by),
        "certificate": opened.certificate,
        "patient": opened.patient,
        "may": _allowed(opened.certificate, by(request)),
        "panel_hidden": chosen(request, "panel_hidden"),
        "setting_url": reverse("remember"),
    }


def _allowed(certificate: Certificate, login: LoginContext) -> frozenset[str]:
    """The names of the actions whose buttons are shown."""
    return frozenset(action for action in Action if refusal(action, Subject.of(certificate), login) is None)


def _require_done_already(denied: Denied) -> None:
    """A press too many is no error: the page shows what is true now. Every other refusal is told."""
    if denied.status != 409:
        raise denied


def _number(request: HttpRequest, name: str) -> int:
    try:
        return int(request.POST.get(name, ""))
    except ValueError:
        raise BadRequest(f"{name} is no number") from None


def _uuid(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise BadRequest(f"{name} is no id") from None
