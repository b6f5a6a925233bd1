"""The answer to a diagnosis field that is being typed in: suggestions as JSON, with a hint in Swedish when they need one.

The field itself is `ui`'s coded row. Source: reference/ui.md §3.9.
"""

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from webcert.code_systems.register import REGISTER
from webcert.code_systems.search import Result
from webcert.code_systems.systems import SHORTEST_CODE_QUERY, SYSTEMS
from webcert.vocabulary.diagnosis_codes import normalise_code

_MOST_HITS = 10
_LONGEST_QUERY = 100
_SEARCHES = {"kod": REGISTER.by_code, "text": REGISTER.by_text}


@require_GET
def search(request: HttpRequest) -> JsonResponse:
    """`?kodverk=ICD_10_SE|KSH_97_P&falt=kod|text&q=…` → {hits: [{code, title, selectable, note}], more, hint}, at most ten hits.

    401 without a login, 400 for an unknown code system or field and for a query that is too long; then {error}.
    """
    system, field, query = (request.GET.get(name, "") for name in ("kodverk", "falt", "q"))
    if not request.session.get("login"):
        return _refusal(HTTPStatus.UNAUTHORIZED, "Du är inte inloggad. Logga in och försök igen.")
    if system not in SYSTEMS:
        return _refusal(HTTPStatus.BAD_REQUEST, "Kodverket är okänt.")
    if field not in _SEARCHES:
        return _refusal(HTTPStatus.BAD_REQUEST, "Det går bara att söka på kod eller text.")
    if len(query) > _LONGEST_QUERY:
        return _refusal(HTTPStatus.BAD_REQUEST, f"Sök med högst {_LONGEST_QUERY} tecken.")
    found = _SEARCHES[field](system, query, _MOST_HITS)
    hits = [{"code": hit.code, "title": hit.title, "selectable": hit.selectable, "note": hit.note} for hit in found.hits]
    answer = {"hits": hits, "more": found.more, "hint": _hint(system, field, query, found)}
    return JsonResponse(answer, headers={"Cache-Control": "private, max-age=60"})


def _hint(system: str, field: str, query: str, found: Result) -> str | None:
    if found.more:
        return "Fler träffar finns. Skriv mer för att begränsa sökningen."
    if found.hits or not query.strip():
        return None
    if field == "kod" and len(normalise_code(query)) < SHORTEST_CODE_QUERY:
        return f"Skriv minst {SHORTEST_CODE_QUERY} tecken av koden."
    return f"Inga träffar i {SYSTEMS[system].name}. Kontrollera stavningen eller sök med andra ord."


def _refusal(status: HTTPStatus, error: str) -> JsonResponse:
    return JsonResponse({"error": error}, status=status)
