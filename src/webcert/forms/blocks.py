"""How an answer reads: a few kinds of block that the read view, the print and the HTML conversion know how to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; line breaks are kept."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Items:
    """A few short things, one per line."""

    items: tuple[str, ...]
    kind: str = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under column headings."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Alert:
    """What the answers call for: nobody may miss it."""

    text: str
    kind: str = "alert"


@dataclass(frozen=True, slots=True)
class Missing:
    """Nothing was answered."""

    text: str = "Ej angivet"
    kind: str = "missing"


Block = Text | Items | Table | Alert | Missing
MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick on a paper form. `values` are written beside it (a date, a period); the boxes `inside` say more of this one."""

    code: str
    label: str
    ticked: bool
    values: tuple[str, ...] = ()
    inside: tuple["Box", ...] = ()


@dataclass(frozen=True, slots=True)
class Boxes:
    """Every alternative of a question as it stands on a paper form, ticked or not."""

    boxes: tuple[Box, ...]
