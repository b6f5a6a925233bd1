"""Finding a diagnosis code by its beginning or by words: an index over one list, made once and never changed.

Pure and in process; which list is in force, and when the index is made anew, is said in `register`.
Source: reference/decision-support.md §1.6 and §7.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from types import MappingProxyType
from typing import Final

from webcert.code_systems.lists import Entry
from webcert.code_systems.systems import SHORTEST_CODE_QUERY
from webcert.code_systems.words import Beginnings, members, words_of
from webcert.vocabulary.diagnosis_codes import needs_more_positions, normalise_code

_EXTERNAL_CAUSES = ("V", "W", "X", "Y")
_SHORTEST_TAIL = 4

_REMARKS = {
    "*": "Manifestationskod (*): anges tillsammans med koden för grundsjukdomen.",
    "†": "Etiologikod (†): kan kompletteras med en manifestationskod (*).",
}
_NOT_MAIN = "Bör inte anges som huvuddiagnos."
_TOO_COARSE = "Koden måste anges med minst fyra positioner."


@dataclass(frozen=True, slots=True)
class Hit:
    """A code that was found. `note` says why it may not be chosen (`selectable` is False), or gives a coding hint; None when neither."""

    code: str
    title: str
    selectable: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """The best hits, best first; `more` tells that there were others."""

    hits: tuple[Hit, ...]
    more: bool


NOTHING: Final = Result((), more=False)


class Index:
    """The codes of one list, prepared for searching. `titles` maps every code to its title."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        ordered = sorted(entries, key=_general_first)
        self._hits = [_hit(entry) for entry in ordered]
        self._by_code = sorted((hit.code, number) for number, hit in enumerate(self._hits))
        self.titles = MappingProxyType({hit.code: hit.title for hit in self._hits})

        titles = [words_of(entry.title) for entry in ordered]
        synonyms = [words_of(" ".join(entry.synonyms)) for entry in ordered]
        tails = _tails({word for words in chain(titles, synonyms) for word in words})
        self._leading = Beginnings(words[:1] for words in titles)
        self._titled = Beginnings(titles)
        self._anywhere = Beginnings(
            {*title, *synonym, *(tail for word in chain(title, synonym) for tail in tails.get(word, ()))}
            for title, synonym in zip(titles, synonyms, strict=True)
        )

    def by_code(self, query: str, limit: int) -> Result:
        """Codes that begin with `query` (any case, with or without dots and blanks), the exact one first; from three characters."""
        return self._result(self._coded(query), limit)

    def by_text(self, query: str, limit: int) -> Result:
        """Codes found by code or by words, at most `limit`.

        Every word of the query must begin a word of the text. First come codes, then titles whose first word begins as the query does,
        other titles, and last synonyms and the last parts of compound words (`infarkt` finds hjärtinfarkt).
        """
        words = list(dict.fromkeys(words_of(query)))
        return self._result(_once(chain(self._coded(query), self._worded(words))), limit) if words else NOTHING

    def _coded(self, query: str) -> Iterator[int]:
        code = normalise_code(query)
        if len(code) < SHORTEST_CODE_QUERY:
            return
        for at in range(bisect_left(self._by_code, (code,)), len(self._by_code)):
            found, number = self._by_code[at]
            if not found.startswith(code):
                return
            yield number

    def _worded(self, words: list[str]) -> Iterator[int]:
        telling = sorted(words, key=len, reverse=True)
        titled = self._titled.having_all(telling)
        leading = titled and titled & self._leading.having(words[0])
        yield from members(leading)
        yield from members(titled ^ leading)
        yield from members(self._anywhere.having_all(telling) & ~titled)

    def _result(self, numbers: Iterable[int], limit: int) -> Result:
        found = [self._hits[number] for number in islice(numbers, limit + 1)]
        return Result(tuple(found[:limit]), len(found) > limit)


def _once(numbers: Iterable[int]) -> Iterator[int]:
    """The numbers, each only the first time it comes."""
    seen: set[int] = set()
    for number in numbers:
        if number not in seen:
            seen.add(number)
            yield number


def _general_first(entry: Entry) -> tuple[bool, bool, int, str]:
    """The order of equally good hits: what may be chosen, what is a diagnosis rather than a cause, and short codes come first."""
    external = entry.not_main or entry.code.startswith(_EXTERNAL_CAUSES)
    return needs_more_positions(entry.code), external, len(entry.code), entry.code


def _hit(entry: Entry) -> Hit:
    coarse = needs_more_positions(entry.code)
    note = _TOO_COARSE if coarse else _NOT_MAIN if entry.not_main else _REMARKS.get(entry.marker)
    return Hit(entry.code, entry.title, not coarse, note)


def _tails(words: set[str]) -> dict[str, list[str]]:
    """For each compound word the last parts that are words themselves: hjärtinfarkt → infarkt."""
    tails = {word: [word[at:] for at in range(2, len(word) - _SHORTEST_TAIL + 1) if word[at:] in words] for word in words}
    return {word: found for word, found in tails.items() if found}
