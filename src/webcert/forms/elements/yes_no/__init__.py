"""A question answered with Ja or Nej. Answer: True or False; None when it is not answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Box, Boxes, Text
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.transport import Fragment, Received

WORDS = {"true": True, "false": False}


@dataclass(frozen=True)
class YesNo(Question):
    kind: ClassVar[str] = "yes_no"
    empty: ClassVar[str] = "Välj ett alternativ."

    def is_answered(self, answer: Any) -> bool:
        return answer is not None

    def decode(self, fields: Fields) -> bool | None:
        return WORDS.get(fields.get(self.id, ""))

    def encode(self, answer: bool | None) -> dict[str, str]:
        return {} if answer is None else {self.id: "true" if answer else "false"}

    def fragments(self, answer: bool, context: Context) -> Iterable[Fragment]:
        yield Fragment(self.svar, self.delsvar, "true" if answer else "false")

    def read(self, received: Received) -> bool | None:
        svar = received.one(self.svar)
        return received.flag(svar, self.delsvar, required=self.id == self.svar) if svar else None

    def blocks(self, answer: bool | None) -> tuple[Block, ...]:
        return (MISSING,) if answer is None else (Text("Ja" if answer else "Nej"),)

    def on_paper(self, answer: bool | None) -> Boxes:
        return Boxes((Box("true", "Ja", answer is True), Box("false", "Nej", answer is False)))
