"""The style guide: one page that shows every component in every state, for those who build pages and for the tests of the look.

Everything on it is made up; the person is an official test identity number.
"""

import time
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from webcert.ui.formatting import STOCKHOLM
from webcert.ui.header import About, Header, Tab
from webcert.ui.render import render


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the index, with the state that it shows."""

    number: int
    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class SampleProblem:
    """What `forms.problems.Problem` gives the templates."""

    kind: str
    text: str


SECTIONS = (
    Section(1, "fargerna", "Färger och text", "complete"),
    Section(2, "knappar", "Knappar och länkar", "complete"),
    Section(3, "status", "Status och märken", "complete"),
    Section(4, "meddelanden", "Meddelanden", "complete"),
    Section(5, "tabeller", "Tabeller och listor", "complete"),
    Section(6, "dialoger", "Dialogrutor", "complete"),
    Section(7, "grund", "Grund för medicinskt underlag", "complete"),
    Section(8, "diagnos", "Diagnos", "missing"),
    Section(9, "konsekvenser", "Sjukdomens konsekvenser", "missing"),
    Section(10, "bedomning", "Bedömning", "wrong"),
    Section(11, "kontakt", "Kontakt", "complete"),
    Section(12, "last", "Intyg som läses", "complete"),
)

PROBLEMS = {
    "32.EN_FJARDEDEL.from": SampleProblem("PERIOD_OVERLAP", ""),
    "32": SampleProblem("PERIOD_OVERLAP", "Perioderna får inte överlappa varandra: 2026-12-12 finns i båda."),
    "32.HELT_NEDSATT.to": SampleProblem("INVALID_FORMAT", "Skriv datumet som åååå-mm-dd, till exempel 2026-11-21."),
    "17.text": SampleProblem("EMPTY", "Beskriv vad patienten inte kan göra."),
    "39": SampleProblem("EMPTY", "Välj ett alternativ."),
}

CODES = (
    ("F32", "Depressiv episod"),
    ("F320", "Lindrig depressiv episod"),
    ("F321", "Medelsvår depressiv episod"),
    ("F322", "Svår depressiv episod utan psykotiska symtom"),
    ("F323", "Svår depressiv episod med psykotiska symtom"),
    ("M545", "Lumbago"),
    ("M544", "Lumbago med ischias"),
    ("S525", "Fraktur på nedre delen av radius"),
)


@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(
        request,
        "ui/styleguide.jinja",
        header=_sample_header(),
        panel_hidden=False,
        setting_url="",
        sections=SECTIONS,
        problems=PROBLEMS,
        created=datetime(2026, 11, 21, 10, 31, tzinfo=STOCKHOLM),
        asked=date(2026, 11, 19),
    )


@require_GET
def sample_codes(request: HttpRequest) -> JsonResponse:
    """A few codes for the combobox, in the shape that the real search answers with."""
    query = request.GET.get("q", "").casefold()
    if request.GET.get("falt") == "kod":
        if len(query) < 3:
            return JsonResponse({"hits": [], "hint": "Skriv minst tre tecken."})
        found = [pair for pair in CODES if pair[0].casefold().startswith(query.replace(".", ""))]
    else:
        found = [pair for pair in CODES if all(word in pair[1].casefold() for word in query.split())]
    hits = [_hit(code, title) for code, title in found[:4]]
    hint = "Fler träffar finns. Skriv mer för att begränsa sökningen." if len(found) > 4 else "" if found else "Inga träffar."
    return JsonResponse({"hits": hits, "hint": hint})


@require_POST
def sample_submit(_request: HttpRequest) -> HttpResponse:
    """Takes its time, so that a form that is sent once can be seen waiting."""
    time.sleep(1)
    return redirect("style-guide")


def _hit(code: str, title: str) -> dict[str, str | bool]:
    selectable = code != "F32"
    return {"code": code, "title": title, "selectable": selectable, "note": "" if selectable else "Ange minst fyra positioner."}


def _sample_header() -> Header:
    here = reverse("style-guide")
    tabs = (
        Tab("Sök/skriv intyg", here, active=True),
        Tab("Ej hanterade ärenden", here, count=3, counted="ej hanterade ärenden", urgent=True),
        Tab("Ej signerade utkast", here, count=7, counted="ej signerade utkast"),
    )
    return Header(
        unit_name="Björkhagens vårdcentral",
        care_provider_name="Region Exempel",
        user_name="Arnold Johansson",
        role_label="Läkare",
        about=About("0.1.0", ("Läkarintyg för sjukpenning, FK 7804",), here),
        home_url=here,
        change_unit_url=here,
        logout_url=reverse("style-guide-submit"),
        elsewhere="4 ärenden på andra enheter",
        tabs=tabs,
    )
