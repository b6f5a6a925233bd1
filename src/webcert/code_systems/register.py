"""The code lists in force, in the memory of each process: what the rules ask, and what the diagnosis fields search.

Kept until another edition comes into force, which is looked for at most every half minute. Changing editions is `actions`.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.db.models import Exists, OuterRef

from webcert.code_systems.lists import Entry
from webcert.code_systems.models import Code, CodeEdition
from webcert.code_systems.search import Index, Result
from webcert.code_systems.systems import SYSTEMS

_CHECK_EVERY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _InForce:
    """One system's list in force. `retired` holds the titles of codes that only earlier editions have."""

    edition_id: int | None
    index: Index
    retired: Mapping[str, str]


class Register:
    """The lists of all code systems. Codes are upper case without dot, as certificates store them; an unknown system is an empty list.

    Fulfils `forms.context.CodeRegister`. Safe to use from several threads: while one fetches a new edition the others go on with the old.
    """

    def __init__(self) -> None:
        self._lists: Mapping[str, _InForce] = {}
        self._check_at = 0.0
        self._fetching = Lock()

    def knows(self, system: str, code: str) -> bool:
        """Whether the code stands in the edition in force."""
        return code in self._list(system).index.titles

    def title(self, system: str, code: str) -> str | None:
        """The official title: of the edition in force, else of the latest edition that had the code; None when none had it."""
        found = self._list(system)
        return found.index.titles.get(code) or found.retired.get(code)

    def by_code(self, system: str, query: str, limit: int) -> Result:
        """Codes in force that begin with `query`; see `Index.by_code`."""
        return self._list(system).index.by_code(query, limit)

    def by_text(self, system: str, query: str, limit: int) -> Result:
        """Codes in force found by words; see `Index.by_text`."""
        return self._list(system).index.by_text(query, limit)

    def forget(self) -> None:
        """Look for new editions at the next question; this process has just changed one."""
        self._check_at = 0.0

    def _list(self, system: str) -> _InForce:
        if time.monotonic() >= self._check_at:
            self._check()
        return self._lists.get(system, _NO_LIST)

    def _check(self) -> None:
        if not self._fetching.acquire(blocking=not self._lists):
            return
        try:
            in_force = dict(CodeEdition.objects.filter(active=True).values_list("system", "id"))
            self._lists = {system: self._current(system, in_force.get(system)) for system in SYSTEMS}
            self._check_at = time.monotonic() + _CHECK_EVERY_SECONDS
        finally:
            self._fetching.release()

    def _current(self, system: str, edition_id: int | None) -> _InForce:
        known = self._lists.get(system, _NO_LIST)
        return known if known.edition_id == edition_id else _fetched(system, edition_id)


def _fetched(system: str, edition_id: int | None) -> _InForce:
    codes = Code.objects.filter(edition_id=edition_id).values_list("code", "title", "synonyms", "valid_from", "marker", "not_main")
    entries = (Entry(code, title, tuple(synonyms), since, marker, not_main) for code, title, synonyms, since, marker, not_main in codes)
    again = Code.objects.filter(edition_id=edition_id, code=OuterRef("code"))
    retired = Code.objects.filter(~Exists(again), edition__system=system).order_by("code", "-edition__imported_at").distinct("code")
    return _InForce(edition_id, Index(entries), dict(retired.values_list("code", "title")))


_NO_LIST: Final = _InForce(None, Index(()), {})
REGISTER: Final = Register()
