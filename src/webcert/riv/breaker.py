"""A circuit breaker: after several failures in a row a service is left alone for a while, so that nobody waits for it in vain."""

import threading
import time


class CircuitBreaker:
    """Closed while calls succeed. Opens after `failures` in a row; after `rest` seconds one call may try.

    That call closes it again or opens it for another rest. Safe to share between threads.
    """

    def __init__(self, *, failures: int = 5, rest: float = 15.0) -> None:
        self._allowed = failures
        self._rest = rest
        self._failed = 0
        self._opened_at = 0.0
        self._lock = threading.Lock()

    def may_call(self) -> bool:
        """Whether a call may be made now. After the rest this is true for one caller only, until it has told how it went."""
        with self._lock:
            if self._failed < self._allowed:
                return True
            if time.monotonic() - self._opened_at < self._rest:
                return False
            self._opened_at = time.monotonic()
            return True

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """The service did not answer, or not with anything that can be read."""
        with self._lock:
            self._failed += 1
            self._opened_at = time.monotonic()
