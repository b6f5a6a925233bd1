"""One process that the supervisor keeps alive: started, listened to, started again when it dies, stopped in order."""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 10.0
STEADY_SECONDS = 20.0
"""A process that has lived so long is started again at once when it dies; one that dies sooner waits twice as long each time."""

Listener = Callable[[str, str], None]
"""Takes the process' name and one line of what it says."""


@dataclass
class Child:
    """A program with its name. `before` runs before every start; `stop_signal` is how it is told to end."""

    name: str
    command: list[str]
    listener: Listener
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Mapping[str, Any] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    stop_signal: signal.Signals = signal.SIGTERM

    _process: "subprocess.Popen[str] | None" = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _due: float = field(default=0.0, init=False)

    @property
    def pid(self) -> int | None:
        """The running process, which also leads a process group of the same number."""
        return self._process.pid if self._process else None

    @property
    def ended(self) -> bool:
        """Whether the program has died and was not started again yet."""
        return self._process is None or self._process.poll() is not None

    def start(self) -> None:
        """Start the program in a session of its own, so that Ctrl-C in the terminal reaches the supervisor only."""
        self.before()
        self._process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            **self.account,
        )
        self._started = time.monotonic()
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def tend(self) -> bool:
        """Start the program again if it has died and its pause is over. Whether it was started now."""
        now = time.monotonic()
        if self._process and self._process.poll() is not None:
            self._clear_away()
            steady = now - self._started > STEADY_SECONDS
            self._pause = FIRST_PAUSE if steady else min(self._pause * 2, LONGEST_PAUSE)
            self._due = now + self._pause
            self.listener(self.name, f"ended unexpectedly ({_manner(self._process.returncode)}); starts again in {self._pause:.1f} s")
            self._process = None
        if self._process or now < self._due:
            return False
        self.start()
        return True

    def stop(self, seconds: float) -> None:
        """End the program: asked first, killed together with all it has started when it takes longer."""
        if not self._process:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(self.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self._clear_away()
        self._process.wait()
        self._process = None

    def _clear_away(self) -> None:
        """Kill what is left of the process group."""
        assert self._process
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout
        for line in process.stdout:
            self.listener(self.name, line.rstrip("\n"))


def _manner(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
