"""Finding what is wrong with the access log: entries that were changed, removed or slipped in, and seals that do not hold.

Only reads. Flaws name seals and entries by number and id; nobody's identity number is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.crypto import constant_time_compare

from webcert.audit.models import AuditEntry, Seal
from webcert.audit.sealing import digest_of_entry, digest_of_seal

_SEALS_AT_ONCE = 100

_STRANGERS = """
SELECT id FROM audit_auditentry
EXCEPT SELECT unnest(entry_ids) FROM audit_seal
EXCEPT SELECT entry_id FROM audit_unsealed
"""
_STRANGER = "is neither sealed nor waits to be: it was slipped in past the guards, or its seal was removed"
_LOST_BEFORE_SEALING = "SELECT entry_id FROM audit_unsealed EXCEPT SELECT id FROM audit_auditentry"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was when it was sealed; where, as far as that is known, and what."""

    text: str
    seal: int | None = None
    entry: UUID | None = None

    def __str__(self) -> str:
        places = (f"seal {self.seal}" if self.seal else "", f"entry {self.entry}" if self.entry else "")
        return ": ".join([*filter(None, places), self.text])


def flaws(noted: str = "") -> Iterator[Flaw]:
    """Everything that is wrong, in the order of the seals; nothing when the log is intact.

    Should run in a transaction that sees one moment (REPEATABLE READ), or what is sealed meanwhile looks slipped in. A chain whose end
    was cut off with all its entries is whole in itself: that shows only against a `noted` seal (`Seal.note`, as the log has it).
    """
    noted_number = int(noted.partition(":")[0] or 0)
    last: Seal | None = None
    for seals in _in_batches(Seal.objects.order_by("number").iterator(_SEALS_AT_ONCE)):
        entries = AuditEntry.objects.in_bulk([id for seal in seals for id in seal.entry_ids])
        for seal in seals:
            yield from _of_chain(seal, last)
            yield from _of_entries(seal, entries)
            if seal.number == noted_number and seal.note != noted:
                yield Flaw("is not the seal that was noted", seal.number)
            last = seal
    if noted_number > (last.number if last else 0):
        yield Flaw("is missing, as are all after it", noted_number)
    yield from (Flaw(_STRANGER, entry=id) for id in _ids(_STRANGERS))
    yield from (Flaw("was removed before it was sealed", entry=id) for id in _ids(_LOST_BEFORE_SEALING))


def _of_chain(seal: Seal, last: Seal | None) -> Iterator[Flaw]:
    expected = last.number + 1 if last else 1
    if seal.number != expected:
        yield Flaw(f"is missing, as is all up to seal {seal.number}", expected)
    elif seal.previous != (last.digest if last else ""):
        yield Flaw("does not follow the seal before it", seal.number)
    if not any(_made_with(secret, seal) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
        yield Flaw("was changed, or made with a secret key that is not given", seal.number)


def _made_with(secret: str, seal: Seal) -> bool:
    whole = len(seal.entry_ids) == len(seal.entry_digests)
    return whole and constant_time_compare(digest_of_seal(seal, secret), seal.digest)


def _of_entries(seal: Seal, entries: dict[UUID, AuditEntry]) -> Iterator[Flaw]:
    for id, digest in zip(seal.entry_ids, seal.entry_digests, strict=False):
        if id not in entries:
            yield Flaw("is missing", seal.number, id)
        elif digest_of_entry(entries[id]) != digest:
            yield Flaw("was changed", seal.number, id)


def _in_batches(seals: Iterable[Seal]) -> Iterator[Sequence[Seal]]:
    batch: list[Seal] = []
    for seal in seals:
        batch.append(seal)
        if len(batch) == _SEALS_AT_ONCE:
            yield batch
            batch = []
    yield batch


def _ids(query: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(id for (id,) in cursor.fetchall())
