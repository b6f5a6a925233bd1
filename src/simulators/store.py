"""What the stand-ins remember: one SQLite file.

Every change is committed before it is answered, so that killing the process loses nothing.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS mode (service TEXT PRIMARY KEY, mode TEXT NOT NULL, seconds REAL NOT NULL);
CREATE TABLE IF NOT EXISTS person (
    number TEXT PRIMARY KEY, given TEXT NOT NULL, middle TEXT NOT NULL, surname TEXT NOT NULL, care_of TEXT NOT NULL, street TEXT NOT NULL,
    postcode TEXT NOT NULL, city TEXT NOT NULL, protection TEXT NOT NULL, deceased INTEGER NOT NULL, test INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS registered (
    recipient TEXT NOT NULL, certificate_id TEXT NOT NULL, person TEXT NOT NULL, type TEXT NOT NULL, unit TEXT NOT NULL,
    received_at TEXT NOT NULL, verdict TEXT NOT NULL, deliveries INTEGER NOT NULL, different INTEGER NOT NULL, digest TEXT NOT NULL,
    message BLOB NOT NULL, PRIMARY KEY (recipient, certificate_id)
);
CREATE TABLE IF NOT EXISTS revoked (
    recipient TEXT NOT NULL, certificate_id TEXT NOT NULL, revoked_at TEXT NOT NULL, reason TEXT NOT NULL, deliveries INTEGER NOT NULL,
    message BLOB NOT NULL, PRIMARY KEY (recipient, certificate_id)
);
CREATE TABLE IF NOT EXISTS service_provider (entity_id TEXT PRIMARY KEY, metadata BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS idp_login (
    name_id TEXT PRIMARY KEY, provider TEXT NOT NULL, service_provider TEXT NOT NULL, user TEXT NOT NULL, began_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS log_entry (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, deliveries INTEGER NOT NULL, different INTEGER NOT NULL, entry BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS bankid_order (
    ref TEXT PRIMARY KEY, person TEXT NOT NULL, visible TEXT NOT NULL, hidden TEXT NOT NULL, auto_start_token TEXT NOT NULL,
    qr_start_token TEXT NOT NULL, qr_start_secret TEXT NOT NULL, created REAL NOT NULL, started INTEGER NOT NULL, status TEXT NOT NULL,
    hint TEXT NOT NULL, ended REAL, completion TEXT NOT NULL
);
"""


class Store:
    """Runs statements; each is its own transaction. Used from the event loop's thread only."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(folder / "simulators.sqlite", isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.executescript(_TABLES)

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        """What the statement gives."""
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        """The first row that the statement gives, if any."""
        row: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return row

    def change(self, statement: str, *values: Any) -> int:
        """Run and commit; the number of rows changed."""
        return self._connection.execute(statement, values).rowcount

    def change_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run once for each row, all or nothing."""
        with self._connection:
            self._connection.execute("BEGIN")
            self._connection.executemany(statement, rows)
