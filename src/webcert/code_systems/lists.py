"""A code list as a whole: its entries, gathered from the rows of one or several files, and the report of what became of each row.

Pure. A list that is broken anywhere is refused whole; what an edition does once it is read is in `actions`.
Source: reference/decision-support.md §1.3 and §7.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from webcert.code_systems.formats import Malformed, Row, decode, layout_of
from webcert.code_systems.systems import CodeSystem

_CHAPTER = re.compile(r"\d\d", re.ASCII)
_BLOCK = re.compile(r"[A-Z]\d\d-[A-Z]\d\d", re.ASCII)
_SWEDISH = re.compile(r"[åäö]", re.IGNORECASE)
_FOREIGN = "outside the code pattern"

_MOST_FOREIGN = 0.05
"""Published lists hold up to one per cent of codes that no certificate can carry (`UA3290`); with more it is another system's list."""


class Refused(ValueError):
    """The list cannot be used; the message says where and why. Nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of an edition. `marker` is `*` (manifestation), `†` (aetiology) or empty; `not_main`: not meant as main diagnosis."""

    code: str
    title: str
    synonyms: tuple[str, ...] = ()
    valid_from: date | None = None
    marker: str = ""
    not_main: bool = False


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file's rows: number of rows per outcome, and line and code of the rows outside the system's code pattern."""

    name: str
    layout: str
    outcomes: Mapping[str, int]
    foreign: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Number of rows read, header and blank lines not counted."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class CodeList:
    """A whole list: its entries in code order and the report of each file."""

    entries: tuple[Entry, ...]
    files: tuple[FileReport, ...]

    @property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of what the entries say; files that say the same have the same digest."""
        return sha256("\n".join(map(repr, self.entries)).encode()).hexdigest()


@dataclass(slots=True)
class _Gathered:
    """An entry while the rows of its code are read. Synonyms are keys, so that each stands once and in order."""

    row: Row
    synonyms: dict[str, None]

    def entry(self) -> Entry:
        row = self.row
        return Entry(row.code, row.title, tuple(self.synonyms), row.valid_from, row.marker, row.not_main)


def read_list(system: CodeSystem, files: Iterable[tuple[str, bytes]]) -> CodeList:
    """The list that the files (name, content) make up together; a KSH97-P code with several texts has the first one as its title.

    Raises Refused when any file, or the list as a whole, is broken.
    """
    gathered: dict[str, _Gathered] = {}
    reports = tuple(_read_file(system, name, content, gathered) for name, content in files)
    entries = tuple(gathered[code].entry() for code in sorted(gathered))
    _require_whole(system, entries)
    return CodeList(entries, reports)


def _read_file(system: CodeSystem, name: str, content: bytes, gathered: dict[str, _Gathered]) -> FileReport:
    """Put the file's entries into `gathered`. Raises Refused."""
    layout = layout_of(content)
    outcomes: Counter[str] = Counter()
    foreign: list[str] = []
    try:
        for row in layout.rows(decode(layout, content)):
            outcome = _place(system, row, gathered)
            outcomes[outcome] += 1
            if outcome is _FOREIGN:
                foreign.append(f"line {row.line}: {row.code[:12]}")
    except Malformed as malformed:
        raise Refused(f"{name}, line {malformed.line}: {malformed}") from None
    if len(foreign) > _MOST_FOREIGN * outcomes.total():
        raise Refused(f"{name}: {len(foreign)} of {outcomes.total()} rows are no {system.name} codes, the first on {foreign[0]}")
    if not outcomes["kept"] + outcomes["repeated"] + outcomes["synonym"]:
        raise Refused(f"{name}: no {system.name} codes found")
    return FileReport(name, layout.name, outcomes, tuple(foreign))


def _place(system: CodeSystem, row: Row, gathered: dict[str, _Gathered]) -> str:
    """Put one row where it belongs and tell what became of it. Raises Malformed."""
    known = gathered.get(row.code)
    if known and row.example:
        known.synonyms[row.example] = None
    if row.continues:
        return "continuation row"
    if _CHAPTER.fullmatch(row.code):
        return "chapter"
    if _BLOCK.fullmatch(row.code):
        return "block"
    if not system.pattern.fullmatch(row.code):
        return _FOREIGN
    if not row.title:
        raise Malformed(row.line, f"code {row.code} has no title")
    if known is None:
        gathered[row.code] = _Gathered(row, {row.example: None} if row.example else {})
        return "kept"
    if row.title == known.row.title:
        return "repeated"
    if not system.synonyms:
        raise Malformed(row.line, f"code {row.code} stands twice with different titles")
    known.synonyms[row.title] = None
    return "synonym"


def _require_whole(system: CodeSystem, entries: tuple[Entry, ...]) -> None:
    """Raises Refused when the entries cannot be a whole list of the system."""
    for description, pattern in system.landmarks:
        if not any(pattern.fullmatch(entry.code) for entry in entries):
            raise Refused(f"no {system.name} code has {description}: is a file missing, or is it another system's list?")
    if not any(_SWEDISH.search(entry.title) for entry in entries):
        raise Refused("no title has å, ä or ö: the files are saved in an unknown character encoding")
