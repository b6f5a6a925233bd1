"""A heading over the questions that follow, for what is said about them together. It has no answer of its own."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True)
class Heading(Question):
    """`mandatory` says when the questions under it lack something, and `missing` what is said then. It is written, never read."""

    _: KW_ONLY
    missing: str = ""
    shown_when_empty: bool = False

    kind: ClassVar[str] = "heading"

    def lacking(self) -> Problem:
        return self.problem(Kind.EMPTY, self.missing)

    def decode(self, fields: Fields) -> None:
        return None

    def encode(self, answer: None) -> dict[str, str]:
        return {}

    def fragments(self, answer: None, context: Context) -> Iterable[Fragment]:
        return ()

    def read(self, received: Received) -> None:
        return None
