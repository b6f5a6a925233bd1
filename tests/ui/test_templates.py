"""The templates by themselves: they escape, refuse unknown names, and write what the scripts and the element templates rely on."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import jinja2
import pytest

from webcert.ui.environment import environment
from webcert.ui.header import About, Header, Tab

TEMPLATES = Path(__file__).parents[2] / "src" / "webcert" / "ui" / "templates"
ENVIRONMENT = environment(loader=jinja2.FileSystemLoader(TEMPLATES))

IMPORTS = """
{%- import "ui/form.jinja" as form %}{% import "ui/components.jinja" as ui %}{% import "ui/certificate.jinja" as certificate -%}
"""


@dataclass
class Problem:
    kind: str
    text: str


def rendered(source: str, **context: object) -> str:
    return ENVIRONMENT.from_string(IMPORTS + source).render(context)


def test_what_a_user_typed_is_escaped_everywhere() -> None:
    typed = "<script>alert('å')</script>"
    page = rendered(
        """{{ form.text_area("25.text", typed, limit=100) }}{{ form.text_field("26.text", typed, typed) }}
        {{ form.date_field("1.date", typed) }}{{ form.radios("39.code", [(typed, typed)]) }}
        {{ form.dropdown("39.days", [(typed, typed)]) }}{{ form.problem("25.text", problems) }}
        {{ ui.message(typed) }}{{ ui.button(typed, reason=typed) }}{{ ui.status(typed) }}{{ certificate.person(typed, typed) }}""",
        typed=typed,
        problems={"25.text": Problem("OTHER", typed)},
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_name_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(jinja2.UndefinedError):
        rendered("{{ not_given }}")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ day|date }}", "2026-11-21"),
        ("{{ moment|datetime }}", "2026-11-21 10:31"),
        ("{{ moment|time }}", "10:31"),
        ("{{ '191212121212'|person_number }}", "19121212-1212"),
        ("{{ hours|decimal }}", "30,00"),
        ("{{ 1234.5|decimal(1) }}", "1\u00a0234,5"),
    ],
)
def test_values_are_written_for_a_swedish_reader(source: str, text: str) -> None:
    moment = datetime(2026, 11, 21, 9, 31, tzinfo=UTC)
    assert rendered(source, day=date(2026, 11, 21), moment=moment, hours=Decimal(30)) == text


def test_a_moment_is_written_with_the_day_it_was_in_sweden() -> None:
    assert rendered("{{ moment|date }}", moment=datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "2026-07-01"


def test_a_control_and_its_problem_find_each_other() -> None:
    page = rendered(
        '{{ form.date_field("32.HALFTEN.from", "2026-13-01", problems=problems) }}{{ form.problem("32.HALFTEN.from", problems) }}',
        problems={"32.HALFTEN.from": Problem("INVALID_FORMAT", "Skriv datumet som åååå-mm-dd.")},
    )
    assert 'name="32.HALFTEN.from" aria-invalid="true" aria-describedby="p-32-HALFTEN-from"' in page
    assert '<p class="problem" id="p-32-HALFTEN-from" data-problem="32.HALFTEN.from" data-kind="INVALID_FORMAT">Skriv datumet' in page


def test_a_control_without_problem_keeps_an_empty_place_for_one() -> None:
    page = rendered('{{ form.text_area("25.text") }}{{ form.problem("25.text") }}')
    assert "aria-" not in page
    assert '<p class="problem" id="p-25-text" data-problem="25.text" hidden></p>' in page


def test_a_single_control_is_labelled_by_its_question_and_several_stand_in_a_group() -> None:
    alone = rendered('{% call form.question("25", "Övrigt", control="25.text") %}{% endcall %}')
    group = rendered('{% call form.question("1", "Intyget är baserat på", hidden=true) %}{% endcall %}')
    assert '<label id="q-25-label" for="f-25-text">Övrigt</label>' in alone
    assert 'data-question="1" role="group" aria-labelledby="q-1-label" hidden>' in group


@pytest.mark.parametrize(("star", "mark"), [("true", "data-star>"), ("false", "data-star hidden>")])
def test_the_star_of_a_mandatory_question_is_hidden_when_answered(star: str, mark: str) -> None:
    assert mark in rendered('{% call form.question("1", "X", star=' + star + ") %}{% endcall %}")


def test_a_text_area_keeps_a_first_empty_line() -> None:
    assert "data-grow>\n\nAndra raden</textarea>" in rendered('{{ form.text_area("25.text", "\nAndra raden") }}')


def header(**changes: object) -> Header:
    facts: dict[str, object] = {
        "unit_name": "Björkhagens vårdcentral",
        "care_provider_name": "Region Exempel",
        "user_name": "Arnold Johansson",
        "role_label": "Läkare",
        "about": About("1.0", ("Läkarintyg för sjukpenning, FK 7804",), "/hjalp"),
        "home_url": "/start",
        "logout_url": "/logga-ut",
        "tabs": (Tab("Ej signerade utkast", "/utkast", active=True, count=7), Tab("Ej hanterade ärenden", "/arenden")),
    }
    return Header(**facts | changes)  # type: ignore[arg-type]


def page(**context: object) -> str:
    return ENVIRONMENT.from_string('{% extends "ui/page.jinja" %}{% block title %}Utkast{% endblock %}').render(context)


def test_the_header_tells_who_where_and_what_waits() -> None:
    html = page(header=header())
    assert "<title>Utkast – Webcert</title>" in html
    assert "Arnold Johansson – Läkare" in html
    assert "Björkhagens vårdcentral" in html
    assert '<a href="/utkast" aria-current="page">Ej signerade utkast <span class="badge">7</span></a>' in html
    assert '<a href="/arenden">Ej hanterade ärenden </a>' in html
    assert "Byt vårdenhet" not in html


def test_in_deep_integration_there_is_no_way_out_and_no_tabs() -> None:
    html = page(header=header(home_url="", logout_url="", tabs=()))
    assert "Logga ut" not in html
    assert 'class="tabs"' not in html
    assert '<span class="word">' in html


def test_without_login_the_page_knows_nobody() -> None:
    html = page(header=None)
    assert "Om Webcert" not in html
    assert "session" not in html


def test_the_page_asks_for_the_session_only_where_it_may() -> None:
    assert "session.js" not in page(header=header())
    assert 'data-session-url="/session" data-logged-out-url="/utloggad"' in page(
        header=header(session_url="/session", logged_out_url="/utloggad")
    )


def test_an_error_page_offers_its_id_to_be_copied() -> None:
    html = ENVIRONMENT.get_template("ui/error.jinja").render(title="Tekniskt fel", text="Försök igen.", error_id="9f2c71")
    assert 'data-copies="9f2c71"' in html
    assert '<a class="button primary" href="/">Till startsidan</a>' in html


def test_a_protected_person_is_told_in_red_with_words() -> None:
    assert "Patienten har en sekretessmarkering" in rendered('{{ certificate.protected("om-sekretess") }}')


def test_the_index_says_its_state_in_words_too() -> None:
    section = {"number": 1, "id": "diagnos", "title": "Diagnos", "state": "missing"}
    html = rendered("{{ certificate.index([section]) }}", section=section)
    assert '<a href="#kat-1" data-index="diagnos" data-state="missing">' in html
    assert "uppgifter saknas" in html
