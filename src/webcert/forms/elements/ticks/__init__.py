"""Boxes to tick that each have a delsvar of their own, such as the treatments 19.1, 19.2 and 19.3. Answer: list of ticked delsvar ids.

An option's code is its delsvar id. A box that is not ticked is left out; a document may also say that it is false.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes, Items
from webcert.forms.context import Context
from webcert.forms.elements.options import Option, boxes, labels
from webcert.forms.form import Fields, Question
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True)
class Ticks(Question):
    _: KW_ONLY
    options: tuple[Option, ...]

    kind: ClassVar[str] = "ticks"
    empty: ClassVar[str] = "Välj minst ett alternativ."

    def decode(self, fields: Fields) -> list[str] | None:
        return [option.code for option in self.options if fields.get(f"{self.id}.{option.code}")] or None

    def encode(self, answer: list[str] | None) -> dict[str, str]:
        return {f"{self.id}.{code}": "on" for code in answer or ()}

    def fragments(self, answer: list[str], context: Context) -> Iterable[Fragment]:
        return (Fragment(self.svar, option.code, "true") for option in self.options if option.code in answer)

    def read(self, received: Received) -> list[str] | None:
        svar = received.one(self.svar)
        if svar is None:
            return None
        return [option.code for option in self.options if received.flag(svar, option.code, required=False)] or None

    def blocks(self, answer: list[str] | None) -> tuple[Block, ...]:
        texts = labels(self.options)
        return (Items(tuple(texts[code] for code in texts if code in answer)),) if answer else (MISSING,)

    def on_paper(self, answer: list[str] | None) -> Boxes:
        return boxes(self.options, dict.fromkeys(answer or (), ()))
