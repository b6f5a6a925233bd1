"""`python -m bench [NAME…]`: measures every module in `rows/` (or the named ones) and prints one table. Exit 1 when a goal is missed."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bench.table import Row, print_table, yardstick

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def rows(names: list[str]) -> Iterator[Row]:
    """The rows of each module, measured as they are asked for, and what the machine is worth meanwhile."""
    yield yardstick("before")
    for path in sorted((ROOT / "bench" / "rows").glob("*.py")):
        if path.stem != "__init__" and (not names or path.stem in names):
            yield from import_module(f"bench.rows.{path.stem}").rows()
    yield yardstick("after")


sys.exit(0 if print_table(rows(sys.argv[1:])) else 1)
