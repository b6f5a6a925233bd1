"""Where sessions are kept and when they end: in Django's table, read and prolonged by one short statement each.

They are kept as plain JSON: whoever could change them there could change everything else too, so a seal on each would prove nothing.

A session ends half an hour after the user's last work (`active_at`), however much its page asks by itself, and twelve hours after
it began (`began_at`) whatever she does; one that an EHR has opened also when its window is closed (`closes_at`), and one that an
identity provider has set an end to also then (`ends_at`). The times are in the session; the settings say how long.
Source: reference/login-and-signing.md §4.1.
"""

import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection

from webcert.vocabulary import clock

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_SAVE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"
_END_EXPIRED = "DELETE FROM django_session WHERE expire_date <= %s RETURNING session_data"


class SessionStore(db.SessionStore):
    """Chosen by `SESSION_ENGINE`."""

    def load(self) -> dict[str, Any]:
        """What is kept under the key; nothing when there is no such session or its time is out."""
        with connection.cursor() as cursor:
            cursor.execute(_LOAD, [self.session_key, clock.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

    def save(self, must_create: bool = False) -> None:
        """Keep what has changed. Raises UpdateError when somebody else has ended the session."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [self.encode(dict(self.items())), self.get_expiry_date(), self.session_key])
            if not cursor.rowcount:
                raise UpdateError

    def encode(self, session_dict: Mapping[str, Any]) -> str:
        """What the session holds, as the table keeps it."""
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the table keeps; nothing when it was written in another way, by a version of before."""
        try:
            kept: dict[str, Any] = json.loads(session_data)
        except ValueError:
            return {}
        return kept

    def get_expiry_date(self, **_: Any) -> datetime:
        """When the session ends if nothing more is done."""
        now = int(time.time())
        ends = [self.get("active_at", now) + settings.SESSION_COOKIE_AGE, self.get("began_at", now) + settings.SESSION_LIFETIME]
        return datetime.fromtimestamp(min(*ends, *filter(None, [self.get("closes_at"), self.get("ends_at")])), UTC)


def end_expired() -> Iterator[dict[str, Any]]:
    """Remove the sessions whose time is out, and give what was in them."""
    with connection.cursor() as cursor:
        cursor.execute(_END_EXPIRED, [clock.now()])
        expired = cursor.fetchall()
    store = SessionStore()
    return (store.decode(data) for (data,) in expired)


def end_all_of(hsa_id: str) -> int:
    """End every session of the user, also one in which she has something to accept before she is logged in; gives how many."""
    store = SessionStore()
    hers = [row.session_key for row in Session.objects.iterator() if hsa_id in _users(store.decode(row.session_data))]
    count, _ = Session.objects.filter(session_key__in=hers).delete()
    return count


def _users(kept: dict[str, Any]) -> set[str]:
    return {login["user"]["hsa_id"] for login in (kept.get("login"), kept.get("held_login")) if login}
