"""The search page, "Sök/skriv intyg": an identity number in, the patient's page out (reference/ui.md §4.1)."""

from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from webcert.monitoring.events import Event, tell
from webcert.patients.actions import Lookup, Status, look_up
from webcert.staff.login_context import LoginContext
from webcert.staff.page import header_of
from webcert.staff.roles import Role
from webcert.staff.session import alone_required, by
from webcert.ui.render import render
from webcert.vocabulary.clock import today
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the search leads no further, in the user's words; `status` is that of the page."""

    text: str
    status: HTTPStatus = HTTPStatus.OK


INVALID = Problem("Ange ett giltigt person- eller samordningsnummer.")
PERSON_UNKNOWN = Problem(
    "Personnumret finns inte i folkbokföringen. Kontrollera att det är rätt. Reservnummer går inte att använda i Webcert."
)
COORDINATION_UNKNOWN = Problem(
    "Samordningsnumret finns inte bland de registrerade samordningsnumren. Kontrollera att det är rätt. "
    "Reservnummer går inte att använda i Webcert."
)
NAMELESS = Problem("Personen saknar för- eller efternamn i folkbokföringen, och då går det inte att skriva intyg.")
UNAVAILABLE = Problem(
    "Personuppgiftstjänsten svarar inte just nu, så det går inte att hämta patientens uppgifter. Försök igen om en stund.",
    HTTPStatus.SERVICE_UNAVAILABLE,
)
PROTECTED = Problem(
    "Patienten har en sekretessmarkering. Som vårdadministratör får du inte hantera patientens intyg.", HTTPStatus.FORBIDDEN
)


@require_http_methods(["GET", "POST"])
@alone_required
def search(request: HttpRequest) -> HttpResponseBase:
    """P5: ask for a number; with a number of a person that may be handled, go on to her page. The number is never in an address."""
    if request.method == "GET":
        return _page(request, "", None)
    typed = request.POST.get("number", "")
    try:
        personal_id = PersonalId.parse_typed(typed, today())
    except InvalidPersonalId:
        return _page(request, typed, INVALID)
    found = look_up(personal_id)
    if problem := _problem(personal_id, found, by(request)):
        if problem is PROTECTED:
            tell(Event.AUTHORIZATION_DENIED, reason="AUTHORIZATION_SEKRETESS")
        return _page(request, typed, problem)
    assert found.person
    return redirect("patient", found.person.id)


@require_POST
@alone_required
def check(request: HttpRequest) -> JsonResponse:
    """Whether what has been typed is a number: `{number}` as it is written with a dash, or `{error}`. No register is asked."""
    try:
        return JsonResponse({"number": PersonalId.parse_typed(request.POST.get("number", ""), today()).with_dash()})
    except InvalidPersonalId:
        return JsonResponse({"error": INVALID.text})


def _problem(personal_id: PersonalId, found: Lookup, login: LoginContext) -> Problem | None:
    if found.status is Status.ERROR:
        return UNAVAILABLE
    if found.person is None:
        return COORDINATION_UNKNOWN if personal_id.is_coordination_number else PERSON_UNKNOWN
    if not found.person.is_named:
        return NAMELESS
    if found.person.protected and login.user.role is Role.CARE_ADMINISTRATOR:
        return PROTECTED
    return None


def _page(request: HttpRequest, typed: str, problem: Problem | None) -> HttpResponse:
    status = problem.status if problem else HTTPStatus.OK
    return render(
        request, "patients/search.jinja", status=status, header=header_of(by(request), active="search"), typed=typed, problem=problem
    )
