"""The one clock. All time in Webcert is asked for here, so that tests can move it (with time-machine)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in Sweden."""
    return datetime.now(SWEDEN).date()
