"""What the database holds at a moment, read past the product: certificates, their history, the access log and the queue of deliveries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from webcert.certificates.models import Certificate

Row = Mapping[str, Any]

_HEAVY = {"answers": "answers::text", "signed_xml": "md5(signed_xml)"}
_NAMES = [*(field.attname for field in Certificate._meta.concrete_fields), "signature"]
_CERTIFICATES = f"""
SELECT {", ".join(_HEAVY.get(name, name) for name in _NAMES[:-1])}, s.made_at AS signature FROM certificates_certificate
LEFT JOIN certificates_signature s ON s.certificate_id = certificates_certificate.id
"""
_EVENTS = "SELECT id, certificate_id, kind, by_id FROM certificates_event"
_LOG = "SELECT certificate_id, activity, patient_id, user_id, unit_id, owner_unit_id FROM audit_auditentry"
_SIZE = (
    "SELECT (SELECT count(*) FROM certificates_event), (SELECT count(*) FROM audit_auditentry), (SELECT count(*) FROM procrastinate_jobs)"
)
_JOBS = (
    "SELECT task_name, certificate_id FROM (SELECT task_name, (args->>'certificate_id')::uuid AS certificate_id FROM procrastinate_jobs)"
)


@dataclass(frozen=True)
class Seen:
    """`log` and `jobs` count rows that are alike, since nothing orders them."""

    certificates: Mapping[UUID, Row]
    events: tuple[tuple[int, UUID, str, str], ...]
    log: Counter[tuple[Any, ...]]
    jobs: Counter[tuple[Any, ...]]

    def history(self, id: UUID) -> list[str]:
        """The kinds of event of the certificate, oldest first."""
        return [kind for _, certificate_id, kind, _ in self.events if certificate_id == id]

    @property
    def size(self) -> tuple[int, int, int]:
        """How many events, log entries and jobs there are."""
        return len(self.events), self.log.total(), self.jobs.total()

    def children(self, id: UUID, relation: str) -> Iterator[Row]:
        """Those that follow from the certificate in that way."""
        return (row for row in self.certificates.values() if row["parent_id"] == id and row["relation"] == relation)


def look(of: UUID | None = None) -> Seen:
    """The database now, in one question; only the certificate with that id, and those that follow from it, when one is given."""
    near = f" WHERE '{of}' IN (certificates_certificate.id, parent_id)" if of else ""
    about = f" WHERE certificate_id IN (SELECT id FROM certificates_certificate{near} UNION SELECT '{of}')" if of else ""
    rows, events, log, jobs = _results(_CERTIFICATES + near, f"{_EVENTS}{about} ORDER BY id", _LOG + about, _JOBS + about)
    return Seen(_by_id(rows), tuple(events), Counter(log), Counter(jobs))


def is_unchanged(before: Seen) -> bool:
    """Whether the database is as it was then."""
    rows, size = _results(_CERTIFICATES, _SIZE)
    now = _by_id(rows)
    return [before.size] == size and before.certificates.keys() == now.keys() and not _changes(before.certificates, now)


def _by_id(rows: list[tuple[Any, ...]]) -> Mapping[UUID, Row]:
    return {row[0]: dict(zip(_NAMES, row, strict=True)) for row in rows}


def _results(*statements: str) -> list[list[tuple[Any, ...]]]:
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
        results = [cursor.fetchall()]
        while cursor.nextset():
            results.append(cursor.fetchall())
        return results


def changed_columns(before: Seen, after: Seen) -> dict[UUID, set[str]]:
    """Of each certificate that is there in both, the columns that differ; those that are alike are left out."""
    return _changes(before.certificates, after.certificates)


def _changes(before: Mapping[UUID, Row], after: Mapping[UUID, Row]) -> dict[UUID, set[str]]:
    differ = {id: _differing(before[id], after[id]) for id in before.keys() & after.keys()}
    return {id: columns for id, columns in differ.items() if columns}


def _differing(one: Row, other: Row) -> set[str]:
    """Protection is left out: it follows the population register whenever somebody comes near."""
    return {column for column in one if one[column] != other[column]} - {"protected"}
