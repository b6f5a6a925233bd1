"""The whole product in processes of its own, as `webcert up` runs it: for browser tests and for tests that kill things."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import httpx

SOURCE = Path(__file__).parents[1] / "src"

IN_A_HURRY = {f"WEBCERT_{name}": "1000000" for name in ("LIMIT_LOGINS", "LIMIT_LOOKUPS", "ALARM_LOOKUPS", "LIMIT_SIGNINGS")}
"""Tests work faster than people, and all as the same few users."""

PORTS = ("WEBCERT_PORT", "WEBCERT_SIMULATOR_PORT", "WEBCERT_SIMULATOR_IDENTITY_PORT", "WEBCERT_SIMULATOR_BANKID_PORT")

Part = Literal["web", "worker", "postgres", "simulators"]


class Running:
    """A product under a supervisor, with a data folder and ports of its own. Ready to be used when made."""

    def __init__(self, data_folder: Path, **settings: str) -> None:
        self.data_folder = data_folder
        self.settings = {name: str(free_port()) for name in PORTS} | IN_A_HURRY | settings
        self.url = f"http://localhost:{self.settings['WEBCERT_PORT']}"
        self.simulators_url = f"http://localhost:{self.settings['WEBCERT_SIMULATOR_PORT']}"
        self.log = data_folder.with_suffix(".log")
        self.start()

    @property
    def database_url(self) -> str:
        """The embedded PostgreSQL's address."""
        from webcert.site.postgres import Server

        return Server(self.data_folder / "postgres").url

    def received(self, id: UUID, recipient: str = "fk") -> int:
        """How many times the recipient's stand-in (fk or ts) has taken the certificate."""
        rows = httpx.get(f"{self.simulators_url}/{recipient}/received.json", trust_env=False).json()
        return sum(row["certificate_id"] == str(id) for row in rows)

    def start(self) -> None:
        """Start the product on its data folder and wait until it is healthy."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command("up"), env=environment(self.data_folder, **self.settings), stdout=log, stderr=log)
        wait_until(lambda: self._listed().get("supervisor") == self.process.pid and self.healthy(), 60, self.log.read_text)

    def healthy(self) -> bool:
        """Whether the web answers, with its database."""
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode}:\n{self.log.read_text()}")
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def pid(self, part: Part) -> int | None:
        """The process of that part now."""
        pid: int | None = self._listed().get("processes", {}).get(part)
        return pid

    def _listed(self) -> dict[str, Any]:
        try:
            listed: dict[str, Any] = json.loads((self.data_folder / "run" / "processes.json").read_text())
        except FileNotFoundError:
            return {}
        return listed

    def kill(self, part: Part) -> None:
        """`kill -9` the part with all its processes, without a chance to say good-bye. The supervisor starts it again."""
        wait_until(
            lambda: self.pid(part) is not None, 30, lambda: f"{part} does not run:\n{self.log.read_text()}"
        )  # it may be down already
        pid = self.pid(part)
        assert pid is not None
        os.killpg(pid, signal.SIGKILL)
        wait_until(lambda: self.pid(part) not in (pid, None), 30, lambda: f"{part} was not started again:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Stop everything in order, as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)


def command(*words: str) -> list[str]:
    """`webcert …` of this source."""
    return [sys.executable, "-m", "webcert.site", *words]


def environment(data_folder: Path, **settings: str) -> dict[str, str]:
    """This process' environment with the settings, and with no others of the product's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WEBCERT_", "DATABASE_URL", "DJANGO_"))}
    return kept | {"PYTHONPATH": str(SOURCE), "WEBCERT_DATA_FOLDER": str(data_folder), "WEBCERT_DEMO": "false"} | settings


_PORTS = count(10_000 + os.getpid() * 97 % 20_000)
"""Where this process looks for free ports: below those that the system hands out by itself, and elsewhere than other test processes."""


def free_port() -> int:
    """A port where nothing listens, which nobody else is about to take: it is given once."""
    return next(filter(_is_free, _PORTS))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_until(condition: Callable[[], bool], seconds: float, failure: Callable[[], str]) -> None:
    """Return as soon as the condition holds; fail the test when it has not come to hold in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, failure()
        time.sleep(0.05)
