"""Bringing code lists in: an operator's import, and the starter lists that the product ships with.

Reading the files is `lists`; nothing else changes an edition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from webcert.code_systems.lists import CodeList, Entry, FileReport, Refused, read_list
from webcert.code_systems.models import Code, CodeEdition
from webcert.code_systems.register import REGISTER
from webcert.code_systems.systems import ICD_10_SE, KSH_97_P, SYSTEMS
from webcert.vocabulary.clock import today

_STARTER = Path(__file__).parent / "starter"
_STARTER_FILES = {ICD_10_SE.id: _STARTER / "icd10.tsv", KSH_97_P.id: _STARTER / "ksh97p.tsv"}
_STARTER_NAME = "Startlista"
_COPY = f"COPY {Code._meta.db_table} (edition_id, code, title, synonyms, valid_from, marker, not_main) FROM STDIN"
_MOST_REMOVED = 0.1
"""Share of the codes in force that a new edition may lack; from 2019 to 2022 it was half a per cent."""

_IMPORT_LOCK = 7_804_010
"""Number of the advisory lock that lets one import at a time change editions."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did: the files' rows, and the codes that differ from the edition in force before (in code order).

    `unchanged` when the list says exactly what was in force already; nothing is stored then.
    """

    edition: str
    codes: int
    files: tuple[FileReport, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    retitled: tuple[str, ...]
    unchanged: bool


def import_edition(system: str, files: Iterable[Path], name: str | None = None) -> Report:
    """Make the list in `files` the edition in force; the editions before it stay, so that old codes keep their titles.

    A list that was in force earlier comes into force again, under its old name. All or nothing: raises Refused for files that
    cannot be read or are broken, and nothing is changed then. Source: reference/decision-support.md §7.
    """
    known_system = SYSTEMS[system]
    code_list = read_list(known_system, _contents(files))
    with transaction.atomic():
        _one_at_a_time()
        before = CodeEdition.objects.filter(system=system, active=True).first()
        if before and before.digest == code_list.digest:
            return Report(before.name, len(code_list.entries), code_list.files, (), (), (), unchanged=True)
        old = dict(before.codes.values_list("code", "title")) if before else {}
        new = {entry.code: entry.title for entry in code_list.entries}
        removed = tuple(sorted(old.keys() - new.keys()))
        if len(removed) > _MOST_REMOVED * len(old):
            raise Refused(f"{len(removed)} of the {len(old)} codes in force are not in the list: is a file cut off, or one missing?")
        edition = _stored(system, code_list, name or f"{known_system.name} {today()}")
        CodeEdition.objects.filter(system=system, active=True).update(active=False)
        CodeEdition.objects.filter(id=edition.id).update(active=True)
        transaction.on_commit(REGISTER.forget)
    added = tuple(sorted(new.keys() - old.keys()))
    retitled = tuple(code for code, title in new.items() if old.get(code, title) != title)
    return Report(edition.name, len(new), code_list.files, added, removed, retitled, unchanged=False)


@transaction.atomic
def load_starter_lists() -> None:
    """Give each code system that has no edition yet the list that the product ships with. Changes nothing when called again."""
    _one_at_a_time()
    for system, file in _STARTER_FILES.items():
        if not CodeEdition.objects.filter(system=system).exists():
            import_edition(system, [file], _STARTER_NAME)


def _contents(files: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        try:
            yield file.name, file.read_bytes()
        except OSError as error:
            raise Refused(f"{file}: {error.strerror}") from None


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORT_LOCK])


def _stored(system: str, code_list: CodeList, name: str) -> CodeEdition:
    """The edition with the list's content, stored now unless it was imported earlier."""
    edition, is_new = CodeEdition.objects.get_or_create(system=system, digest=code_list.digest, defaults={"name": name})
    if is_new:
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for entry in code_list.entries:
                copy.write_row(_row(edition, entry))
    return edition


def _row(edition: CodeEdition, entry: Entry) -> tuple[object, ...]:
    return edition.id, entry.code, entry.title, list(entry.synonyms), entry.valid_from, entry.marker, entry.not_main
