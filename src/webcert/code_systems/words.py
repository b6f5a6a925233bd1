"""Words of texts, and a table that tells which texts have a word with a given beginning.

Pure, and knows nothing of codes. Sets of texts are integers: bit n stands for text n, so that "and" is one operation.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[^\W_]+")
_PLAIN_LETTERS = {number: unicodedata.normalize("NFD", chr(number))[0] for number in range(0xC0, 0x180) if chr(number) not in "åäöÅÄÖ"}
_LAST = "\U0010ffff"

_OFTEN = 200
"""Beginnings found in more texts than this have their set made beforehand. A set is as long as the number of texts in bits, so
that a lower limit costs memory; a higher one makes the slowest question slower."""


def words_of(text: str) -> list[str]:
    """The words (runs of letters and digits) of a text in lower case; å, ä and ö are letters of their own, é is an e."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold().translate(_PLAIN_LETTERS))


class Beginnings:
    """For a series of texts, given as their words: which texts have a word that begins so."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        places: defaultdict[str, array[int]] = defaultdict(lambda: array("L"))
        self._bytes = 0
        for number, words in enumerate(texts):
            for word in set(words):
                places[word].append(number)
            self._bytes = number // 8 + 1
        self._words = sorted(places)
        self._places = [places[word] for word in self._words]
        self._often: dict[str, int] = {}
        for beginning in sorted(self._common_beginnings(), key=len, reverse=True):
            self._often[beginning] = self._gather(beginning)

    def having(self, beginning: str) -> int:
        """The set of texts with a word that begins with `beginning`."""
        often = self._often.get(beginning)
        return self._gather(beginning) if often is None else often

    def having_all(self, beginnings: Iterable[str]) -> int:
        """The set of texts that have a word for every one of the beginnings; the most telling should come first."""
        found = -1
        for beginning in beginnings:
            found &= self.having(beginning)
            if not found:
                break
        return found

    def _gather(self, beginning: str) -> int:
        """The set, from the common longer beginnings that are made already and from the places of all other words."""
        found, flags = 0, bytearray(self._bytes)
        for at in range(bisect_left(self._words, beginning), bisect_left(self._words, beginning + _LAST)):
            if often := self._often.get(self._words[at]):
                found |= often
                continue
            for number in self._places[at]:
                flags[number >> 3] |= 1 << (number & 7)
        return found | int.from_bytes(flags, "little")

    def _common_beginnings(self) -> list[str]:
        counts: Counter[str] = Counter()
        for word, places in zip(self._words, self._places, strict=True):
            for length in range(1, len(word) + 1):
                counts[word[:length]] += len(places)
        return [beginning for beginning, count in counts.items() if count > _OFTEN]


def members(numbers: int) -> Iterator[int]:
    """The numbers in a set, lowest first."""
    while numbers:
        lowest = numbers & -numbers
        yield lowest.bit_length() - 1
        numbers ^= lowest
