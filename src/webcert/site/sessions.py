"""Where sessions are kept: in Django's table and in Django's way, but read and prolonged by one short statement each."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection

from webcert.vocabulary import clock

_LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
_SAVE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


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
        kept: dict[str, Any] = self.decode(found[0])
        return kept

    def save(self, must_create: bool = False) -> None:
        """Keep what has changed. Raises UpdateError when somebody else has ended the session."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        with connection.cursor() as cursor:
            cursor.execute(_SAVE, [self.encode(dict(self.items())), self.get_expiry_date(), self.session_key])
            if not cursor.rowcount:
                raise UpdateError
