"""An alternative to choose: its code, its label on the page, and its text in the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webcert.forms.blocks import Box, Boxes


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


def boxes(options: Sequence[Option], chosen: Mapping[str, tuple[str, ...]]) -> Boxes:
    """A box for each option, with those in `chosen` (code → values beside it) ticked. A code that is no option gets its own box last."""
    texts = labels(options) | {code: code for code in chosen if code not in labels(options)}
    return Boxes(tuple(Box(code, text, code in chosen, chosen.get(code, ())) for code, text in texts.items()))
