"""The rule that all dates share, whatever element they stand in."""

from webcert.forms.context import Context
from webcert.forms.problems import Kind
from webcert.vocabulary.dates import EARLIEST, ISO, LATEST, parse_date


def date_problem(text: str, context: Context, *, future_allowed: bool) -> tuple[Kind, str] | None:
    """What is wrong with a date as typed, or None. A received document is only asked for a real date (fk7804.md V2–V4, §8)."""
    if not text:
        return Kind.EMPTY, "Ange ett datum."
    day = parse_date(text)
    if day is None:
        wanted = "Ange ett giltigt datum." if ISO.fullmatch(text) else "Ange datum i formatet åååå-mm-dd."
        return Kind.INVALID_FORMAT, wanted
    if context.received:
        return None
    if not EARLIEST < day < LATEST:
        return Kind.INVALID_FORMAT, "Datumet ligger för långt bort i tiden."
    if day > context.today and not future_allowed:
        return Kind.OTHER, "Ange ett datum som inte ligger i framtiden."
    return None
