"""Labels that differ between the text versions of a certificate type."""

from collections.abc import Mapping
from functools import lru_cache


class Wording(str):
    """The newest wording as an ordinary string, which remembers the older ones.

    `Wording({"1.0": "Min undersökning", "1.1": "min undersökning"})` reads: from 1.0 the first, from 1.1 the second.
    """

    since: Mapping[str, str]

    def __new__(cls, since: Mapping[str, str]) -> "Wording":
        """A label whose value is the last of `since` (text version → wording, oldest first)."""
        self = super().__new__(cls, list(since.values())[-1])
        self.since = dict(since)
        return self

    def at(self, version: str) -> str:
        """The wording in force in that text version; the oldest one when the version is older still."""
        wanted = version_key(version)
        found = [text for since, text in self.since.items() if version_key(since) <= wanted]
        return found[-1] if found else next(iter(self.since.values()))


def major_of(version: str) -> int:
    """'7.10' → 7. Another major version has other questions, another minor version other words."""
    return version_key(version)[0]


@lru_cache
def version_key(version: str) -> tuple[int, ...]:
    """'1.10' → (1, 10), so that versions sort as numbers. A part that is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
