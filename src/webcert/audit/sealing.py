"""Sealing: entries are bound together in short batches, each seal to the one before, so that nobody can change what has happened unseen.

No request waits for it: the database queues each entry as it is written, whenever its transaction ends, and a job takes what has
gathered. Finding what is wrong is `verification.py`. Why it is done so: docs/decisions/008-the-sealed-access-log.md.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from webcert.audit.models import AuditEntry, Seal, Undelivered, Unsealed
from webcert.vocabulary import clock

BATCH = 50
"""Entries in a seal. A seal is also what is delivered at once (reference/integration/03-services-consumed.md §C4)."""

_AT_ONCE = 2000
"""Entries sealed in one transaction."""

_COLUMNS = [field.attname for field in AuditEntry._meta.concrete_fields]


def seal_waiting() -> Seal | None:
    """Seal everything that waits, in the order of time; gives the last seal made, None when nothing waited.

    One process at a time gets anywhere: the chain has room for one next seal, and whoever comes second is refused by the database.
    """
    last = None
    while made := _seal_some():
        last = made[-1]
    return last


@transaction.atomic
def _seal_some() -> Sequence[Seal]:
    queue = Unsealed.objects.values("entry_id")
    entries = list(AuditEntry.objects.filter(pk__in=queue).order_by("at", "id")[:_AT_ONCE])
    last = Seal.objects.order_by("-number").first()
    seals: list[Seal] = []
    for start in range(0, len(entries), BATCH):
        last = _next(last, entries[start : start + BATCH])
        seals.append(last)
    Seal.objects.bulk_create(seals)
    Undelivered.objects.bulk_create(Undelivered(seal=seal) for seal in seals)
    Unsealed.objects.filter(pk__in=[entry.id for entry in entries]).delete()
    return seals


def _next(last: Seal | None, entries: Sequence[AuditEntry]) -> Seal:
    seal = Seal(
        number=last.number + 1 if last else 1,
        at=clock.now(),
        entry_ids=[entry.id for entry in entries],
        entry_digests=[digest_of_entry(entry) for entry in entries],
        previous=last.digest if last else "",
    )
    seal.digest = digest_of_seal(seal, settings.SECRET_KEY)
    return seal


def digest_of_entry(entry: AuditEntry) -> str:
    """SHA-256 over all that the entry says, as 64 hexadecimal digits.

    What is empty is left out, so that a column that is added to the table some day changes no digest of today.
    """
    said = {column: _plain(getattr(entry, column)) for column in _COLUMNS}
    return hashlib.sha256(_canonical({column: text for column, text in said.items() if text})).hexdigest()


def digest_of_seal(seal: Seal, secret: str) -> str:
    """HMAC-SHA-256 over the seal's number and time, its entries and the seal before, under a key made from `secret`."""
    entries = [[str(id), digest] for id, digest in zip(seal.entry_ids, seal.entry_digests, strict=True)]
    bound = [seal.number, _plain(seal.at), seal.previous, entries]
    return salted_hmac("webcert.audit.seal", _canonical(bound), secret, algorithm="sha256").hexdigest()


def _canonical(value: Any) -> bytes:
    """JSON with one way to write each value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: str | UUID | datetime | None) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return "" if value is None else str(value)
