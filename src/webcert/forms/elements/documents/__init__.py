"""A table of documents: kind, date, and where each can be had. Answer: rows {"type", "date", "source"}, as typed.

Source: reference/certificates/fk-common.md §4.6 and G13–G20.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Table
from webcert.forms.context import Context
from webcert.forms.elements.dates import date_problem
from webcert.forms.elements.options import Option, displays, labels
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import normalise_date, parse_date
from webcert.vocabulary.svar import Coded

Row = dict[str, str]
Rows = list[Row]

PARTS = ("type", "date", "source")


@dataclass(frozen=True)
class Documents(Question):
    """At most `limit` rows. `source` is the heading over the sources, which have at most `source_limit` characters.

    Delsvar n.1 is the kind (a code of `system`), n.2 the date, n.3 the source.
    """

    _: KW_ONLY
    system: str
    options: tuple[Option, ...]
    source: str
    source_limit: int
    limit: int = 3

    kind: ClassVar[str] = "documents"

    def decode(self, fields: Fields) -> Rows | None:
        rows = [{part: fields.get(f"{self.id}.{i}.{part}", "") for part in PARTS} for i in range(self.limit)]
        rows = [{**row, "date": row["date"].strip()} for row in rows]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows or None

    def encode(self, answer: Rows | None) -> dict[str, str]:
        rows = [*(answer or ()), *[dict.fromkeys(PARTS, "")] * self.limit]
        return {f"{self.id}.{i}.{part}": rows[i][part] for i in range(self.limit) for part in PARTS}

    def settle(self, answer: Rows, focus: str, context: Context) -> Rows:
        return [row if focus == f"{self.id}.{i}.date" else {**row, "date": normalise_date(row["date"])} for i, row in enumerate(answer)]

    def check(self, answer: Rows, context: Context) -> Iterable[Problem]:
        if len(answer) > self.limit:
            yield self.problem(Kind.OTHER, f"Högst {self.limit} utredningar eller underlag får plats.")
        if len(answer) > 1 and not any(text.strip() for text in answer[0].values()):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Fyll i den översta raden först.", "0")
            return
        for i, row in enumerate(answer):
            yield from self._row_problems(i, row, context)

    def _row_problems(self, i: int, row: Row, context: Context) -> Iterable[Problem]:
        if not row["type"]:
            yield self.problem(Kind.EMPTY, "Välj ett alternativ.", f"{i}.type")
        elif row["type"] not in labels(self.options):
            yield self.problem(Kind.INVALID_FORMAT, "Fel typ av underlag.", f"{i}.type")
        if problem := date_problem(row["date"], context, future_allowed=False):
            yield self.problem(*problem, part=f"{i}.date")
        if not row["source"].strip():
            yield self.problem(Kind.EMPTY, "Ange ett svar.", f"{i}.source")
        elif len(row["source"]) > self.source_limit and not context.received:
            text = f"Texten är {len(row['source'])} tecken. Högst {self.source_limit} får plats."
            yield self.problem(Kind.OTHER, text, f"{i}.source")

    def fragments(self, answer: Rows, context: Context) -> Iterable[Fragment]:
        texts = displays(self.options)
        for i, row in enumerate(answer):
            if row["type"] in texts and parse_date(row["date"]) and row["source"].strip():
                yield Fragment(self.svar, f"{self.svar}.1", Coded(row["type"], self.system, texts[row["type"]]), str(i))
                yield Fragment(self.svar, f"{self.svar}.2", row["date"], str(i))
                yield Fragment(self.svar, f"{self.svar}.3", row["source"], str(i))

    def read(self, received: Received) -> Rows | None:
        rows = []
        for svar in received.all(self.svar):
            code = received.code(svar, f"{self.svar}.1", self.system, labels(self.options))
            date = received.text(svar, f"{self.svar}.2", required=True)
            source = received.text(svar, f"{self.svar}.3", required=True)
            rows.append({"type": code or "", "date": (date or "").rstrip(), "source": source or ""})
        return rows or None

    def blocks(self, answer: Rows | None) -> tuple[Block, ...]:
        return self.on_paper(answer) if answer else (MISSING,)

    def on_paper(self, answer: Rows | None) -> tuple[Block, ...]:
        texts = labels(self.options)
        rows = tuple((texts.get(row["type"], row["type"]), row["date"], row["source"]) for row in answer or ())
        return (Table((self.label, "Datum", self.source), rows),)
