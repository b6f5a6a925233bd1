"""An alternative to choose: its code, its label on the page, and its text in the contract."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """`display` is the contract's displayName; the label when it is left out."""

    code: str
    label: str
    display: str = ""

    @property
    def displayed(self) -> str:
        return self.display or self.label


def labels(options: Sequence[Option]) -> dict[str, str]:
    """Code → label."""
    return {option.code: option.label for option in options}


def displays(options: Sequence[Option]) -> dict[str, str]:
    """Code → displayName."""
    return {option.code: option.displayed for option in options}
