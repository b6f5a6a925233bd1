"""Two sides that do something at the same moment, in processes of their own or in threads of this one, each with its own connection.

Nothing of the product is imported before a side's process has set up Django.
"""

import faulthandler
import logging
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Barrier
from traceback import format_exc
from typing import Any, Protocol, TypeVar

import django
from django.conf import settings
from django.db import connections

from webcert.certificates.errors import Refused

T = TypeVar("T")

Act = Callable[[], object]
Contestant = Callable[[], Act]
"""Gets ready, and gives what it then does at the same moment as the other one."""

Sides = tuple[Contestant, Contestant]
Outcome = tuple[bool, bool]
"""For each side whether it was done (True) or refused."""

LEADS = ((0, 0), *(lead for ms in (1, 4, 16) for lead in ((ms / 1000, 0), (0, ms / 1000))))
"""How many seconds each side waits, from round to round, so that neither is always first."""

PATIENCE = 60
READY, GO = "ready", "go"


class Race(Protocol):
    """Lets two loose at once, in every round."""

    rounds: int

    def __call__(self, items: Iterable[T], sides: Callable[[T], Sides]) -> Iterator[tuple[T, Outcome]]:
        """For each item what came of its round. Anything that goes wrong otherwise than by a refusal fails the test."""
        ...


def at_once(action: Callable[..., object], *arguments: object, **named: object) -> Contestant:
    """One that has nothing to get ready."""
    return partial(partial, action, *arguments, **named)


class Processes:
    """Each side is a process, which takes what it is to do from a pipe and tells there what came of it."""

    def __init__(self, rounds: int, database: Mapping[str, Any], folder: Path) -> None:
        self.rounds, self._leads, self._database, self._folder = rounds, cycle(LEADS), dict(database), folder
        self._webcert: object = None
        self._sides: list[Side] = []

    def __call__(self, items: Iterable[T], sides: Callable[[T], Sides]) -> Iterator[tuple[T, Outcome]]:
        """A round in which a process is killed from elsewhere proves nothing: it is told and left out, once. A crash is a finding."""
        broken = False
        for item in items:
            try:
                yield item, self._round(sides(item))
            except SideEnded as ended:
                if broken or not ended.killed:
                    raise
                broken = True
                warnings.warn(f"A round is left out: {ended}", stacklevel=2)
                self.settle(self._webcert)

    def _round(self, contestants: Sides) -> Outcome:
        try:
            for side, contestant, late in zip(self._sides, contestants, next(self._leads), strict=True):
                side.tell(contestant, late)
            ready = [side.hear() for side in self._sides]
            assert ready == [READY] * 2, ready
            for side in self._sides:
                side.tell(GO)
            one, other = answers = [side.hear() for side in self._sides]
            assert all(isinstance(answer, bool) for answer in answers), answers
        except (SideEnded, AssertionError):
            self.end()  # nobody knows what else they would say
            raise
        return one, other

    def settle(self, webcert: object) -> None:
        """Let there be two sides, and the product's settings be these on both."""
        self._webcert = webcert
        self._sides = self._sides or [Side(self._database, self._folder / f"side-{number}") for number in (1, 2)]
        self._round((at_once(_settle, webcert), at_once(_settle, webcert)))

    def end(self) -> None:
        """Let the processes end."""
        for side in self._sides:
            side.end()
        self._sides = []


class SideEnded(Exception):
    """A side's process is no more. Tells how it ended, and what it said last; `killed`: by a signal that others send."""

    def __init__(self, exit_code: int | None, words: str) -> None:
        super().__init__(f"exit code {exit_code}, {words!r}")
        self.killed = exit_code in (-signal.SIGKILL, -signal.SIGTERM)


class Side:
    """One of the processes, as seen by this one. What it says on standard error is kept in a file."""

    def __init__(self, database: dict[str, Any], words: Path) -> None:
        context, self._words = get_context("spawn"), words
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_stand, args=(theirs, database, words), daemon=True)
        self._process.start()
        theirs.close()

    def tell(self, *what: object) -> None:
        with self._is_there():
            self._pipe.send(what)

    def hear(self) -> Any:
        """What the side answers: READY, whether it was done, or what went wrong."""
        with self._is_there():
            assert self._pipe.poll(PATIENCE), "a side does not answer"
            return self._pipe.recv()

    @contextmanager
    def _is_there(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, ConnectionError) as broken:
            self._process.join(1)
            raise SideEnded(self._process.exitcode, self._words.read_text()[-2000:]) from broken

    def end(self) -> None:
        """Nobody speaks to it any more, so it ends."""
        self._pipe.close()
        self._process.join(PATIENCE)


def _settle(webcert: object) -> None:
    """In the process that calls it; Django's settings are not sent, they would arrive as others."""
    settings.WEBCERT = webcert


def _stand(pipe: Connection, database: dict[str, Any], words: Path) -> None:
    """What a side's process does, until nobody speaks to it any more."""
    sys.stderr = words.open("w")
    faulthandler.enable(sys.stderr)
    django.setup()
    logging.disable()
    connections["default"].settings_dict.update(database)

    def line() -> None:
        pipe.send(READY)
        pipe.recv()

    while True:
        try:
            contestant, late = pipe.recv()
            answer: object = _run(contestant, line, late)
        except EOFError:
            return
        except Exception:
            answer = format_exc()
        pipe.send(answer)


class Threads:
    """Each side is a thread of this process."""

    def __init__(self, rounds: int) -> None:
        self.rounds, self._leads = rounds, cycle(LEADS)
        self._line = partial(Barrier(2).wait, PATIENCE)
        self._pool = ThreadPoolExecutor(2)

    def __call__(self, items: Iterable[T], sides: Callable[[T], Sides]) -> Iterator[tuple[T, Outcome]]:
        return ((item, self._round(sides(item))) for item in items)

    def _round(self, contestants: Sides) -> Outcome:
        one, other = self._pool.map(_run, contestants, [self._line] * 2, next(self._leads))
        return one, other

    def end(self) -> None:
        """Let the threads leave the database and end."""
        self._round((at_once(connections.close_all), at_once(connections.close_all)))
        self._pool.shutdown()


def _run(contestant: Contestant, line: Callable[[], object], late: float) -> bool:
    act = contestant()
    line()
    time.sleep(late)
    try:
        act()
    except Refused:
        return False
    return True
