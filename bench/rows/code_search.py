"""How long a search among all 35,684 diagnosis codes takes in process, per kind of question."""

import random
import time
from collections.abc import Callable, Iterator
from statistics import median, quantiles

from bench.table import Row
from shared import SHARED
from webcert.code_systems.lists import Entry, read_list
from webcert.code_systems.search import Index, Result
from webcert.code_systems.systems import ICD_10_SE

_FILES = [SHARED / "data/diagnosis-codes/2022" / name for name in ("digit3.txt", "digit4.txt", "digit5.txt")]
_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_GOAL_MS = 0.5


def rows() -> Iterator[Row]:
    """One row per kind of question, the same questions each time; none when the full list is not on this machine."""
    if not all(file.exists() for file in _FILES):
        return
    entries = read_list(ICD_10_SE, [(file.name, file.read_bytes()) for file in _FILES]).entries
    index = Index(entries)
    dice = random.Random(7804)
    yield _row("diagnosis search: by code", index.by_code, [entry.code[: dice.randint(3, 5)] for entry in dice.sample(entries, 3000)])
    yield _row("diagnosis search: words being typed", index.by_text, _typed(entries, dice))
    yield _row("diagnosis search: hard questions", index.by_text, _hard(entries, dice))


def _typed(entries: tuple[Entry, ...], dice: random.Random) -> list[str]:
    """Beginnings of titles, as they are after each keystroke."""
    return [entry.title[: dice.randint(1, 25)] for entry in dice.sample(entries, 3000)]


def _hard(entries: tuple[Entry, ...], dice: random.Random) -> list[str]:
    """Single letters, the commonest words, many short beginnings, whole titles, and long nonsense."""
    letters = [*_LETTERS, *(a + b for a in _LETTERS for b in _LETTERS)]
    scattered = [" ".join(dice.choices(_LETTERS, k=dice.randint(2, 40))) for _ in range(500)]
    shortened = [" ".join(word[: dice.randint(2, 4)] for word in entry.title.split())[:100] for entry in dice.sample(entries, 1000)]
    whole = [entry.title[:100] for entry in dice.sample(entries, 1000)]
    return [*letters, *scattered, *shortened, *whole, "och med i av andra annan eller", "a b c d", "x" * 100, "å" * 100]


def _row(name: str, search: Callable[[str, int], Result], queries: list[str]) -> Row:
    times = []
    for query in queries:
        started = time.perf_counter()
        search(query, 10)
        times.append((time.perf_counter() - started) * 1000)
    cuts = quantiles(times, n=100)
    measured = f"{median(times):.3f} ms (p95 {cuts[94]:.3f}, p99 {cuts[98]:.3f})"
    return Row(name, measured, f"p99 ≤ {_GOAL_MS:g} ms", cuts[98] <= _GOAL_MS)
