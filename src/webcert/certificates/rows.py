"""How certificates and what happens to them are read and written where it is done all the time: by every autosave, every page."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from webcert.certificates.models import Certificate, Event, Signature
from webcert.statements import Insert, Select, Update

_BY_ID = "id = %s"

seen = Select(Certificate, _BY_ID).first
"""The certificate as it stands, or None."""

locked = Select(Certificate, f"{_BY_ID} FOR UPDATE").first
"""The certificate, which nobody else can change until the transaction ends."""

locked_for_save = Select(
    Certificate,
    f"{_BY_ID} FOR UPDATE",
    columns=(
        *("id", "type", "version", "status", "unit_id", "unit_name", "care_provider_id", "care_provider_name"),
        *("patient_id", "protected", "test_indicated", "revision", "sequence"),
        *("editor_id", "editor_name", "changed_since_opened", "created_at"),
    ),
).first
"""The same; only what a save looks at has been read."""

seen_for_holding = Select(
    Certificate,
    _BY_ID,
    columns=(
        *("id", "type", "version", "status", "unit_id", "care_provider_id"),
        *("protected", "created_at", "revision", "editor_id", "editor_name"),
    ),
).first
"""The certificate as it stands; only what is looked at when an open page asks whether it still has it."""

add_event, add_signature = Insert(Event), Insert(Signature)

_AS_READ = ("id", "status", "revision", "sequence", "created_at")

_change, _change_as_read = Update(Certificate, _BY_ID), Update(Certificate, " AND ".join(f"{column} = %s" for column in _AS_READ))

_STORED = ("status", "answers", "summary", "sequence", "saved_at", "saved_by_id", "saved_by_name", "changed_since_opened")


def change_as_read(draft: Certificate, changes: Mapping[str, Any]) -> bool:
    """Change the draft in one statement. False, and nothing is done, when somebody else has changed it since it was read."""
    if not _change_as_read(changes, *(getattr(draft, column) for column in _AS_READ)):
        return False
    for column, value in changes.items():
        setattr(draft, column, value)
    return True


def store(draft: Certificate, event: Event | None = None) -> None:
    """Keep what a save changes, and the event with it when there is one: one statement."""
    changes = {column: getattr(draft, column) for column in _STORED}
    if event is None:
        _change(changes, draft.id)
        return
    with connection.cursor() as cursor:
        said = [*_change.values(changes), draft.id, *add_event.values(event)]
        cursor.execute(f"WITH stored AS ({_change.sql(changes)}) {add_event.sql}", said)
