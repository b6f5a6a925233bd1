"""How jobs that call systems outside are tried again: what may work later, what never will, and the waits between attempts.

The jobs themselves are the `tasks.py` of the rooms.
"""

from collections.abc import Sequence

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job


class Temporary(Exception):
    """The other side did not take what was sent now, but may later. The text is for the operator and holds nothing personal."""


class Rejected(Exception):
    """The other side will never take what was sent as it is. The text is for the operator and holds nothing personal."""


class BackOff(BaseRetryStrategy):
    """Try again after anything but a rejection (also when the database went away in the middle), after each of `waits` (seconds)."""

    def __init__(self, waits: Sequence[int]) -> None:
        self.waits = waits

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Rejected) or job.attempts >= len(self.waits):
            return None
        return RetryDecision(retry_in={"seconds": self.waits[job.attempts]})
