"""The page of a certificate that can no longer be written, and what it has in common with the editor.

The views decide which page is shown; what stands in it is made by the presenters.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates import actions, queries
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.actions import Opened
from webcert.certificates.presenters import life, reading
from webcert.certificates.presenters.notices import notices
from webcert.certificates.relatives import NONE, Relatives, relatives_of
from webcert.certificates.signatures import judged
from webcert.forms.reading import read as read_form
from webcert.staff.page import header_of
from webcert.staff.preferences import chosen
from webcert.staff.session import by
from webcert.ui.render import render
from webcert.vocabulary import clock


def about(request: HttpRequest, opened: Opened, relatives: Relatives = NONE) -> dict[str, Any]:
    """The context that the pages of drafts and of signed certificates have in common. `may`: the actions that are allowed.

    `back_url` is empty for who works through her EHR, which has the way back."""
    certificate, login = opened.certificate, by(request)
    subject = Subject.of(certificate, relatives, opened.patient)
    return {
        "header": header_of(login, active="search"),
        "type": TYPES[certificate.type],
        "certificate": certificate,
        "patient": opened.patient,
        "back_url": "" if login.is_integrated else reverse("patient", args=[certificate.person_id]),
        "may": frozenset(action for action in Action if refusal(action, subject, login) is None),
        "panel_hidden": chosen(request, "panel_hidden"),
        "setting_url": reverse("remember"),
    }


def certificate_page(
    request: HttpRequest, opened: Opened, *, status: int = 200, revocation: life.Revocation = life.NOT_BEGUN
) -> HttpResponse:
    """The signed certificate or the locked draft. `revocation`: what was entered in a revocation that was refused."""
    certificate = opened.certificate
    relatives = relatives_of(certificate)
    judgement = judged(certificate)
    intyg = judgement.intyg if judgement else None
    form = actions.form_of(certificate)
    reasons = life.reasons(certificate)
    sections = read_form(form, certificate.answers, received_context(clock.today()))
    return render(
        request,
        "certificates/certificate.jinja",
        status,
        **about(request, opened, relatives),
        sections=sections,
        index=[{"number": number, "id": section.id, "title": section.title, "state": None} for number, section in enumerate(sections, 1)],
        standing=reading.standing(certificate, relatives, by(request)),
        history=reading.history(queries.history_of(certificate), certificate, relatives, by(request)),
        signature=reading.signature(certificate, intyg, judgement),
        changed_since=reading.changed_since(intyg, opened.patient),
        notices=notices(certificate, judgement),
        certificate_id=intyg.id if intyg else certificate.id,
        short_sick_leave=reading.is_short_sick_leave(form, certificate.answers),
        ways=life.ways_on(Subject.of(certificate, relatives, opened.patient), by(request)),
        not_carried=life.not_carried(form, TYPES[certificate.type]),
        skip_renew_dialog=chosen(request, "skip_renew_dialog"),
        revocation=revocation,
        reasons=reasons,
        revoked_because=next((reason.label for reason in reasons if reason.code == certificate.revocation_reason), ""),
    )
