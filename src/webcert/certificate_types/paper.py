"""How a recipient wants a certificate on paper: a form of pages and numbered frames, declared as data beside the questions.

Heights are millimetres of the frame's part, its label included. Words that are not given here are the questions' own.
`printing/` fills in the form and draws it; it knows no type. Source: reference/certificates/fk7804.md §12, fk-common.md §16.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from webcert.forms.conditions import Condition


@dataclass(frozen=True, slots=True)
class Written:
    """The answer as text, under its label. What has no room goes on at the continuation sheet.

    Line breaks become blanks unless `keeps_lines`. `beside`: the label stands to the left of the text.
    """

    question: str
    height: float
    keeps_lines: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Ticked:
    """All alternatives with a box each, in `columns` beside each other. `values` are the headings of what is written beside the boxes.

    `words`: the paper's own words for an alternative, by code. `backwards`: in the other order than on the screen.
    """

    question: str
    values: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    backwards: bool = False
    columns: int = 1
    row: float = 7


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """Diagnoses: the text, and the code with one character in each of its `cells`."""

    question: str
    rows: int = 3
    cells: int = 5
    row: float = 9


@dataclass(frozen=True, slots=True)
class Listed:
    """A table; the last column has a line of its own below the others. `to_tick` is for the pen: a heading, and words with a box each."""

    question: str
    rows: int = 3
    row: float = 9
    to_tick: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """One row about the signature: label → what is written there (a name in `printing.filled.SIGNATURE`)."""

    height: float
    parts: Mapping[str, str]


Part = Written | Ticked | Diagnosed | Listed | Signed


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame with a heading. An empty title stands for the label of its first question; a frame with None has no heading."""

    number: str
    title: str | None
    parts: tuple[Part, ...]


def frame(number: str, title: str | None, *parts: Part) -> Frame:
    """A frame with its parts from top to bottom."""
    return Frame(number, title, parts)


def goes_on(*parts: Part) -> Frame:
    """A frame without heading, such as one that goes on from the page before."""
    return Frame("", None, parts)


Page = tuple[Frame, ...]


@dataclass(frozen=True)
class PaperForm:
    """`approved` and `agreed` stand along the left edge, after the form id; `scan_id` around the page number there, as (before, after).

    `reminders` stand under the recipient's name on the first page; `send_to` is the address for a form on paper. With `introduced` the
    first page tells what the certificate is for. Words may be `Wording`, by text version.
    """

    title: tuple[str, str]
    scan_id: tuple[str, str]
    approved: str
    agreed: str
    send_to: tuple[str, ...]
    pages: tuple[Page, ...]
    reminders: tuple[str, ...] = ()
    introduced: bool = False

    @property
    def parts(self) -> Iterator[Part]:
        """All parts, in order."""
        return (part for page in self.pages for frame in page for part in frame.parts)


@dataclass(frozen=True, slots=True)
class AsRead:
    """The certificate as it is read, with what the recipient wants around it: its name and the code on every page, the form id along the
    left edge, and a last page about what the certificate is for and how it is sent (`sending`).

    `code` may say {version}. `whole_since`: from that text version on also the questions stand there that other answers hide.
    Source: reference/certificates/tstrk1007.md §8, tstrk1031.md §6.
    """

    code: str
    sending: str
    whole_since: str = ""


@dataclass(frozen=True)
class Minimal:
    """What an employer may see of a certificate: a whitelist. Of the questions in `only`, just these alternatives.

    `refused` says when there is no minimal print; `holds` tells the user what it holds. Source: manual S 5.6.3, table 4;
    reference/certificates/fk7804.md §12.4.
    """

    questions: tuple[str, ...]
    only: Mapping[str, frozenset[str]]
    refused: Condition
    holds: tuple[str, ...]
