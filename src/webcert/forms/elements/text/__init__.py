"""Free text of one or many lines. Answer: the text as typed."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Text
from webcert.forms.context import Context
from webcert.forms.form import Fields, MovedTo, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.svar import Coded, Svar


@dataclass(frozen=True)
class TextArea(Question):
    """`limit` is the most characters; `of` the code of the repeated answer that the text belongs to (1.3 belongs to ANNAT);
    `moved_to` says that the text has no svar of its own; `folded` that its field is folded in until it is asked for;
    `refused` that the recipient counts too, each run of white space as one, and refuses a longer text."""

    _: KW_ONLY
    limit: int = 3500
    rows: int = 4
    of: str | None = None
    moved_to: MovedTo | None = None
    folded: bool = False
    refused: bool = False

    kind: ClassVar[str] = "text"

    def is_answered(self, answer: str | None) -> bool:
        """An empty text, which only a received document can hold, is an answer that says nothing; `check` tells it."""
        return answer is not None

    def decode(self, fields: Fields) -> str | None:
        return fields.get(self.id) or None

    def encode(self, answer: str | None) -> dict[str, str]:
        return {self.id: answer or ""}

    def check(self, answer: str, context: Context) -> Iterable[Problem]:
        if not answer.strip():
            text = self.empty if self.mandatory else "Skriv ett svar eller ta bort blankstegen."
            yield self.problem(Kind.EMPTY, text)
        elif self._length(answer, context) > self.limit:
            yield self.problem(Kind.OTHER, f"Texten är {len(answer)} tecken. Högst {self.limit} får plats.")

    def _length(self, answer: str, context: Context) -> int:
        """What counts of the text: everything while writing, in a received document what its recipient counts."""
        if not context.received:
            return len(answer)
        return len(" ".join(answer.split())) if self.refused else 0

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        if answer.strip():
            yield Fragment(self.svar, self.delsvar, answer, self.of)

    def read(self, received: Received) -> str | None:
        svar = self._instance(received)
        alone = self.id == self.svar
        return received.text(svar, self.delsvar, required=alone) if svar else None

    def _instance(self, received: Received) -> Svar | None:
        if self.of is None:
            return received.one(self.svar)
        named = (
            svar
            for svar in received.svar
            if svar.id == self.svar and any(isinstance(value, Coded) and value.code.strip() == self.of for _, value in svar.parts)
        )
        return next(named, None)

    def blocks(self, answer: str | None) -> tuple[Block, ...]:
        return (Text(answer),) if answer and answer.strip() else (MISSING,)
