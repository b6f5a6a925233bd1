"""Periods of whole days, both ends included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from webcert.vocabulary.dates import parse_date


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `start` to `end`, both days included; `end` is never before `start`."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def overlaps_inside(self, other: "Period") -> bool:
        """Whether the two share more than a boundary day."""
        return self.start < other.end and other.start < self.end


def period_of(start: str, end: str) -> Period | None:
    """The period between two åååå-mm-dd texts, or None when one is no date or the end comes before the start."""
    first, last = parse_date(start), parse_date(end)
    return Period(first, last) if first and last and first <= last else None


def covered_days(periods: Iterable[Period]) -> int:
    """Number of different days that the periods cover; gaps and shared days are not counted twice."""
    days, reached = 0, date.min
    for period in sorted(periods):
        start = max(period.start, reached)
        if start <= period.end:
            days += (period.end - start).days + 1
            reached = period.end + timedelta(days=1)
    return days
