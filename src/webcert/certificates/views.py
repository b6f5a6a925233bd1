"""The editor of a draft, the signed certificate, and what can be done there. The lists that lead to them are in `lists.py`.

A view reads the request, lets an action or a query do the work, and shows the outcome. Rules are elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from pydantic import Field, TypeAdapter, ValidationError

from webcert.certificates import actions
from webcert.certificates.actions import Opened
from webcert.certificates.errors import Denied, Incomplete
from webcert.certificates.models import Certificate, Relation
from webcert.certificates.pages import about, certificate_page
from webcert.certificates.presenters import editing
from webcert.certificates.presenters.lists import letter
from webcert.certificates.refusals import told
from webcert.forms.elements.options import labels
from webcert.patients.queries import person_of
from webcert.staff.page import own_page
from webcert.staff.session import by, unit_required
from webcert.ui.render import render

Count = Annotated[int, Field(ge=0, lt=2**31)]


@dataclass(frozen=True, slots=True)
class Sent:
    """An autosave as the page sends it."""

    revision: Count
    sequence: Count
    focus: str
    fields: dict[str, str]


_SENT = TypeAdapter(Sent)


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
    """The one address of a certificate: the editor while it is an open draft, afterwards the certificate as it was signed or locked."""
    opened = actions.open_one(id, by=by(request))
    return _editor(request, opened) if opened.certificate.is_open_draft else certificate_page(request, opened)


@require_POST
@unit_required
@told
def save(request: HttpRequest, id: UUID) -> JsonResponse:
    """One autosave; what is sent and answered is described in docs/architecture.md §4."""
    try:
        sent = _SENT.validate_json(request.body)
    except ValidationError:
        raise BadRequest("not an autosave") from None
    kept = actions.save(id, fields=sent.fields, focus=sent.focus, revision=sent.revision, sequence=sent.sequence, by=by(request))
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
        **about(request, opened),
        earlier=editing.earlier(evaluation.form, _renewed(draft)),
        sections=editing.sections(evaluation, remarks),
        judgement=json.dumps(editing.judgement(evaluation, remarks), ensure_ascii=False),
        tell_missing=tell_missing,
        progress=editing.progress(evaluation),
        saved=editing.moment(draft.saved_at),
        letter=letter(draft),
        labels=labels,
        diagnosis_url=reverse("diagnoses"),
    )


def _require_done_already(denied: Denied) -> None:
    """A press too many is no error: the page shows what is true now. Every other refusal is told."""
    if denied.code != "INVALID_STATE":
        raise denied


def _renewed(draft: Certificate) -> Mapping[str, Any]:
    """The answers of the certificate that the draft renews; none when it renews none."""
    if draft.parent_id is None or draft.relation != Relation.RENEWS:
        return {}
    answers: Mapping[str, Any] | None = Certificate.objects.filter(pk=draft.parent_id).values_list("answers", flat=True).first()
    return answers or {}


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
