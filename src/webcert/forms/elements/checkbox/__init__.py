"""One box to tick. Answer: True or False."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Box, Boxes, Text
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True)
class Checkbox(Question):
    """`label` is the heading (may be empty), `instruction` the text beside the box. With `silent` an unticked box is left out of the
    document, which else says that it is false."""

    _: KW_ONLY
    silent: bool = False

    kind: ClassVar[str] = "checkbox"

    def decode(self, fields: Fields) -> bool:
        return bool(fields.get(self.id))

    def encode(self, answer: bool) -> dict[str, str]:
        return {self.id: "on"} if answer else {}

    def fragments(self, answer: bool, context: Context) -> Iterable[Fragment]:
        if answer or not self.silent:
            yield Fragment(self.svar, self.delsvar, "true" if answer else "false")

    def read(self, received: Received) -> bool | None:
        svar = received.one(self.svar)
        return received.flag(svar, self.delsvar, required=self.id == self.svar) if svar else None

    def blocks(self, answer: bool | None) -> tuple[Block, ...]:
        return (Text("Ja"),) if answer else (MISSING,)

    def on_paper(self, answer: bool | None) -> Boxes:
        return Boxes((Box("true", self.instruction or self.label, bool(answer)),))
