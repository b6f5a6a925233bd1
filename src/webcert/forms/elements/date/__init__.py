"""One date. Answer: the date as typed."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Text
from webcert.forms.context import Context
from webcert.forms.elements.dates import date_problem
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import normalise_date, parse_date


@dataclass(frozen=True)
class Date(Question):
    """`future_allowed`: whether the day may lie after today."""

    _: KW_ONLY
    future_allowed: bool = False

    kind: ClassVar[str] = "date"
    empty: ClassVar[str] = "Ange ett datum."

    def is_answered(self, answer: str | None) -> bool:
        """An empty date, which only a received document can hold, is an answer that says nothing; `check` tells it."""
        return answer is not None

    def decode(self, fields: Fields) -> str | None:
        return fields.get(self.id, "").strip() or None

    def encode(self, answer: str | None) -> dict[str, str]:
        return {self.id: answer or ""}

    def settle(self, answer: str, focus: str, context: Context) -> str:
        return answer if focus == self.id else normalise_date(answer)

    def check(self, answer: str, context: Context) -> Iterable[Problem]:
        if problem := date_problem(answer, context, future_allowed=self.future_allowed):
            yield self.problem(*problem)

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        if parse_date(answer):
            yield Fragment(self.svar, self.delsvar, answer)

    def read(self, received: Received) -> str | None:
        svar = received.one(self.svar)
        text = received.text(svar, self.delsvar, required=self.id == self.svar) if svar else None
        return None if text is None else text.rstrip()

    def blocks(self, answer: str | None) -> tuple[Block, ...]:
        return (Text(answer),) if answer else (MISSING,)

    def summary(self, answer: str | None) -> str:
        return answer or ""
