"""Autosave of a full certificate over HTTP against its floor: a bare psycopg loop that says the same to the database.

What counts is how many saves in a second a core gives to the one web process, and to the loop; the database and the clients have the
other cores, as in production. Floor and product take turns. The CPU time of Python and database together is told beside it.

The first save after each opening also writes an event and a row of the access log; both kinds are measured.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from statistics import median
from urllib.parse import urlsplit

from bench.compared import COMPARED
from bench.product import Product, cpu_seconds, product, replay
from bench.table import Row
from subjects import Subject
from web_user import UNIT, WebUser, fields_of

_MOST_STATEMENTS = 6
_LEAST_SHARE = 0.4
_CLIENTS, _ROUNDS, _SECONDS = 4, 7, 0.7


class Writer:
    """A doctor with a draft open on her page, whose every pause makes a save. The client is as lean as can be: it shares the cores."""

    def __init__(self, product: Product, subject: Subject) -> None:
        user = WebUser(product.url)
        self.draft = user.create_draft(type=subject.type.id)
        self._sequence = count(1)
        self._sent = {"revision": user.revision, "focus": "", "fields": fields_of(subject.bases[0] | {"unit": UNIT}, subject.form)}
        self._headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "X-CSRFToken": user.token,
            "Cookie": "; ".join(f"{name}={value}" for name, value in user.http.cookies.items()),
        }
        self._connection = HTTPConnection(urlsplit(product.url).netloc, timeout=30)

    def save(self) -> None:
        """One autosave."""
        content = json.dumps(self._sent | {"sequence": next(self._sequence)})
        self._connection.request("POST", f"/intyg/{self.draft}/spara", content, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        assert answer.status == HTTPStatus.OK, content


def rows() -> Iterator[Row]:
    """For each type and kind of save its statements and its share of the floor's throughput per core."""
    for code, subject in COMPARED.items():
        writers = [Writer(product(), subject) for _ in range(_CLIENTS)]
        yield from _kind(f"autosave of a full {code}", writers)
        with _always_the_first():
            yield from _kind(f"the first autosave of {code} after opening", writers)


def _kind(name: str, writers: Sequence[Writer]) -> Iterator[Row]:
    writers[0].save()
    statements = product().statements(writers[0].save)
    yield Row(f"{name}: SQL", f"{len(statements)} statements", f"≤ {_MOST_STATEMENTS}", len(statements) <= _MOST_STATEMENTS)
    saves, floor = [writer.save for writer in writers], [replay(product().database, statements)]
    ours, floors = [], []
    with product().on_a_core_of_its_own() as (core, others):
        _pace(saves, others, product().cpu_seconds)  # every thread has its connection now
        for _ in range(_ROUNDS):
            ours.append(_pace(saves, others, product().cpu_seconds))
            floors.append(_pace(floor, core, _floor_seconds))
    share = median(save.per_second / loop.per_second for save, loop in zip(ours, floors, strict=True))
    measured = f"{share:.0%} of the floor: {_told(ours)}; floor {_told(floors)}"
    yield Row(f"{name}: throughput per core", measured, f"≥ {_LEAST_SHARE:.0%}", share >= _LEAST_SHARE)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often something is done in a second, and what each time costs Python and the database together."""

    per_second: float
    cpu_ms: float


def _pace(operations: Sequence[Callable[[], None]], cores: set[int], clock: Callable[[], float]) -> Pace:
    """Of the operations that are repeated at the same time, by threads that run on these cores."""
    os.sched_setaffinity(0, cores)
    used, begun = clock(), time.perf_counter()
    end = begun + _SECONDS

    def repeated(operation: Callable[[], None]) -> int:
        times = 0
        while time.perf_counter() < end:
            operation()
            times += 1
        return times

    with ThreadPoolExecutor(len(operations)) as threads:
        times = sum(threads.map(repeated, operations))
    return Pace(times / (time.perf_counter() - begun), (clock() - used) / times * 1000)


def _told(paces: Sequence[Pace]) -> str:
    return f"{median(pace.per_second for pace in paces):.0f}/s ({median(pace.cpu_ms for pace in paces):.2f} ms CPU)"


def _floor_seconds() -> float:
    return time.process_time() + cpu_seconds(product().database.info.backend_pid)


@contextmanager
def _always_the_first() -> Iterator[None]:
    """While it lasts, every save is the first one after an opening: the database forgets that there was another, for the floor too."""
    product().database.execute(
        """
        CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changed_since_opened = false; RETURN NEW; END $$;
        CREATE TRIGGER forget BEFORE UPDATE ON certificates_certificate FOR EACH ROW EXECUTE FUNCTION forget();
        UPDATE certificates_certificate SET changed_since_opened = false;
        """
    )
    yield
    product().database.execute("DROP TRIGGER forget ON certificates_certificate; DROP FUNCTION forget")
