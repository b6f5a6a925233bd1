"""One measured row, and how many of them become a table."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, the figures as text, the goal as text, and whether it was reached."""

    name: str
    measured: str
    goal: str
    reached: bool


def timed(name: str, operation: Callable[[], object], *, goal_ms: float, times: int = 300, warm_up: int = 20) -> Row:
    """Median and 95th percentile of the operation in milliseconds; the goal is for the median."""
    for _ in range(warm_up):
        operation()
    samples = [_milliseconds(operation) for _ in range(times)]
    return Row(name, spread(samples), f"≤ {goal_ms:g} ms", statistics.median(samples) <= goal_ms)


def spread(samples: Iterable[float]) -> str:
    """Median and 95th percentile of milliseconds, as text."""
    ordered = sorted(samples)
    return f"{statistics.median(ordered):.2f} ms (p95 {ordered[int(0.95 * (len(ordered) - 1))]:.2f})"


def _milliseconds(operation: Callable[[], object]) -> float:
    start = time.perf_counter()
    operation()
    return (time.perf_counter() - start) * 1000


def print_table(rows: Iterable[Row]) -> bool:
    """Print the rows as they come, as a Markdown table; tells whether all goals were reached."""
    print("| Operation | Measured | To reach | |\n|---|---|---|---|", flush=True)
    good = True
    for row in rows:
        print(f"| {row.name} | {row.measured} | {row.goal} | {'✓' if row.reached else '✗'} |", flush=True)
        good = good and row.reached
    return good
