"""The diagnosis code systems that certificates know, and the shape of their codes.

Nothing here knows a list's content. Source: reference/decision-support.md §1.1, §1.4 and §1.5.
"""

import re
from dataclasses import dataclass
from typing import Final

from webcert.vocabulary.diagnosis_codes import ICD_10_SE as ICD_10_SE_ID
from webcert.vocabulary.diagnosis_codes import KSH_97_P as KSH_97_P_ID
from webcert.vocabulary.diagnosis_codes import SYSTEM_NAMES

SHORTEST_CODE_QUERY: Final = 3
"""Codes are searched from this many characters."""


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
    ICD_10_SE_ID,
    SYSTEM_NAMES[ICD_10_SE_ID],
    re.compile(r"[A-Z]\d\d\d?[0-9A-Z]?", re.ASCII),
    (
        ("three positions", re.compile(r"[A-Z]\d\d", re.ASCII)),
        ("four positions", re.compile(r"[A-Z]\d\d\d", re.ASCII)),
    ),
)
KSH_97_P: Final = CodeSystem(
    KSH_97_P_ID,
    SYSTEM_NAMES[KSH_97_P_ID],
    re.compile(r"[A-Z]\d\d[-\d]P?|F438A", re.ASCII),
    (("a hyphen", re.compile(r"[A-Z]\d\d-P?", re.ASCII)),),
    synonyms=True,
)
SYSTEMS: Final = {system.id: system for system in (ICD_10_SE, KSH_97_P)}
