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
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import to_json

from webcert.certificates import actions
from webcert.certificates.access import Guard, Subject
from webcert.certificates.actions import Opened
from webcert.certificates.errors import Denied
from webcert.certificates.guards import ALREADY_SENT
from webcert.certificates.holding import by_name, require_held
from webcert.certificates.models import Certificate, Relation
from webcert.certificates.pages import about, certificate_page
from webcert.certificates.presenters import editing
from webcert.certificates.presenters.lists import letter
from webcert.certificates.refusals import told
from webcert.certificates.relatives import NONE, relatives_of
from webcert.forms.elements.options import labels
from webcert.patients.queries import person_of
from webcert.staff.page import header_of, own_page
from webcert.staff.session import by, unit_required
from webcert.ui.render import render

Count = Annotated[int, Field(ge=0, lt=2**31)]
Name = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=50_000)]


@dataclass(frozen=True, slots=True)
class Sent:
    """An autosave as the page sends it, and nothing else."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    revision: Count
    sequence: Count
    focus: Name
    fields: Annotated[dict[Name, Text], Field(max_length=10_000)]


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
    return editor(request, opened) if opened.to_write else certificate_page(request, opened)


@require_POST
@unit_required
@told
def save(request: HttpRequest, id: UUID) -> HttpResponse:
    """One autosave; what is sent and answered is described in docs/architecture.md §4."""
    try:
        sent = _SENT.validate_json(request.body)
    except ValidationError:
        raise BadRequest("not an autosave") from None
    with by_name(id, by(request)):
        kept = actions.save(id, fields=sent.fields, focus=sent.focus, revision=sent.revision, sequence=sent.sequence, by=by(request))
    return HttpResponse(to_json(editing.saved(kept.draft, kept.evaluation, kept.remarks)), content_type="application/json")


@require_GET
@unit_required
@told
def held(request: HttpRequest, id: UUID) -> JsonResponse:
    """Whether the page that got that revision still has the draft: {} when it has, else why not, by whom (A-058)."""
    try:
        revision = int(request.GET.get("revision", ""))
    except ValueError:
        raise BadRequest("revision is no number") from None
    with by_name(id, by(request)):
        require_held(id, revision=revision, by=by(request))
    return JsonResponse({})


@require_POST
@unit_required
@told
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    """Remove the draft and go back to what the user came from: the list or the patient; in an EHR's window the certificate that it
    followed from, if any (reference/ui.md §10.4)."""
    person = _uuid(request, "patient")
    actions.delete(id, by=by(request), revision=_number(request, "revision"))
    otherwise = reverse("deleted") if by(request).is_integrated else reverse("patient", args=[person])
    return redirect(own_page(request, request.POST.get("back", "")) or otherwise)


@require_GET
@unit_required
def deleted(request: HttpRequest) -> HttpResponse:
    """P14: that the draft is gone, for who has nothing of ours to go back to."""
    text = "Utkastet och allt som var ifyllt i det är borta. Du kan stänga fönstret."
    return render(request, "ui/error.jinja", header=header_of(by(request)), title="Utkastet är borttaget", text=text, action_url="")


@require_POST
@unit_required
@told
def mark_ready(request: HttpRequest, id: UUID) -> HttpResponse:
    """Mark the draft ready to be signed, and show it (A-055)."""
    actions.mark_ready(id, by=by(request))
    return redirect("certificate", id)


@require_POST
@unit_required
@told
def send(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send to the recipient and show the certificate (A-066). What has been sent already is only shown."""
    try:
        actions.send(id, by=by(request))
    except Denied as denied:
        require_done_already(denied, ALREADY_SENT)
    return redirect("certificate", id)


@require_GET
@unit_required
def token(request: HttpRequest) -> JsonResponse:
    """The token against forged requests, for a page that was open when the user logged in anew in another window."""
    return JsonResponse({"token": get_token(request)})


def editor(request: HttpRequest, opened: Opened, status: int = 200, tell_missing: bool = False) -> HttpResponse:
    """The page where the draft is written; with `tell_missing` it begins by telling what is missing."""
    draft = opened.certificate
    relatives = relatives_of(draft) if draft.parent_id else NONE
    evaluation = actions.evaluation_of(draft)
    remarks = editing.remarks(evaluation, actions.writing_context(draft))
    return render(
        request,
        "certificates/editor.jinja",
        status,
        **about(request, opened, relatives),
        finish=editing.finish(Subject.of(draft, relatives, opened.patient), by(request)),
        heads_up=editing.heads_up(draft, by(request), reworded=opened.reworded),
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


def require_done_already(denied: Denied, done: Guard) -> None:
    """Pass over the refusal that says that it has been done: a press too many is no error. Every other one is raised again."""
    if denied.text != done.text:
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
