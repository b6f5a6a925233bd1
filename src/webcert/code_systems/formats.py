"""The layouts in which code lists are published, and how each is turned into rows.

Pure: from bytes to rows. What the rows mean together is in `lists`. Source: reference/decision-support.md §1.3 and §6.1.
"""

import csv
import html
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_BOM = b"\xef\xbb\xbf"
_MARKERS = ("*", "†")
_TAG = re.compile(r"<[^>]*>")
_DAMAGE = re.compile(r"Ã[\x80-\xbf]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
"""Signs of a text that was read in another encoding than it was written in: å as Ã¥, control characters, replacement characters."""


class Malformed(ValueError):
    """The file cannot be read at `line`; the message says why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, the code without dot. A row that `continues` only adds an example to an earlier row of its code."""

    line: int
    code: str
    title: str
    example: str = ""
    valid_from: date | None = None
    marker: str = ""
    not_main: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of file is written; `rows` may raise Malformed while it is read."""

    name: str
    encoding: str
    rows: Callable[[str], Iterator[Row]]


def layout_of(content: bytes) -> Layout:
    """The layout of a file, told by its first line and never by its name."""
    first = content.removeprefix(_BOM).partition(b"\n")[0]
    if first.startswith(b'"Kod"\t'):
        return _OFFICIAL
    return _COLUMNS if b"\t" in first else _FIXED


def decode(layout: Layout, content: bytes) -> str:
    """The file's text in composed Unicode. Raises Malformed when its characters are not written in the layout's encoding."""
    try:
        text = content.removeprefix(_BOM).decode(layout.encoding)
    except UnicodeDecodeError as error:
        raise Malformed(content.count(b"\n", 0, error.start) + 1, f"wrong character encoding, expected {layout.encoding}") from None
    if damage := _DAMAGE.search(text):
        raise Malformed(text.count("\n", 0, damage.start()) + 1, "damaged characters; the file was saved in the wrong character encoding")
    return unicodedata.normalize("NFC", text)


def _official_rows(text: str) -> Iterator[Row]:
    """Rows of the official `icd-10-se.tsv`: quoted cells under named columns, a quote inside a cell escaped by a backslash."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", escapechar="\\", doublequote=False, strict=True)
    try:
        header = next(reader)
        code, since, title, example, marker, not_main = (_position(header, name) for name in _OFFICIAL_COLUMNS)
        for cells in reader:
            if len(cells) != len(header):
                raise Malformed(reader.line_num, f"{len(cells)} columns instead of {len(header)}")
            yield Row(
                line=reader.line_num,
                code=cells[code].strip().replace(".", ""),
                title=_plain(cells[title]),
                example=_plain(cells[example]),
                valid_from=_date(cells[since].strip(), reader.line_num),
                marker=cells[marker] if cells[marker] in _MARKERS else "",
                not_main=bool(cells[not_main].strip()),
                continues=not cells[since].strip(),
            )
    except csv.Error as error:
        raise Malformed(reader.line_num, f"a cell cannot be read, or the file ends too early ({error})") from None


def _column_rows(text: str) -> Iterator[Row]:
    """Rows of `digitN.txt` (code, marker, title) and of our starter lists (code, title), separated by tabs."""
    width = 0
    for number, line in _lines(text):
        cells = [" ".join(cell.split()) for cell in line.split("\t")]
        width = width or len(cells)
        if len(cells) != width or width not in (2, 3):
            raise Malformed(number, f"{len(cells)} columns; every row has code and title, or code, marker and title")
        marker = cells[1] if width == 3 else ""
        if marker and marker not in _MARKERS:
            raise Malformed(number, f"unknown marker {marker[:12]!r}")
        yield Row(number, cells[0], cells[-1], marker=marker)


def _fixed_rows(text: str) -> Iterator[Row]:
    """Rows of the `.ANS` lists: the code left-justified in seven columns, the title after them."""
    if text and not text.endswith("\n"):
        raise Malformed(text.count("\n") + 1, "the file ends in the middle of a row")
    for number, line in _lines(text):
        yield Row(number, line[:7].strip(), " ".join(line[7:].split()))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers."""
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


_OFFICIAL_COLUMNS = ("Kod", "Giltig från", "Titel", "Exempel", "Manifestation(*)/Etiologi(†)", "Ej huvuddiagnos")
_OFFICIAL = Layout("official TSV", "utf-8", _official_rows)
_COLUMNS = Layout("columns", "utf-8", _column_rows)
_FIXED = Layout("ANS", "cp1252", _fixed_rows)  # published as ISO-8859-1, but the 2019 dashes and daggers are those of Windows-1252


def _position(header: list[str], name: str) -> int:
    if name not in header:
        raise Malformed(1, f"the column “{name}” is missing")
    return header.index(name)


def _plain(cell: str) -> str:
    """The text of a cell that may hold HTML fragments."""
    return " ".join(html.unescape(_TAG.sub(" ", cell)).split())


def _date(text: str, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Malformed(line, f"{text[:12]!r} is no date") from None
