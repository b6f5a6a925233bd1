"""How often something has been done, counted in the database so that it holds for all processes: one statement for each request."""

import time
from collections.abc import Sequence

from django.db import connection

from webcert.monitoring.pseudonyms import pseudonym
from webcert.site.limits import Limit

_COUNT = """
    INSERT INTO site_count AS kept (key, ends, times) VALUES {rows}
    ON CONFLICT (key) DO UPDATE SET ends = excluded.ends, times = CASE WHEN kept.ends = excluded.ends THEN kept.times + 1 ELSE 1 END
    RETURNING key, times
"""
_FORGET = "DELETE FROM site_count WHERE ends < %s"


def counted(limits: Sequence[tuple[Limit, str]]) -> list[int]:
    """Count one time for each limit and the one whom it concerns; gives how many it has been in the time that runs now."""
    keys = [f"{limit.name} {pseudonym('limit', who)}" for limit, who in limits]
    values = [value for key, (limit, _) in zip(keys, limits, strict=True) for value in (key, _end(limit))]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(rows=", ".join(["(%s, %s, 1)"] * len(keys))), values)
        times: dict[str, int] = dict(cursor.fetchall())
    return [times[key] for key in keys]


def seconds_until_new(limit: Limit) -> int:
    """Seconds until the limit's time begins anew."""
    return max(1, _end(limit) - int(time.time()))


def forget() -> None:
    """Remove what has been counted in times that are over."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [int(time.time())])


def _end(limit: Limit) -> int:
    return (int(time.time()) // limit.seconds + 1) * limit.seconds
