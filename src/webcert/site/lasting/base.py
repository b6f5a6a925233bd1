"""Each thread keeps its connection from request to request, so that a request neither fetches one from a pool nor asks whether it works.

Django looks for the module under this name.
"""

import select
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

PATIENCE = 2.0
"""Seconds that a request waits for a database that does not answer before it is told so: one that starts anew is there before."""

_PAUSE = 0.1


class DatabaseWrapper(base.DatabaseWrapper):
    """Chosen by `ENGINE`. Health checks look at the connection once in each request."""

    def is_usable(self) -> bool:
        """Whether the connection works. One that rests does, without being asked: a database that goes away is heard."""
        return self._rests() or super().is_usable()

    def _rests(self) -> bool:
        if self.connection.pgconn.transaction_status != TransactionStatus.IDLE:
            return False
        heard = select.poll()
        heard.register(self.connection, select.POLLIN)
        return not heard.poll(0)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A new connection, as soon as the database gives one."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return super().get_new_connection(conn_params)
            except OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
