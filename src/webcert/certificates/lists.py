"""The lists: the patient's certificates, the unit's unsigned drafts, messages that wait; and what is done with a row without opening it."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from webcert.audit.actions import log_list_access
from webcert.certificate_types import TYPES
from webcert.certificates import actions, queries
from webcert.certificates.access import Action, Subject, require_some
from webcert.certificates.asked import CERTIFICATE_COLUMNS, FORWARDED, STATES, VIEWS, Drafts, Order, view_of
from webcert.certificates.favourites import favourites_of, set_favourite
from webcert.certificates.patient import certain, follow_protection
from webcert.certificates.presenters import lists as shown
from webcert.certificates.presenters import patient as patient_page
from webcert.certificates.refusals import told
from webcert.certificates.rights import HAVE_COLLEAGUES
from webcert.patients.actions import look_up_again
from webcert.patients.queries import person_of
from webcert.staff.counters import waiting_for
from webcert.staff.page import header_of
from webcert.staff.preferences import chosen
from webcert.staff.session import alone_required, by, unit_required
from webcert.ui.render import render


@require_GET
@alone_required
@told
def patient(request: HttpRequest, id: UUID) -> HttpResponse:
    """P6: choose a type of certificate to write, and the patient's certificates on the unit (A-043)."""
    login, known = by(request), person_of(id)
    if known is None:
        raise Http404
    person = certain(look_up_again(known))
    require_some(Action.READ, (Subject(type_id, login.unit.id, None, person.protected) for type_id in TYPES), login)
    order, view = Order.parse(request.GET.get("sortering", ""), CERTIFICATE_COLUMNS), view_of(request.GET)
    rows = queries.certificates_of_patient(person, order, by=login)
    if any(row.certificate.protected != person.protected for row in rows):
        follow_protection([person])
    log_list_access([] if person.test_indicated else [person.personal_id], by=login)
    shown_rows = [row for row in rows if patient_page.is_in(view, row)]
    return render(
        request,
        "certificates/patient.jinja",
        header=header_of(login, active="search"),
        patient=person,
        offered=patient_page.offered(person, login, favourites_of(request)),
        headings=shown.headings(shown.CERTIFICATE_HEADINGS, order, lambda order: patient_page.url(person, order, view)),
        order=order,
        views=VIEWS,
        view=view,
        has_any=bool(rows),
        rows=shown_rows,
        renewals=patient_page.renewals(shown_rows),
        skip_renew_dialog=chosen(request, "skip_renew_dialog"),
        tones=shown.TONES,
        letter=shown.letter,
    )


@require_POST
@alone_required
def favourite(request: HttpRequest) -> HttpResponse:
    """Put the type on top of the list for this user, or take it down again (A-056), and go back to its star."""
    type_id, pressed = request.POST.get("type", ""), request.POST.get("pressed", "")
    try:
        person = UUID(request.POST.get("patient", ""))
    except ValueError:
        raise BadRequest("patient is no id") from None
    if type_id not in TYPES or pressed not in ("true", "false"):
        raise BadRequest("no such type or choice")
    set_favourite(request, type_id, pinned=pressed == "true")
    return redirect(f"{reverse('patient', args=[person])}#favorit-{type_id}")


@require_GET
@alone_required
def drafts(request: HttpRequest) -> HttpResponse:
    """P8 "Ej signerade utkast": every unsigned draft of the unit logged in at, by anyone (A-045)."""
    login, asked, waiting = by(request), Drafts.parse(request.GET), waiting_for(by(request))
    has_colleagues = login.user.role in HAVE_COLLEAGUES
    columns = shown.DRAFT_HEADINGS if has_colleagues else shown.DRAFT_HEADINGS_ALONE
    found = queries.drafts_of_unit(asked, by=login)
    follow_protection(found.changed)
    log_list_access((row.certificate.patient_id for row in found.rows if not row.certificate.test_indicated), by=login)
    return render(
        request,
        "certificates/drafts.jinja",
        header=header_of(login, active="drafts", waiting=waiting),
        unit=login.unit,
        asked=asked,
        has_any=waiting.on("drafts", {login.unit_id}) > 0,
        on_sub_units=waiting.on("drafts", login.scope - {login.unit_id}),
        has_colleagues=has_colleagues,
        forwarded=FORWARDED,
        states=STATES,
        savers=found.savers,
        rows=found.rows,
        withheld=found.withheld,
        pages=shown.pages(asked, found),
        headings=shown.headings(columns, asked.order, lambda order: shown.drafts_url(asked, order=order)),
        tones=shown.TONES,
        letter=shown.letter,
    )


@require_POST
@unit_required
@told
def forward(request: HttpRequest, id: UUID) -> JsonResponse:
    """Note whether the draft has been forwarded (A-063)."""
    wanted = request.POST.get("forwarded", "")
    if wanted not in ("true", "false"):
        raise BadRequest("forwarded is neither true nor false")
    return JsonResponse({"forwarded": actions.mark_forwarded(id, forwarded=wanted == "true", by=by(request)).forwarded})


@require_GET
@alone_required
def unhandled(request: HttpRequest) -> HttpResponse:
    """P7 "Ej hanterade ärenden". No message can reach a unit until the product has messages, so the list is empty."""
    return render(request, "certificates/unhandled.jinja", header=header_of(by(request), active="unhandled"), unit=by(request).unit)
