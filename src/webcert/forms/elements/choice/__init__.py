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


@dataclass(frozen=True, slots=True)
class Unsent:
    """The alternative that has no code in the code system: it is left out, and a document with the delsvar `told_by` instead means it."""

    code: str
    told_by: str


@dataclass(frozen=True)
class Choice(Question):
    """`system` is the code system. A drop-down shows `placeholder` first; with `beside` it stands in that question's `beside_option`.
    `columns`: the radio buttons stand in two columns."""

    _: KW_ONLY
    system: str
    options: tuple[Option, ...]
    dropdown: bool = False
    placeholder: str = ""
    beside_option: str = ""
    columns: bool = False
    unsent: Unsent | None = None

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
        if answer in (texts := displays(self.options)) and not (self.unsent and answer == self.unsent.code):
            yield Fragment(self.svar, self.delsvar, Coded(answer, self.system, texts[answer]))

    def read(self, received: Received) -> str | None:
        svar = received.one(self.svar)
        if svar is None:
            return None
        instead = self.unsent is not None and any(delsvar == self.unsent.told_by for delsvar, _ in svar.parts)
        codes = labels(self.options)
        code = received.code(svar, self.delsvar, self.system, codes, required=self.id == self.svar and not instead)
        return self.unsent.code if self.unsent and instead and code is None else code

    def blocks(self, answer: str | None) -> tuple[Block, ...]:
        return (Text(labels(self.options).get(answer, answer)),) if answer else (MISSING,)

    def on_paper(self, answer: str | None) -> Boxes:
        return boxes(self.options, {answer: ()} if answer else {})
