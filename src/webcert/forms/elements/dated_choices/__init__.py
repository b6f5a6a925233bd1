"""Boxes to tick with a date each. Answer: rows {"code", "date"}; a row is there when it has a date, right or wrong.

Ticking a box gives today's date; emptying the date unticks. Source: reference/certificates/fk7804.md §4.3 and V1–V4.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes, Items
from webcert.forms.context import Context
from webcert.forms.elements.dates import date_problem
from webcert.forms.elements.options import Option, boxes, displays, labels
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import normalise_date, parse_date
from webcert.vocabulary.svar import Coded

Rows = list[dict[str, str]]


@dataclass(frozen=True)
class DatedChoices(Question):
    """Dates may not lie after today."""

    _: KW_ONLY
    system: str
    options: tuple[Option, ...]

    kind: ClassVar[str] = "dated_choices"
    empty: ClassVar[str] = "Välj minst ett alternativ."

    @property
    def date_delsvar(self) -> str:
        return f"{self.svar}.2"

    def decode(self, fields: Fields) -> Rows | None:
        rows = []
        for option in self.options:
            typed = fields.get(f"{self.id}.{option.code}", "").strip()
            if typed or fields.get(f"{self.id}.{option.code}.on"):
                rows.append({"code": option.code, "date": typed})
        return rows or None

    def encode(self, answer: Rows | None) -> dict[str, str]:
        return {f"{self.id}.{row['code']}": row["date"] for row in answer or ()}

    def settle(self, answer: Rows, focus: str, context: Context) -> Rows:
        return [row if focus == f"{self.id}.{row['code']}" else _settled(row, context) for row in answer]

    def check(self, answer: Rows, context: Context) -> Iterable[Problem]:
        for row in answer:
            if problem := date_problem(row["date"], context, future_allowed=False):
                yield self.problem(*problem, part=row["code"])
        codes = [row["code"] for row in answer]
        if len(set(codes)) < len(codes):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Samma alternativ är valt flera gånger.")

    def fragments(self, answer: Rows, context: Context) -> Iterable[Fragment]:
        texts = displays(self.options)
        for row in answer:
            if parse_date(row["date"]) and row["code"] in texts:
                yield Fragment(self.svar, self.delsvar, Coded(row["code"], self.system, texts[row["code"]]), row["code"])
                yield Fragment(self.svar, self.date_delsvar, row["date"], row["code"])

    def read(self, received: Received) -> Rows | None:
        rows = []
        for svar in received.all(self.svar):
            code = received.code(svar, self.delsvar, self.system, labels(self.options))
            date = received.text(svar, self.date_delsvar, required=True)
            if code and date is not None:
                rows.append({"code": code, "date": date.rstrip()})
        return rows or None

    def blocks(self, answer: Rows | None) -> tuple[Block, ...]:
        texts = labels(self.options)
        return (Items(tuple(f"{texts.get(row['code'], row['code'])} {row['date']}" for row in answer)),) if answer else (MISSING,)

    def on_paper(self, answer: Rows | None) -> Boxes:
        return boxes(self.options, {row["code"]: (row["date"],) for row in answer or ()})


def _settled(row: dict[str, Any], context: Context) -> dict[str, str]:
    return {**row, "date": normalise_date(row["date"]) if row["date"] else context.today.isoformat()}
