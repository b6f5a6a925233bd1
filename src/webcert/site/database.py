"""How PostgreSQL is found and reached: the given one or the embedded one, and its address turned into Django's settings.

Running an embedded server is `postgres.py`.
"""

import contextlib
import fcntl
from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from webcert.site.configuration import Configuration, ConfigurationError
from webcert.site.postgres import Server, answers

NOT_CHOSEN = "postgresql:///webcert"
"""Stands in when a command that needs no database (making migrations, type checks) loads the settings."""

OLDEST_VERSION = 14


def embedded(configuration: Configuration) -> Server:
    """The server whose files are in the data folder; it may run or not."""
    return Server(configuration.data_folder / "postgres")


@contextlib.contextmanager
def found(configuration: Configuration) -> Iterator[str]:
    """The address of a database that answers: the given one, the embedded one if it runs, else an embedded one for this `with` block.

    Raises ConfigurationError with one line when there is none.
    """
    if configuration.database_url:
        require(configuration.database_url)
        yield configuration.database_url
        return
    server = embedded(configuration)
    if answers(server.url):
        yield server.url
        return
    with owned(configuration), server.running() as url:
        yield url


@contextlib.contextmanager
def owned(configuration: Configuration) -> Iterator[None]:
    """Hold the data folder, so that no two programs start processes in it. Raises ConfigurationError when another one holds it."""
    with (configuration.run_folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(f"Webcert already runs in the data folder {configuration.data_folder}") from None
        yield


def require(url: str) -> None:
    """Raises ConfigurationError when no database answers there, or one that is too old."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            version = connection.info.server_version // 10000
    except psycopg.OperationalError as error:
        raise ConfigurationError(f"DATABASE_URL: the database does not answer ({' '.join(str(error).split())})") from None
    if version < OLDEST_VERSION:
        raise ConfigurationError(f"DATABASE_URL: PostgreSQL {version} is too old; {OLDEST_VERSION} or later is needed")


def django_database(url: str) -> dict[str, Any]:
    """`DATABASES["default"]` for the address, with one connection for each thread that asks, which lasts (`lasting/`).

    A connection is looked at when a request begins, so that a restarted database costs no more requests than needed. Statements that come
    again are prepared, which halves what they cost; a pooler in front of the database must therefore keep sessions apart, as the job
    queue demands too.
    """
    parts = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "webcert.site.lasting",
        "NAME": parts.pop("dbname", None) or "postgres",
        "USER": parts.pop("user", None) or "",
        "PASSWORD": parts.pop("password", None) or "",
        "HOST": parts.pop("host", None) or "",
        "PORT": str(parts.pop("port", None) or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 5,
            **parts,
        },
    }
