"""One measured row, and how many of them become a table."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figures as text, the goal as text, and whether it was reached (None when there is none)."""

    name: str
    measured: str
    goal: str
    reached: bool | None


def timed(name: str, operation: Callable[[], object], *, goal_ms: float, times: int = 300, warm_up: int = 20) -> Row:
    """Median and 95th percentile of the operation in milliseconds, and what it takes of the processors; the goal is for the median."""
    for _ in range(warm_up):
        operation()
    used = time.process_time()
    samples = [_milliseconds(operation) for _ in range(times)]
    processors = (time.process_time() - used) / times * 1000
    return Row(name, f"{spread(samples)}, {processors:.2f} CPU", f"≤ {goal_ms:g} ms", statistics.median(samples) <= goal_ms)


def yardstick(when: str) -> Row:
    """What the machine itself is worth now: half a million additions in Python. Tables are alike only where these rows are."""
    samples = [_milliseconds(_additions) for _ in range(20)]
    return Row(f"this machine, {when}: half a million additions", spread(samples), "", None)


def _additions() -> None:
    total = 0
    for number in range(500_000):
        total += number


def spread(samples: Iterable[float]) -> str:
    """Median and 95th percentile of milliseconds, as text."""
    ordered = sorted(samples)
    return f"{statistics.median(ordered):.2f} ms (p95 {ordered[int(0.95 * (len(ordered) - 1))]:.2f})"


def _milliseconds(operation: Callable[[], object]) -> float:
    start = time.perf_counter()
    operation()
    return (time.perf_counter() - start) * 1000


_SIGNS = {True: "✓", False: "✗", None: ""}


def print_table(rows: Iterable[Row]) -> bool:
    """Print the rows as they come, as a Markdown table; tells whether all goals were reached."""
    print("| Operation | Measured | To reach | |\n|---|---|---|---|", flush=True)
    good = True
    for row in rows:
        print(f"| {row.name} | {row.measured} | {row.goal} | {_SIGNS[row.reached]} |", flush=True)
        good = good and row.reached is not False
    return good
