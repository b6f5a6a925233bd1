"""What an evaluation needs to know about the world: the day, the diagnosis code register, and where the answers come from."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class CodeRegister(Protocol):
    """The diagnosis code lists. `system` is ICD_10_SE or KSH_97_P; codes are upper case without dot."""

    def knows(self, system: str, code: str) -> bool:
        """Whether the code stands in the list in force."""

    def title(self, system: str, code: str) -> str | None:
        """The official title of the code, or None when it is unknown."""


@dataclass(frozen=True, slots=True)
class Context:
    """`received` is True for a document that somebody else has written: then nothing is hidden, contradictions are told,
    and rules that only make sense while writing (future dates, code register, lengths, unit address) rest.
    `born` is the patient's day of birth; None when it is not known."""

    today: date
    codes: CodeRegister
    received: bool = False
    born: date | None = None
