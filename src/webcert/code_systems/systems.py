"""The diagnosis code systems that certificates know, and the shape of their codes.

Nothing here knows a list's content. Source: reference/decision-support.md §1.1, §1.4 and §1.5.
"""

import re
from dataclasses import dataclass
from typing import Final

SHORTEST_CODE_QUERY: Final = 3
"""Codes are searched from this many characters."""

_FOUR_POSITIONS: Final = ("F", "Z73")


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """One code system: `pattern` is the shape of its codes without dot; each of `landmarks` is matched by some code of every whole list.

    With `synonyms` a code that is repeated with another text gets that text as a synonym; without, it is a contradiction.
    """

    id: str
    name: str
    pattern: re.Pattern[str]
    landmarks: tuple[tuple[str, re.Pattern[str]], ...]
    synonyms: bool = False


ICD_10_SE: Final = CodeSystem(
    "ICD_10_SE",
    "ICD-10-SE",
    re.compile(r"[A-Z]\d\d\d?[0-9A-Z]?", re.ASCII),
    (
        ("three positions", re.compile(r"[A-Z]\d\d", re.ASCII)),
        ("four positions", re.compile(r"[A-Z]\d\d\d", re.ASCII)),
    ),
)
KSH_97_P: Final = CodeSystem(
    "KSH_97_P",
    "KSH97-P (Primärvård)",
    re.compile(r"[A-Z]\d\d[-\d]P?|F438A", re.ASCII),
    (("a hyphen", re.compile(r"[A-Z]\d\d-P?", re.ASCII)),),
    synonyms=True,
)
SYSTEMS: Final = {system.id: system for system in (ICD_10_SE, KSH_97_P)}


def normalise_code(text: str) -> str:
    """`text` as codes are stored and compared: upper case, without dots and white space."""
    return "".join(text.split()).replace(".", "").upper()


def needs_more_positions(code: str) -> bool:
    """Whether the code is too coarse for a certificate: F and Z73 need at least four positions (rule R9, FK 7804 V15)."""
    return len(code) < 4 and code.startswith(_FOUR_POSITIONS)
