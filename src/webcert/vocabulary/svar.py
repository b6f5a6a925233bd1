"""An answer as the RIV-TA contracts carry it: svar with delsvar.

Forms give and take these; `riv.intyg` turns them into XML and back. Neither knows the other.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded value (CV): code, code system and the text that belongs to the code."""

    code: str
    system: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class PeriodText:
    """A date period as it is written in a contract; the texts need not be real dates."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date that may lack day or month, as it is written in a contract: YYYY, YYYY-MM or YYYY-MM-DD, and the text in that form."""

    format: str
    value: str


@dataclass(frozen=True, slots=True)
class Odd:
    """A delsvar whose content is none of the datatypes that we write."""

    datatype: str


Value = str | Coded | PeriodText | PartialDate | Odd


@dataclass(frozen=True, slots=True)
class Svar:
    """One svar: its id, its instance number when the answer is repeated (0 when it is unreadable), and its delsvar in order."""

    id: str
    parts: tuple[tuple[str, Value], ...]
    instance: int | None = None
