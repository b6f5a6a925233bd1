"""The sick-leave control: shorthand, quick add, overlap, working time and totals. Source: reference/certificates/fk7804.md §5."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from example_fk7804 import TODAY, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.context import Context
from webcert.forms.elements.sick_leave import Rows
from webcert.forms.elements.sick_leave.shorthand import days_of, end_of
from webcert.forms.elements.sick_leave.working_time import parse_hours, remaining_hours
from webcert.forms.problems import Kind
from webcert.vocabulary.periods import covered_days, period_of

QUESTION = TYPES["lisjp"].form("1.3").by_id["32"]


def row(code: str, start: str, end: str) -> dict[str, str]:
    return {"code": code, "from": start, "to": end}


def settled(*rows: dict[str, str], focus: str = "") -> Rows:
    rows_now: Rows = QUESTION.settle(list(rows), focus, WRITING)
    return rows_now


# Shorthand, the original's whole table (§5.2).

SHORTHAND: dict[int | None, list[str]] = {
    1: ["d1", "1d", "D1"],
    5: ["d005", "005d"],
    9: ["d09"],
    40: ["D40", "40D"],
    90: ["d90", "90d"],
    180: ["d180"],
    7: ["v1", "1v"],
    21: ["v3"],
    28: ["v04"],
    63: ["v009", "009v"],
    140: ["V20", "20V"],
    31: ["m1"],
    93: ["m03", "03m"],
    372: ["M12", "12M"],
    744: ["m24"],
    999: ["d999"],
    None: [
        *("undefined", "", "180", "d1800", "d0", "d00", "d000", "000d", "d000d", "v1800", "v0", "v00", "v000", "000v", "v000v"),
        *("m0", "m00", "00m", "m00m", "m180", "180m", "v1d", "d 90", "d-1", "d9.5", "d٩", "90dagar"),
    ],
}


@pytest.mark.parametrize(("typed", "days"), [(typed, days) for days, all_typed in SHORTHAND.items() for typed in all_typed])
def test_shorthand_names_a_number_of_days(typed: str, days: int | None) -> None:
    assert days_of(typed) == days


@pytest.mark.parametrize(("typed", "end"), [("1d", "2000-02-01"), ("1v", "2000-02-07"), ("1m", "2000-03-02")])
def test_the_first_day_counts(typed: str, end: str) -> None:
    assert end_of(date(2000, 2, 1), typed) == date.fromisoformat(end)


def test_shorthand_beyond_the_calendar_is_no_date() -> None:
    assert end_of(date(9999, 12, 31), "d2") is None


@pytest.mark.parametrize("typed", ["d90", "90d", " D90 "])
def test_A_132_ninety_days_are_written_out_when_the_field_is_left(typed: str) -> None:
    assert settled(row("HALFTEN", "2019-01-01", typed)) == [row("HALFTEN", "2019-01-01", "2019-03-31")]


@pytest.mark.parametrize(("typed", "days"), [("2v", 14), ("v2", 14), ("m1", 31)])
def test_A_133_weeks_and_months_are_written_out(typed: str, days: int) -> None:
    (found,) = settled(row("HALFTEN", "2019-01-01", typed))
    period = period_of(found["from"], found["to"])
    assert period
    assert period.days == days


def test_A_133_at_most_three_digits() -> None:
    assert settled(row("HALFTEN", "2019-01-01", "d1000")) == [row("HALFTEN", "2019-01-01", "d1000")]


@pytest.mark.parametrize("start", ["", "2019-02-30", "snart"])
def test_A_134_without_a_start_nothing_is_computed_and_an_error_shows(start: str) -> None:
    (found,) = settled(row("HALFTEN", start, "d90"))
    assert found["to"] == "d90"
    assert ("32.HALFTEN.to", Kind.INVALID_FORMAT) in {(problem.field, problem.kind) for problem in QUESTION.check([found], WRITING)}


def test_the_field_that_has_the_cursor_is_left_alone() -> None:
    assert settled(row("HALFTEN", "20190101", "d9"), focus="32.HALFTEN.to") == [row("HALFTEN", "2019-01-01", "d9")]
    assert settled(row("HALFTEN", "20190101", "d9"), focus="32.HALFTEN.from") == [row("HALFTEN", "20190101", "d9")]


@pytest.mark.parametrize("typed", ["20190105", "2019/01/05", "2019-01-05", "2019-1-5"])
def test_dates_get_one_form(typed: str) -> None:
    assert settled(row("HALFTEN", typed, typed)) == [row("HALFTEN", "2019-01-05", "2019-01-05")]


# Quick add (§5.1).


def test_a_ticked_row_starts_the_day_after_all_others_end() -> None:
    first, second, fresh = settled(
        row("HALFTEN", "2026-12-01", "2026-12-10"), row("EN_FJARDEDEL", "", "2026-12-05"), row("HELT_NEDSATT", "", "")
    )
    assert fresh == row("HELT_NEDSATT", "2026-12-11", "")
    assert second == row("EN_FJARDEDEL", "", "2026-12-05"), "only a row that was just ticked gets a start"
    assert first == row("HALFTEN", "2026-12-01", "2026-12-10")


def test_the_first_ticked_row_starts_today() -> None:
    assert settled(row("HALFTEN", "", "")) == [row("HALFTEN", "2026-11-21", "")]
    assert settled(row("HALFTEN", "2026-12-01", ""), row("HELT_NEDSATT", "", ""))[1] == row("HELT_NEDSATT", TODAY.isoformat(), "")


def test_a_row_is_there_when_it_is_ticked_or_has_a_date() -> None:
    assert QUESTION.decode({"32.HALFTEN.on": "on"}) == [row("HALFTEN", "", "")]
    assert QUESTION.decode({"32.HALFTEN.to": "d9"}) == [row("HALFTEN", "", "d9")]
    assert QUESTION.decode({"32.HALFTEN.from": " ", "32.HALFTEN.to": ""}) is None


# Overlap (§5.3).

OVERLAPS = [
    ("adjacent", ("2019-01-01", "2019-01-05"), ("2019-01-06", "2019-01-10"), set(), set()),
    ("a gap", ("2019-01-01", "2019-01-05"), ("2019-02-06", "2019-02-10"), set(), set()),
    ("a shared day", ("2019-01-01", "2019-01-05"), ("2019-01-05", "2019-01-10"), {"A.to", "B.from"}, set()),
    ("a shared day, the later first", ("2019-01-05", "2019-01-10"), ("2019-01-01", "2019-01-05"), {"B.to", "A.from"}, set()),
    ("two shared days", ("2019-01-01", "2019-01-06"), ("2019-01-05", "2019-01-10"), {"A.to", "B.from"}, {"A.to", "B.from"}),
    ("nested", ("2019-01-01", "2019-01-31"), ("2019-01-05", "2019-01-10"), {"A.to", "B.from"}, {"A.to", "B.from"}),
    ("same end", ("2019-01-01", "2019-01-10"), ("2019-01-05", "2019-01-10"), {"A.to", "B.from"}, {"A.to", "B.from"}),
    ("same start", ("2019-01-01", "2019-01-10"), ("2019-01-01", "2019-01-05"), *[{"A.from", "A.to", "B.from", "B.to"}] * 2),
    ("identical", ("2019-01-01", "2019-01-10"), ("2019-01-01", "2019-01-10"), *[{"A.from", "A.to", "B.from", "B.to"}] * 2),
    ("one day at the start", ("2019-01-01", "2019-01-10"), ("2019-01-01", "2019-01-01"), {"A.from", "A.to", "B.from", "B.to"}, set()),
    ("the same single day", ("2019-01-01", "2019-01-01"), ("2019-01-01", "2019-01-01"), {"A.from", "A.to", "B.from", "B.to"}, set()),
    ("incomplete", ("2019-01-01", ""), ("2019-01-01", "2019-01-05"), set(), set()),
    ("in reverse", ("2019-01-05", "2019-01-01"), ("2019-01-01", "2019-01-05"), set(), set()),
]


@pytest.mark.parametrize(("case", "first", "second", "written", "received"), OVERLAPS, ids=[case for case, *_ in OVERLAPS])
def test_periods_may_not_overlap(case: str, first: tuple[str, str], second: tuple[str, str], written: set[str], received: set[str]) -> None:
    """The schematron lets periods share a boundary day, so a received document may; the one who writes may not."""
    rows = [row("HALFTEN", *first), row("HELT_NEDSATT", *second)]

    def marked(context: Context) -> set[str]:
        found = (problem for problem in QUESTION.check(rows, context) if problem.kind is Kind.PERIOD_OVERLAP)
        return {problem.field.replace("32.HALFTEN", "A").replace("32.HELT_NEDSATT", "B") for problem in found}

    assert marked(WRITING) == written
    assert marked(replace(WRITING, received=True)) == received


# Working time and totals (§5.4).


@pytest.mark.parametrize(
    ("hours", "percent", "remaining"),
    [
        ("40", 100, "0.00"),
        ("40", 75, "10.00"),
        ("40", 25, "30.00"),
        ("35", 25, "26.25"),
        ("35.5", 75, "8.88"),
        ("35,5", 25, "26.63"),
        ("38", 75, "9.50"),
        ("36", 25, "27.00"),
        ("36", 75, "9.00"),
        ("17", 25, "12.75"),
    ],
)
def test_hours_that_remain(hours: str, percent: int, remaining: str) -> None:
    parsed = parse_hours(hours)
    assert parsed is not None
    assert remaining_hours(parsed, percent) == Decimal(remaining)


@pytest.mark.parametrize("typed", ["", "fyrtio", "-1", "169", "NaN", "Infinity", "4 0"])
def test_what_is_no_number_of_hours_a_week(typed: str) -> None:
    assert parse_hours(typed) is None


def test_A_135_the_working_time_is_told_under_the_row() -> None:
    rows = [row("EN_FJARDEDEL", "2018-04-05", "2018-04-24")]
    remarks = QUESTION.remarks(rows, {"32.hours": "40"}, WRITING)
    assert remarks["32.EN_FJARDEDEL"] == "Arbetstid: 30,00 timmar/vecka i 20 dagar."
    assert remarks["32.total"] == "Intyget motsvarar en period på 20 dagar."
    assert remarks["32.HALFTEN"] == ""


def test_without_hours_or_dates_no_working_time_is_told() -> None:
    assert QUESTION.remarks([row("HALFTEN", "2018-04-05", "2018-04-24")], {}, WRITING)["32.HALFTEN"] == ""
    assert set(QUESTION.remarks([row("HALFTEN", "2018-04-05", "")], {"32.hours": "40"}, WRITING).values()) == {""}


def test_days_are_counted_once_and_gaps_are_not_counted() -> None:
    spans = [("2019-01-01", "2019-01-10"), ("2019-01-05", "2019-01-12"), ("2019-02-01", "2019-02-01")]
    periods = [period for span in spans if (period := period_of(*span))]
    assert covered_days(periods) == 13


def test_one_day_is_one_day() -> None:
    assert (
        QUESTION.remarks([row("HALFTEN", "2018-04-05", "2018-04-05")], {}, WRITING)["32.total"] == "Intyget motsvarar en period på 1 dag."
    )


def test_the_summary_spans_from_the_first_start_to_the_last_end() -> None:
    rows = [row("HALFTEN", "2019-01-06", "2019-01-10"), row("HELT_NEDSATT", "2019-01-01", "2019-01-05"), row("EN_FJARDEDEL", "", "")]
    assert QUESTION.summary(rows) == "2019-01-01 – 2019-01-10"
    assert QUESTION.summary(None) == ""
