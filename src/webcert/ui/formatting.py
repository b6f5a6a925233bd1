"""How values are written for a Swedish reader: dates, times, identity numbers and decimals. Filters for templates, usable from Python.

Meaning is not judged here: what cannot be formatted is a programming error, not a user's.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def swedish_date(day: date) -> str:
    """2026-11-21. A moment is written with the day that it was in Sweden."""
    return (_in_sweden(day) if isinstance(day, datetime) else day).strftime("%Y-%m-%d")


def swedish_datetime(moment: datetime) -> str:
    """2026-11-21 10:31, Swedish time."""
    return _in_sweden(moment).strftime("%Y-%m-%d %H:%M")


def swedish_time(moment: datetime) -> str:
    """10:31, Swedish time."""
    return _in_sweden(moment).strftime("%H:%M")


def person_number(digits: str) -> str:
    """191212121212 becomes 19121212-1212; what is not twelve characters (reserve numbers of other forms) is left as it is."""
    return f"{digits[:8]}-{digits[8:]}" if len(digits) == 12 else digits


def decimal(number: Decimal | float, decimals: int = 2) -> str:
    """30.0 becomes 30,00; thousands are parted by a no-break space."""
    return f"{number:,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")


def in_id(name: str) -> str:
    """The name of a field or a question as the ids of the page write it: 32.motivering becomes 32-motivering."""
    return name.replace(".", "-")


def _in_sweden(moment: datetime) -> datetime:
    return moment.astimezone(STOCKHOLM)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": swedish_date,
    "datetime": swedish_datetime,
    "time": swedish_time,
    "person_number": person_number,
    "decimal": decimal,
    "in_id": in_id,
}
