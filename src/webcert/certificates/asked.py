"""What the address of a list asks for: filter, order and page. Nothing in it tells of a patient, nor who has saved.

It is read from the query string and written back to it, so that the way back from a certificate leads to the same list.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from typing import Any

from webcert.forms.problems import Kind, Problem
from webcert.vocabulary import clock

LATEST_FIRST = "sparat"
"""The column that is turned with the latest on top first; the others begin with A."""

FORWARDED = (("ja", "Vidarebefordrade"), ("nej", "Ej vidarebefordrade"))
STATES = (("saknas", "Uppgifter saknas"), ("klara", "Kan signeras"), ("lasta", "Låsta"))
SIZES = (10, 25, 50, 100)
DRAFT_COLUMNS = ("typ", "status", "sparat", "patient", "sparat-av", "vidarebefordrad")

VIEWS = (
    ("aktuella", "Aktuella intyg"),
    ("tidigare", "Ersatta, makulerade, låsta och kompletterade intyg"),
    ("alla", "Alla intyg"),
)
CERTIFICATE_COLUMNS = ("typ", "status", "sparat", "sparat-av")


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted. In an address "-" before the column turns it."""

    column: str = LATEST_FIRST
    descending: bool = True

    @classmethod
    def parse(cls, text: str, columns: Collection[str]) -> "Order":
        """The order that the text asks for; the latest first when it asks for none of the columns."""
        column = text.removeprefix("-")
        return cls(column, text.startswith("-")) if column in columns else cls()

    def __str__(self) -> str:
        return f"{'-' if self.descending else ''}{self.column}"

    def turned(self, column: str) -> "Order":
        """The order after a press on the column's heading."""
        return Order(column, not self.descending if column == self.column else column == LATEST_FIRST)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is asked of "Ej signerade utkast" (reference/ui.md §4.4). Unknown values ask for nothing; dates are kept as they were typed."""

    forwarded: str = field(default="", metadata={"name": "vidarebefordrat"})
    state: str = field(default="", metadata={"name": "utkast"})
    saved_by: str = field(default="", metadata={"name": "sparat-av"})
    first: str = field(default="", metadata={"name": "fran"})
    last: str = field(default="", metadata={"name": "till"})
    order: Order = field(default_factory=Order, metadata={"name": "sortering"})
    size: int = field(default=SIZES[0], metadata={"name": "antal"})
    page: int = field(default=1, metadata={"name": "sida"})

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> "Drafts":
        """What the query string asks for."""
        size, page = query.get("antal", ""), query.get("sida", "")
        return cls(
            forwarded=_known(query.get("vidarebefordrat", ""), FORWARDED),
            state=_known(query.get("utkast", ""), STATES),
            saved_by=query.get("sparat-av", "")[:40],
            first=query.get("fran", "").strip()[:20],
            last=query.get("till", "").strip()[:20],
            order=Order.parse(query.get("sortering", ""), DRAFT_COLUMNS),
            size=int(size) if size in map(str, SIZES) else SIZES[0],
            page=int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 7 else 1,
        )

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string of the same list with the changes; what is as usual is left out. Another order or size begins at page one."""
        changed = replace(self, page=1, **changes) if "page" not in changes else replace(self, **changes)
        fields = type(self).__dataclass_fields__
        values = {spec.metadata["name"]: str(getattr(changed, name)) for name, spec in fields.items()}
        usual = {spec.metadata["name"]: str(getattr(Drafts(), name)) for name, spec in fields.items()}
        return {name: value for name, value in values.items() if value != usual[name]}

    @property
    def narrows(self) -> bool:
        """Whether anything is filtered away."""
        return bool(self.forwarded or self.state or self.saved_by or self.first or self.last)

    @property
    def problems(self) -> dict[str, Problem]:
        """What is wrong with the dates, by field. A date that is wrong filters nothing away."""
        found = {name: problem for name, text in (("fran", self.first), ("till", self.last)) if (problem := _date_problem(name, text))}
        if not found and self.first and self.last and self.last < self.first:
            found["till"] = _problem("till", "Till-datumet är före från-datumet.")
        return found

    @property
    def period(self) -> tuple[datetime | None, datetime | None]:
        """From the beginning of the first day until, not including, the day after the last."""
        if self.problems:
            return None, None
        first, last = _date_of(self.first), _date_of(self.last)
        return _midnight(first) if first else None, _midnight(last + timedelta(days=1)) if last else None


def saver_key(hsa_id: str) -> str:
    """What stands in the address for somebody who has saved drafts: it picks out one of the unit's few and tells nothing by itself."""
    return blake2b(hsa_id.encode(), digest_size=6).hexdigest()


def view_of(query: Mapping[str, str]) -> str:
    """Which of the patient's certificates the query string asks for."""
    return _known(query.get("visa", ""), VIEWS) or VIEWS[0][0]


def _known(value: str, choices: Collection[tuple[str, str]]) -> str:
    return value if value in dict(choices) else ""


def _date_problem(name: str, text: str) -> Problem | None:
    day = _date_of(text)
    if text and day is None:
        return _problem(name, "Skriv datumet som åååå-mm-dd, till exempel 2026-11-21.")
    if day and day > clock.today():
        return _problem(name, "Datumet får inte vara senare än i dag.")
    return None


def _problem(name: str, text: str) -> Problem:
    return Problem(name, name, Kind.INVALID_FORMAT, text)


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-21") else None
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.SWEDEN)
