"""What an entrance for XML is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Entrance:
    """`seeds` are good messages; `take` takes one in, and raises one of `refusals` when it will not. Anything else is a crash."""

    name: str
    seeds: Sequence[bytes]
    take: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...]
