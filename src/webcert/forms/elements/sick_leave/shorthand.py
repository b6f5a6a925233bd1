"""The shorthand for an end date: `d90`, `90d`, `v2`, `2v`, `m3`. Source: reference/certificates/fk7804.md §5.2, manual S 6.7."""

import re
from datetime import date, timedelta

_DAYS = {"d": 1, "v": 7, "m": 31}
_SHORTHAND = re.compile(r"([dv])(\d{1,3})|(\d{1,3})([dv])|(m)(\d{1,2})|(\d{1,2})(m)", re.IGNORECASE | re.ASCII)


def days_of(typed: str) -> int | None:
    """The number of days that the shorthand names, or None when it is none. A month is always 31 days; zero is no period."""
    match = _SHORTHAND.fullmatch(typed.strip())
    if not match:
        return None
    unit, number = sorted((part for part in match.groups() if part), key=str.isdigit)
    return int(number) * _DAYS[unit.lower()] or None


def end_of(start: date, typed: str) -> date | None:
    """The last day of the period of that length from `start`, which counts as its first day."""
    days = days_of(typed)
    try:
        return start + timedelta(days=days - 1) if days else None
    except OverflowError:
        return None
