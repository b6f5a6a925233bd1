"""Supplementary questions (tilläggsfrågor) that Försäkringskassan may add, svar 9000–9999. Answer: rows {"id", "text"}.

No text version declares any today, so none can be written; those in a received document are kept and shown.
Source: reference/certificates/fk-common.md §8.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Items
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received

Rows = list[dict[str, str]]

IDS = re.compile(r"9\d{3}", re.ASCII)


@dataclass(frozen=True)
class Additional(Question):
    kind: ClassVar[str] = "additional"

    def decode(self, fields: Fields) -> None:
        return None

    def encode(self, answer: Rows | None) -> dict[str, str]:
        return {}

    def check(self, answer: Rows, context: Context) -> Iterable[Problem]:
        if len({row["id"] for row in answer}) < len(answer):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Samma tilläggsfråga är besvarad flera gånger.")
        if any(not row["text"].strip() for row in answer):
            yield self.problem(Kind.EMPTY, "En tilläggsfråga har ett tomt svar.")

    def fragments(self, answer: Rows, context: Context) -> Iterable[Fragment]:
        return (Fragment(row["id"], f"{row['id']}.1", row["text"]) for row in answer)

    def read(self, received: Received) -> Rows | None:
        rows = []
        for svar in received.svar:
            if IDS.fullmatch(svar.id) and len(svar.parts) == 1:
                text = received.text(svar, svar.parts[0][0], required=True)
                rows += [] if text is None else [{"id": svar.id, "text": text}]
        return rows or None

    def blocks(self, answer: Rows | None) -> tuple[Block, ...]:
        return (Items(tuple(row["text"] for row in answer)),) if answer else (MISSING,)
