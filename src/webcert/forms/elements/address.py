"""What the addresses in a form share: lines of text, each with a label, a limit, and what is said when it is missing.

An address travels in the document's head, not as svar. Source: reference/certificates/fk7804.md V43–V45, tstrk1007.md §4.3.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Items
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received

POSTCODE = re.compile(r"\d{3} ?\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the address: its label, its longest text, and what is said when it is missing."""

    label: str
    limit: int
    missing: str


@dataclass(frozen=True)
class Address(Question):
    """Answer: part → text, with exactly the parts of `lines`."""

    lines: ClassVar[dict[str, Line]]

    def is_answered(self, answer: Any) -> bool:
        return True

    def decode(self, fields: Fields) -> dict[str, str]:
        return {part: fields.get(f"{self.id}.{part}", "") for part in self.lines}

    def encode(self, answer: dict[str, str] | None) -> dict[str, str]:
        return {f"{self.id}.{part}": (answer or {}).get(part, "") for part in self.lines}

    def check(self, answer: dict[str, str] | None, context: Context) -> Iterable[Problem]:
        for part, line in self.lines.items():
            text = (answer or {}).get(part, "")
            if not text.strip():
                yield self.problem(Kind.EMPTY, line.missing, part)
            elif part == "postcode" and not POSTCODE.fullmatch(text.strip()):
                yield self.problem(Kind.INVALID_FORMAT, "Ange postnummer med fem siffror.", part)
            elif len(text) > line.limit:
                yield self.problem(Kind.OTHER, f"Högst {line.limit} tecken får plats.", part)

    def fragments(self, answer: dict[str, str], context: Context) -> Iterable[Fragment]:
        return ()

    def read(self, received: Received) -> None:
        return None

    def blocks(self, answer: dict[str, str] | None) -> tuple[Block, ...]:
        if not answer:
            return (MISSING,)
        phone = (f"Telefon {answer['phone']}",) if "phone" in answer else ()
        return (Items((answer["address"], f"{answer['postcode']} {answer['town']}", *phone)),)
