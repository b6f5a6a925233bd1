"""One choice among several, as radio buttons or as a drop-down. Answer: the code."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes, Text
from webcert.forms.context import Context
from webcert.forms.elements.options import Option, boxes, displays, labels
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.svar import Coded


@dataclass(frozen=True)
class Choice(Question):
    """`system` is the code system. A drop-down shows `placeholder` first; with `beside` it stands in that question's `beside_option`."""

    _: KW_ONLY
    system: str
    options: tuple[Option, ...]
    dropdown: bool = False
    placeholder: str = ""
    beside_option: str = ""

    kind: ClassVar[str] = "choice"
    empty: ClassVar[str] = "Välj ett alternativ."

    def decode(self, fields: Fields) -> str | None:
        return fields.get(self.id) or None

    def encode(self, answer: str | None) -> dict[str, str]:
        return {self.id: answer or ""}

    def check(self, answer: str, context: Context) -> Iterable[Problem]:
        if answer not in labels(self.options):
            yield self.problem(Kind.INVALID_FORMAT, "Alternativet finns inte. Välj ett annat.")

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        if answer in (texts := displays(self.options)):
            yield Fragment(self.svar, self.delsvar, Coded(answer, self.system, texts[answer]))

    def read(self, received: Received) -> str | None:
        svar = received.one(self.svar)
        codes = labels(self.options)
        return received.code(svar, self.delsvar, self.system, codes, required=self.id == self.svar) if svar else None

    def blocks(self, answer: str | None) -> tuple[Block, ...]:
        return (Text(labels(self.options).get(answer, answer)),) if answer else (MISSING,)

    def on_paper(self, answer: str | None) -> Boxes:
        return boxes(self.options, {answer: ()} if answer else {})
