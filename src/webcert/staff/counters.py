"""What waits on the user's units. The rooms that have it count it, one counter for each tab; this room only adds up.

Which room counts what is said on one page, `site/wiring.py`. A counter and the list behind its tab ask the same query.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from webcert.staff.login_context import LoginContext

Numbers = Mapping[str, int]
"""Unit id → number. A unit where nothing waits may be missing."""

Counter = Callable[[LoginContext], Numbers]

_counters: dict[str, Counter] = {}


@dataclass(frozen=True, slots=True)
class Waiting:
    """Name of the tab's page → numbers on each of the user's units, of what she may see."""

    numbers: Mapping[str, Numbers] = field(default_factory=dict)

    def on(self, tab: str, units: Iterable[str]) -> int:
        """How much waits on those units together."""
        numbers = self.numbers.get(tab, {})
        return sum(numbers.get(unit, 0) for unit in units)


def wire_counters(counters: Mapping[str, Counter]) -> None:
    """Set who counts for which tab. Called once, when the product starts."""
    _counters.update(counters)


def waiting_for(login: LoginContext) -> Waiting:
    """What waits now on all units of the user. One SQL statement for each counter."""
    return Waiting({tab: count(login) for tab, count in _counters.items()})
