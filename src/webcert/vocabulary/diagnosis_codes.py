"""The diagnosis code systems that certificates know, and how their codes are written.

Nothing here knows a list's content (`code_systems`). Source: reference/decision-support.md §1.1, §1.4 and §1.5.
"""

from typing import Final

ICD_10_SE: Final = "ICD_10_SE"
KSH_97_P: Final = "KSH_97_P"

SYSTEM_NAMES: Final = {ICD_10_SE: "ICD-10-SE", KSH_97_P: "KSH97-P (Primärvård)"}
"""Code system → its name for users."""

SYSTEM_OIDS: Final = {ICD_10_SE: "1.2.752.116.1.1.1.1.3", KSH_97_P: "1.2.752.116.1.3.1.4.1"}
"""Code system → the OID that Försäkringskassan accepts."""

_FOUR_POSITIONS: Final = ("F", "Z73")


def normalise_code(text: str) -> str:
    """`text` as codes are stored and compared: upper case, without dots and white space."""
    return "".join(text.split()).replace(".", "").upper()


def needs_more_positions(code: str) -> bool:
    """Whether the code is too coarse for a certificate: F and Z73 need at least four positions (rule R9, FK 7804 V15)."""
    return len(code) < 4 and code.startswith(_FOUR_POSITIONS)
