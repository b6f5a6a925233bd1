"""How Django reaches PostgreSQL: the address turned into settings, and what counts as "the database is away".

Starting an embedded PostgreSQL is `postgres.py`.
"""

from typing import Any

from psycopg.conninfo import conninfo_to_dict

NOT_CHOSEN = "postgresql:///webcert"
"""Stands in when a command that needs no database (making migrations, type checks) loads the settings."""


def django_database(url: str, *, connections: int) -> dict[str, Any]:
    """`DATABASES["default"]` for the address, with a pool of at most that many connections in each process.

    A connection is looked at when a request takes it, so that a restarted database costs no request more than needed;
    when the database stays away a request waits two seconds at most before it is told so.
    """
    parts = dict(conninfo_to_dict(url))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", None) or "postgres",
        "USER": parts.pop("user", None) or "",
        "PASSWORD": parts.pop("password", None) or "",
        "HOST": parts.pop("host", None) or "",
        "PORT": str(parts.pop("port", None) or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            **parts,
            "pool": {"min_size": 1, "max_size": connections, "timeout": 2, "reconnect_timeout": 2},
        },
    }
