"""What can be wrong with an answer, said in Swedish to the one who wrote it."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of problem (reference/certificates/fk7804.md §6). EMPTY is told on request, the others at once.

    All stop signing but WARNING, which only asks the writer to think again (reference/ui.md §3.3)."""

    EMPTY = "EMPTY"
    INVALID_FORMAT = "INVALID_FORMAT"
    INCORRECT_COMBINATION = "INCORRECT_COMBINATION"
    PERIOD_OVERLAP = "PERIOD_OVERLAP"
    OTHER = "OTHER"
    WARNING = "WARNING"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the question, the field within it (the input's name), the kind, and a text for the user."""

    question: str
    field: str
    kind: Kind
    text: str

    @property
    def blocks(self) -> bool:
        """Whether the draft cannot be signed because of it."""
        return self.kind is not Kind.WARNING
