"""Autosave of a full certificate over HTTP against its floor: what a bare psycopg loop needs for saying the same to the database.

The first save after each opening also writes an event and a row of the access log; both kinds are measured. What counts is the CPU time
of the web and of the database together, which gives the throughput of one core; floor and product take turns.
"""

import json
import time
from collections.abc import Callable, Iterator
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from statistics import median
from urllib.parse import urlsplit
from uuid import UUID

from bench.compared import COMPARED
from bench.product import Product, cpu_seconds, product, replay
from bench.table import Row, spread
from subjects import Subject
from web_user import UNIT, WebUser, fields_of

_MOST_STATEMENTS = 6
_LEAST_SHARE = 0.4
_ROUNDS, _SAVES = 15, 20


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
        writer = Writer(product(), subject)
        writer.save()
        yield from _kind(f"autosave of a full {code}", writer.save)
        yield from _kind(f"the first autosave of {code} after opening", writer.save, before=partial(_forget_change, writer.draft))


def _kind(name: str, save: Callable[[], None], before: Callable[[], None] = lambda: None) -> Iterator[Row]:
    before()
    statements = product().statements(save)
    yield Row(f"{name}: SQL", f"{len(statements)} statements", f"≤ {_MOST_STATEMENTS}", len(statements) <= _MOST_STATEMENTS)
    shares, ours, floors = [], [], []
    floor = replay(product().database, statements)
    for _ in range(_ROUNDS):
        ours.append(_cpu_ms(product().cpu_seconds, save, before))
        floors.append(_cpu_ms(_floor_seconds, floor, lambda: None))
        shares.append(floors[-1] / ours[-1])
    measured = f"{spread(ours)} CPU; floor {spread(floors)}; throughput per core {median(shares):.0%} of the floor"
    yield Row(f"{name}: CPU", measured, f"≥ {_LEAST_SHARE:.0%}", median(shares) >= _LEAST_SHARE)


def _cpu_ms(clock: Callable[[], float], operation: Callable[[], None], before: Callable[[], None]) -> float:
    """Of one operation, over many."""
    used = clock()
    for _ in range(_SAVES):
        before()
        operation()
    time.sleep(0.02)  # what comes after the answer is part of it
    return (clock() - used) / _SAVES * 1000


def _floor_seconds() -> float:
    return time.process_time() + cpu_seconds(product().database.info.backend_pid)


def _forget_change(draft: UUID) -> None:
    product().database.execute("UPDATE certificates_certificate SET changed_since_opened = false WHERE id = %s", [draft])
