"""Free text that can begin with categories chosen from ICF. Answer: {"text": …, "categories": [names]}.

In the contract the categories stand before the text, under a heading; a received text is not taken apart again.
Source: reference/certificates/fk7804.md §7.3.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Text
from webcert.forms.context import Context
from webcert.forms.elements.text import TextArea
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Problem
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True)
class IcfText(Question):
    """`heading` is the line above the categories. Categories alone are no answer to a mandatory question."""

    _: KW_ONLY
    heading: str
    limit: int = 3500
    rows: int = 6

    kind: ClassVar[str] = "icf_text"

    @property
    def _area(self) -> TextArea:
        return TextArea(self.id, mandatory=self.mandatory, limit=self.limit)

    def is_answered(self, answer: Any) -> bool:
        return bool(answer and answer["text"])

    def decode(self, fields: Fields) -> dict[str, Any] | None:
        text = fields.get(self.id, "")
        categories = [name for name in fields.get(f"{self.id}.categories", "").split("\n") if name]
        return {"text": text, "categories": categories} if text or categories else None

    def encode(self, answer: dict[str, Any] | None) -> dict[str, str]:
        answer = answer or {"text": "", "categories": []}
        return {self.id: answer["text"], f"{self.id}.categories": "\n".join(answer["categories"])}

    def check(self, answer: dict[str, Any], context: Context) -> Iterable[Problem]:
        return self._area.check(answer["text"], context)

    def fragments(self, answer: dict[str, Any], context: Context) -> Iterable[Fragment]:
        if answer["text"].strip():
            yield Fragment(self.svar, self.delsvar, self.with_categories(answer))

    def with_categories(self, answer: dict[str, Any]) -> str:
        """The whole text as the contract and the reader see it."""
        if not answer["categories"]:
            return str(answer["text"])
        return f"{self.heading}\n{' - '.join(answer['categories'])}\n\n{answer['text']}"

    def read(self, received: Received) -> dict[str, Any] | None:
        text = replace(self._area, mandatory=False).read(received)
        return None if text is None else {"text": text, "categories": []}

    def blocks(self, answer: dict[str, Any] | None) -> tuple[Block, ...]:
        return (Text(self.with_categories(answer)),) if answer and answer["text"].strip() else (MISSING,)
