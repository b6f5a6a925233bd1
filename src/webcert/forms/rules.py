"""What is wrong with an answer beside other answers, as a value in the declaration: a condition, and what is said when it holds."""

from dataclasses import dataclass

from webcert.forms.conditions import WRITING, Condition
from webcert.forms.problems import Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """Asked only when the answer is right in itself. `broken` may look at any question, also later ones."""

    broken: Condition
    text: str
    kind: Kind = Kind.INCORRECT_COMBINATION
    part: str = ""
    """The part of the question where it is told; the question as a whole when left out."""


def warning(when: Condition, text: str, part: str = "") -> Rule:
    """Asks the writer to think again; stops nothing (docs/decisions/010)."""
    return Rule(WRITING & when, text, Kind.WARNING, part)
