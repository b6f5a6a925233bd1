"""A year in the patient's life so far. Answer: the year as typed. In the contract a partial date, YYYY.

Source: reference/certificates/tstrk1031.md §2.2 R2, §4.2 R7.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Text
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import EARLIEST
from webcert.vocabulary.svar import PartialDate

YEAR = re.compile(r"[12]\d{3}", re.ASCII)
FORMAT = "YYYY"


@dataclass(frozen=True)
class Year(Question):
    """Neither before the patient was born nor after this year; a received document is held to it too."""

    kind: ClassVar[str] = "year"
    empty: ClassVar[str] = "Ange ett årtal."

    def decode(self, fields: Fields) -> str | None:
        return fields.get(self.id, "").strip() or None

    def encode(self, answer: str | None) -> dict[str, str]:
        return {self.id: answer or ""}

    def check(self, answer: str, context: Context) -> Iterable[Problem]:
        born = (context.born or EARLIEST).year
        if not YEAR.fullmatch(answer):
            yield self.problem(Kind.INVALID_FORMAT, "Ange ett giltigt årtal, fyra siffror.")
        elif not born <= int(answer) <= context.today.year:
            yield self.problem(Kind.OTHER, f"Ange ett årtal mellan patientens födelseår och i år, {born}–{context.today.year}.")

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        if YEAR.fullmatch(answer):
            yield Fragment(self.svar, self.delsvar, PartialDate(FORMAT, answer))

    def read(self, received: Received) -> str | None:
        svar = received.one(self.svar)
        return received.partial_date(svar, self.delsvar, FORMAT, required=self.id == self.svar) if svar else None

    def blocks(self, answer: str | None) -> tuple[Block, ...]:
        return (Text(answer),) if answer else (MISSING,)
