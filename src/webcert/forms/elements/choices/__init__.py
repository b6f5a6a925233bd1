"""Several choices among many, as boxes to tick. Answer: list of codes, in the order they were ticked or received."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes, Items
from webcert.forms.context import Context
from webcert.forms.elements.options import Option, boxes, displays, labels
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.svar import Coded


@dataclass(frozen=True)
class Choices(Question):
    """`exclusive` is the code that cannot be combined with others; at most `limit` codes. With `unnumbered` a received document may
    leave the instance numbers out. `across`: short labels, side by side."""

    _: KW_ONLY
    system: str
    options: tuple[Option, ...]
    exclusive: str = ""
    limit: int
    unnumbered: bool = False
    across: bool = False

    kind: ClassVar[str] = "choices"
    empty: ClassVar[str] = "Välj minst ett alternativ."

    def decode(self, fields: Fields) -> list[str] | None:
        return [option.code for option in self.options if fields.get(f"{self.id}.{option.code}")] or None

    def encode(self, answer: list[str] | None) -> dict[str, str]:
        return {f"{self.id}.{code}": "on" for code in answer or ()}

    def check(self, answer: list[str], context: Context) -> Iterable[Problem]:
        if set(answer) - labels(self.options).keys():
            yield self.problem(Kind.INVALID_FORMAT, "Ett alternativ finns inte. Välj om.")
        if len(set(answer)) < len(answer):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Samma alternativ är valt flera gånger.")
        if self.exclusive in answer and len(answer) > 1:
            label = labels(self.options)[self.exclusive]
            yield self.problem(Kind.INCORRECT_COMBINATION, f"”{label}” kan inte kombineras med andra alternativ.")
        if len(answer) > self.limit:
            yield self.problem(Kind.INCORRECT_COMBINATION, f"Välj högst {self.limit} alternativ.")

    def fragments(self, answer: list[str], context: Context) -> Iterable[Fragment]:
        texts = displays(self.options)
        for code in answer:
            if code in texts:
                yield Fragment(self.svar, self.delsvar, Coded(code, self.system, texts[code]), code)

    def read(self, received: Received) -> list[str] | None:
        codes = labels(self.options)
        found = (received.code(svar, self.delsvar, self.system, codes) for svar in received.all(self.svar, unnumbered=self.unnumbered))
        return [code for code in found if code] or None

    def summary(self, answer: list[str] | None) -> str:
        texts = labels(self.options)
        return ", ".join(texts.get(code, code) for code in answer or ())

    def blocks(self, answer: list[str] | None) -> tuple[Block, ...]:
        texts = labels(self.options)
        return (Items(tuple(texts.get(code, code) for code in answer)),) if answer else (MISSING,)

    def on_paper(self, answer: list[str] | None) -> Boxes:
        return boxes(self.options, dict.fromkeys(answer or (), ()))
