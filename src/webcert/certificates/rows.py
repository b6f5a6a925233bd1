"""The two statements of every autosave, written by hand: a doctor who writes has them run every few seconds, and put together anew
by the ORM each time they cost more than all the rest of the save. Everything else is read and written through the models.
"""

from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from webcert.certificates.models import Certificate, Event


def _assigned(columns: tuple[str, ...]) -> str:
    return ", ".join(f"{column} = %s" for column in columns)


_CERTIFICATES, _EVENTS = Certificate._meta.db_table, Event._meta.db_table
_READ = tuple(field.attname for field in Certificate._meta.concrete_fields if field.attname not in ("answers", "signed_xml"))
_STORED = ("status", "summary", "sequence", "saved_at", "saved_by_id", "saved_by_name", "changed_since_opened")
_TOLD = ("certificate_id", "kind", "at", "by_id", "by_name", "detail")

_LOCK = f"SELECT {', '.join(_READ)} FROM {_CERTIFICATES} WHERE id = %s FOR UPDATE"
_STORE = f"UPDATE {_CERTIFICATES} SET {_assigned(_STORED)}, answers = %s WHERE id = %s"
_STORE_AND_TELL = f"WITH stored AS ({_STORE}) INSERT INTO {_EVENTS} ({', '.join(_TOLD)}) VALUES ({', '.join(['%s'] * len(_TOLD))})"


def lock(id: UUID) -> Certificate | None:
    """The certificate without its answers and signed bytes, which nobody else can change until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [id])
        row = cursor.fetchone()
    return Certificate.from_db(connection.alias, _READ, row) if row else None


def store(draft: Certificate, event: Event | None = None) -> None:
    """Keep what a save changes, and the event with it when there is one."""
    stored = [*(getattr(draft, column) for column in _STORED), Jsonb(draft.answers), draft.id]
    told = [getattr(event, column) for column in _TOLD] if event else []
    with connection.cursor() as cursor:
        cursor.execute(_STORE_AND_TELL if event else _STORE, stored + told)
