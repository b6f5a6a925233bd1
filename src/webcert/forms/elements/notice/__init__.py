"""A message in the form, shown while its condition holds. It has no answer.

What it warns of is told to whoever reads the certificate, too; what it only informs of is for the writer.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from webcert.forms.blocks import Alert, Block
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True)
class Notice(Question):
    """`text` is the recipient's own; `warns`: it tells of something that must be done, else it only informs."""

    label: str = "Observera"
    _: KW_ONLY
    shown_when_empty: bool = False
    text: str
    warns: bool = False

    kind: ClassVar[str] = "notice"

    def is_answered(self, answer: None) -> bool:
        """Whether there is something to read: advice is for the writer alone."""
        return self.warns

    def decode(self, fields: Fields) -> None:
        return None

    def encode(self, answer: None) -> dict[str, str]:
        return {}

    def fragments(self, answer: None, context: Context) -> Iterable[Fragment]:
        return ()

    def read(self, received: Received) -> None:
        return None

    def blocks(self, answer: None) -> tuple[Block, ...]:
        return (Alert(self.text),)
