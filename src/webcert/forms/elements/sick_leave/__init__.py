"""Periods of sick leave by degree. Answer: rows {"code", "from", "to"}, dates as typed.

Source: reference/certificates/fk7804.md §5 and V23–V28.
"""

from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes, Table
from webcert.forms.context import Context
from webcert.forms.elements.dates import date_problem
from webcert.forms.elements.options import Option, boxes, displays, labels
from webcert.forms.elements.sick_leave.shorthand import end_of
from webcert.forms.elements.sick_leave.working_time import hours_sentence, parse_hours, total_sentence
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import normalise_date, parse_date
from webcert.vocabulary.periods import Period, period_of
from webcert.vocabulary.svar import Coded, PeriodText

Row = dict[str, str]
Rows = list[Row]


@dataclass(frozen=True, slots=True)
class Degree(Option):
    """A degree of reduced work capacity; `percent` is how much of the working time falls away."""

    percent: int = 100


@dataclass(frozen=True)
class SickLeave(Question):
    """One row for each degree. With `lenient` a received document may repeat a degree, have periods that share days and leave the
    instance numbers out, since the contract of that type never forbade it."""

    _: KW_ONLY
    system: str
    degrees: tuple[Degree, ...]
    columns: tuple[str, str, str] = ("Nedsättningsgrad", "Från och med", "Till och med")
    lenient: bool = False

    kind: ClassVar[str] = "sick_leave"
    empty: ClassVar[str] = "Välj minst ett alternativ."

    @property
    def period_delsvar(self) -> str:
        return f"{self.svar}.2"

    def decode(self, fields: Fields) -> Rows | None:
        rows = []
        for degree in self.degrees:
            name = f"{self.id}.{degree.code}"
            start, end = fields.get(f"{name}.from", "").strip(), fields.get(f"{name}.to", "").strip()
            if start or end or fields.get(f"{name}.on"):
                rows.append({"code": degree.code, "from": start, "to": end})
        return rows or None

    def encode(self, answer: Rows | None) -> dict[str, str]:
        return {f"{self.id}.{row['code']}.{end}": row[end] for row in answer or () for end in ("from", "to")}

    def settle(self, answer: Rows, focus: str, context: Context) -> Rows:
        """Dates in one form; a row that was just ticked starts the day after the others end, or today; shorthand becomes an end date."""
        normal = [self._settled(row, focus, lambda row, end: normalise_date(row[end])) for row in answer]
        fresh = [self._with_start(row, normal, focus, context.today) for row in normal]
        return [self._settled(row, focus, lambda row, end: _written_out(row) if end == "to" else row[end]) for row in fresh]

    def _settled(self, row: Row, focus: str, value: Callable[[Row, str], str]) -> Row:
        name = f"{self.id}.{row['code']}"
        return {**row, **{end: value(row, end) for end in ("from", "to") if focus != f"{name}.{end}"}}

    def _with_start(self, row: Row, rows: Rows, focus: str, today: date) -> Row:
        if row["from"] or row["to"] or focus == f"{self.id}.{row['code']}.from":
            return row
        ends = [end for other in rows if other is not row and (end := parse_date(other["to"]))]
        return {**row, "from": (max(ends) + timedelta(days=1) if ends else today).isoformat()}

    def check(self, answer: Rows, context: Context) -> Iterable[Problem]:
        known = labels(self.degrees)
        for row in answer:
            if row["code"] not in known:
                yield self.problem(Kind.INVALID_FORMAT, "Nedsättningsgraden finns inte.")
            yield from self._row_problems(row, context)
        if self.lenient and context.received:
            return
        codes = [row["code"] for row in answer]
        if len(set(codes)) < len(codes):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Samma nedsättningsgrad är angiven flera gånger.")
        yield from self._overlaps(answer, context)

    def _row_problems(self, row: Row, context: Context) -> Iterable[Problem]:
        for end in ("from", "to"):
            if problem := date_problem(row[end], context, future_allowed=True):
                yield self.problem(*problem, part=f"{row['code']}.{end}")
        start, finish = parse_date(row["from"]), parse_date(row["to"])
        if start and finish and finish < start:
            yield self.problem(Kind.INCORRECT_COMBINATION, "Ange ett slutdatum som kommer efter startdatumet.", row["code"])

    def _overlaps(self, rows: Rows, context: Context) -> Iterable[Problem]:
        """One problem for each field that takes part in an overlap. A received document may share a boundary day (fk7804.md §5.3)."""
        overlap = Period.overlaps_inside if context.received else Period.overlaps
        marked: dict[str, date] = {}
        valid = [(period, row["code"]) for row in rows if (period := period_of(row["from"], row["to"]))]
        for (first, first_code), (second, second_code) in combinations(sorted(valid), 2):
            if overlap(first, second):
                both = ("from", "to") if first.start == second.start else ()
                for code, ends in ((first_code, both or ("to",)), (second_code, both or ("from",))):
                    for end in ends:
                        marked.setdefault(f"{code}.{end}", second.start)
        for field, day in marked.items():
            yield self.problem(Kind.PERIOD_OVERLAP, f"Perioderna får inte överlappa varandra: {day} finns i båda.", field)

    def fragments(self, answer: Rows, context: Context) -> Iterable[Fragment]:
        texts = displays(self.degrees)
        for row in answer:
            if row["code"] in texts and period_of(row["from"], row["to"]):
                instance = " ".join(row.values())  # a lenient document may repeat the degree
                yield Fragment(self.svar, self.delsvar, Coded(row["code"], self.system, texts[row["code"]]), instance)
                yield Fragment(self.svar, self.period_delsvar, PeriodText(row["from"], row["to"]), instance)

    def read(self, received: Received) -> Rows | None:
        rows = []
        for svar in received.all(self.svar, unnumbered=self.lenient):
            code = received.code(svar, self.delsvar, self.system, labels(self.degrees))
            period = received.period(svar, self.period_delsvar)
            if code and period:
                rows.append({"code": code, "from": period.start.rstrip(), "to": period.end.rstrip()})
        return rows or None

    def blocks(self, answer: Rows | None) -> tuple[Block, ...]:
        texts = labels(self.degrees)
        rows = tuple((texts.get(row["code"], row["code"]), row["from"], row["to"]) for row in answer or ())
        return (Table(self.columns, rows),) if rows else (MISSING,)

    def on_paper(self, answer: Rows | None) -> Boxes:
        return boxes(self.degrees, {row["code"]: (row["from"], row["to"]) for row in answer or ()})

    def summary(self, answer: Rows | None) -> str:
        """From the first day of the first period to the last day of the last (fk7804.md §13)."""
        periods = sorted(period for row in answer or () if (period := period_of(row["from"], row["to"])))
        return f"{periods[0].start} – {max(period.end for period in periods)}" if periods else ""

    def remarks(self, answer: Rows | None, fields: Fields, context: Context) -> dict[str, str]:
        """The resulting working time for each row and the number of days of all rows. The weekly hours are never stored."""
        hours = parse_hours(fields.get(f"{self.id}.hours", ""))
        periods = {row["code"]: period for row in answer or () if (period := period_of(row["from"], row["to"]))}
        remarks = {f"{self.id}.total": total_sentence(periods.values())}
        for degree in self.degrees:
            period = periods.get(degree.code)
            remarks[f"{self.id}.{degree.code}"] = hours_sentence(hours, degree.percent, period.days) if hours is not None and period else ""
        return remarks

    def recalled(self, answer: Rows | None) -> str:
        """The end of the last period, and its degree (fk7804.md §10.1)."""
        ends = [(period.end, row["code"]) for row in answer or () if (period := period_of(row["from"], row["to"]))]
        if not ends:
            return ""
        end, code = max(ends)
        return f"Intyget som förnyas gällde till och med {end}. Nedsättningen var då {labels(self.degrees).get(code, code)}."


def _written_out(row: Row) -> str:
    start = parse_date(row["from"])
    end = end_of(start, row["to"]) if start else None
    return end.isoformat() if end else row["to"]
