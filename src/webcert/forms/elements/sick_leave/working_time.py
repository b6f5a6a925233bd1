"""What a degree of sick leave means in working hours. Source: reference/certificates/fk7804.md §5.4, manual S 6.8."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from webcert.vocabulary.periods import Period, covered_days

MOST_HOURS = 168


def parse_hours(typed: str) -> Decimal | None:
    """Hours a week as typed, with comma or point; None unless it is a number from 0 to 168."""
    try:
        hours = Decimal(typed.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return hours if hours.is_finite() and 0 <= hours <= MOST_HOURS else None


def remaining_hours(hours: Decimal, percent: int) -> Decimal:
    """Hours a week that remain when `percent` of the working time falls away, rounded half up to hundredths."""
    return (hours * (100 - percent) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def hours_sentence(hours: Decimal, percent: int, days: int) -> str:
    """The line under a row, such as "Arbetstid: 30,00 timmar/vecka i 20 dagar."."""
    remaining = str(remaining_hours(hours, percent)).replace(".", ",")
    return f"Arbetstid: {remaining} timmar/vecka i {_days(days)}."


def total_sentence(periods: Iterable[Period]) -> str:
    """The line under all rows with the number of days that they cover together; empty when there are none."""
    days = covered_days(periods)
    return f"Intyget motsvarar en period på {_days(days)}." if days else ""


def _days(days: int) -> str:
    return "1 dag" if days == 1 else f"{days} dagar"
