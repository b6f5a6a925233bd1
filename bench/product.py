"""The product in processes, on a database that tells its statements, and what its processes cost. Started once, when the first row asks.

One web worker, so that what one core does is seen; the worker of background jobs is suspended, so that nobody else asks the database.
Statements are counted at the database: BEGIN and COMMIT count.
"""

import atexit
import json
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg

from running import Part, Running, wait_until
from webcert.site.postgres import Server

_TELLING = {"logging_collector": "on", "log_directory": "log", "log_filename": "statements", "log_line_prefix": "%a|"}
_TELLING |= {"log_error_verbosity": "default"}
OWN = "bench"
"""The name by which the database knows our own connections."""

_STATEMENT = re.compile(r"\[unknown\]\|LOG:  (?:statement|execute [^:]+): (.+)")
_PARAMETERS = re.compile(r"\[unknown\]\|DETAIL:  Parameters: (.*)")
_PARAMETER = re.compile(r"\$\d+ = (?:(NULL)|'((?:[^']|'')*)')")


@dataclass(frozen=True, slots=True)
class Statement:
    """As the server got it: `$1` and so on in the text stand for the parameters, which are as PostgreSQL writes them."""

    text: str
    parameters: tuple[str | None, ...] = ()

    def fresh(self) -> tuple[str | None, ...]:
        """The parameters for saying it again: a new row gets a new id."""
        return (str(uuid4()), *self.parameters[1:]) if '("id"' in self.text else self.parameters


class Product:
    """A fresh product. `database` is a connection of our own to its database, for floors and for preparing."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        server = Server(folder / "postgres", _TELLING)
        self.database_url = stack.enter_context(server.running())
        self.running = Running(folder / "data", DATABASE_URL=self.database_url, WEBCERT_WEB_WORKERS="1", WEBCERT_LOG_FORMAT="json")
        stack.callback(self.running.stop)
        jobs = self._process("worker")
        jobs.suspend()
        stack.callback(jobs.resume)
        self.database = stack.enter_context(psycopg.connect(self.database_url, autocommit=True, application_name=OWN))
        self._told = server.folder / "log" / "statements"

    @property
    def url(self) -> str:
        return self.running.url

    def cpu_seconds(self) -> float:
        """What the web, and the database's processes that serve others than us, have used until now on all cores together."""
        web = self._process("web")
        query = f"SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name <> '{OWN}'"
        backends = [pid for (pid,) in self.database.execute(query)]
        return sum(map(cpu_seconds, [web.pid, *(child.pid for child in web.children(recursive=True)), *backends]))

    @contextmanager
    def on_a_core_of_its_own(self) -> Iterator[tuple[set[int], set[int]]]:
        """For a while the web has one core, and the database has the others; gives both, for floors and for whoever asks."""
        all_of_them = os.sched_getaffinity(0)
        first = {min(all_of_them)}
        others = all_of_them - first or first
        self._put(first, others)
        try:
            yield first, others
        finally:
            self._put(all_of_them, all_of_them)
            os.sched_setaffinity(0, all_of_them)

    def _put(self, web: set[int], database: set[int]) -> None:
        main = self._process("web")
        for process in (main, *main.children(recursive=True)):
            for thread in process.threads():
                os.sched_setaffinity(thread.id, web)
        server = psutil.Process(self.database.info.backend_pid).parent()
        assert server is not None
        for process in (server, *server.children()):
            os.sched_setaffinity(process.pid, database)

    def _process(self, part: Part) -> psutil.Process:
        wait_until(lambda: self.running.pid(part) is not None, 30, lambda: f"{part} does not run")
        return psutil.Process(self.running.pid(part))

    def statements(self, request: Callable[[], object]) -> list[Statement]:
        """What the web says to the database during the request."""
        with self._telling():
            start = self._told.stat().st_size
            request()
            self.database.execute("SELECT 'the end'")
            wait_until(lambda: b"the end" in self._told.read_bytes()[start:], 5, lambda: "the server does not tell")
        return list(_statements(self._told.read_bytes()[start:].decode().splitlines()))

    @contextmanager
    def _telling(self) -> Iterator[None]:
        self._set("ALTER SYSTEM SET log_statement = 'all'")
        yield
        self._set("ALTER SYSTEM RESET log_statement")

    def _set(self, setting: str) -> None:
        self.database.execute(setting)
        self.database.execute("SELECT pg_reload_conf()")
        time.sleep(0.3)  # until every process has seen it

    def server_ms(self, route: str, request: Callable[[], object], times: int) -> list[float]:
        """How long the web itself says that each of the requests took."""
        lines = self.requests(route)
        for _ in range(times):
            request()
        wait_until(lambda: len(self.requests(route)) >= len(lines) + times, 5, lambda: f"no log of {route}")
        return self.requests(route)[len(lines) :]

    def requests(self, route: str) -> list[float]:
        """The milliseconds that the web says that each request to the route has taken until now."""
        lines = (json.loads(line) for line in self.running.log.read_text().splitlines() if '"request"' in line)
        return [line["ms"] for line in lines if line.get("event") == "request" and line["route"] == route]


def cpu_seconds(pid: int) -> float:
    """What the process has used, by its own clock in Linux, which counts nanoseconds (/proc counts hundredths of a second)."""
    return time.clock_gettime(~pid << 3 | 2)


def replay(database: psycopg.Connection, statements: Sequence[Statement]) -> Callable[[], None]:
    """The floor: an operation that says the same to the database, prepared and on a connection that stays open, and nothing else."""
    cursor = psycopg.RawCursor(database)

    def operation() -> None:
        for statement in statements:
            cursor.execute(statement.text, statement.fresh(), prepare=True)
            if cursor.description:
                cursor.fetchall()

    return operation


@cache
def product() -> Product:
    """The one that all rows share."""
    stack = ExitStack()
    atexit.register(stack.close)
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="webcert-bench-")))
    folder.chmod(0o755)
    return Product(folder, stack)


def _statements(lines: Sequence[str]) -> Iterator[Statement]:
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        said, given = _STATEMENT.match(line), _PARAMETERS.match(after)
        if said:
            parameters = _PARAMETER.findall(given[1]) if given else ()
            yield Statement(said[1], tuple(None if null else text.replace("''", "'") for null, text in parameters))
