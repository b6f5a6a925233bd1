"""The list of running processes in the data folder, and what is done about those that outlived a killed supervisor."""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil


def write_list(path: Path, processes: Mapping[str, int]) -> None:
    """Keep the process id of each child by name, and the supervisor's own, as JSON."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps({"supervisor": os.getpid(), "processes": dict(processes)}))
    draft.replace(path)


def end_leftovers(path: Path) -> None:
    """Kill the listed children of a supervisor that is gone, so that their ports are free again; then forget the list.

    Only programs of this installation in the listed process groups are touched: the system may have given the numbers to others.
    The database is not among them; it is swept up in order before it starts (`postgres.py`).
    """
    with contextlib.suppress(FileNotFoundError, ValueError, KeyError):
        groups = set(json.loads(path.read_text())["processes"].values())
        leftovers = [process for process in psutil.process_iter(["cmdline"]) if _belongs(process, groups)]
        for process in leftovers:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGKILL)
        wait_until_ended(leftovers, 5)
    path.unlink(missing_ok=True)


def wait_until_ended(processes: Iterable[psutil.Process], seconds: float) -> None:
    """Return when all have ended or the time is up. A zombie has ended: in some containers nobody fetches its exit code."""
    deadline = time.monotonic() + seconds
    while any(_goes_on(process) for process in processes) and time.monotonic() < deadline:
        time.sleep(0.02)


def _goes_on(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _belongs(process: psutil.Process, groups: set[int]) -> bool:
    program, *_ = process.info["cmdline"] or [""]
    try:
        group = os.getpgid(process.pid)
    except (ProcessLookupError, PermissionError):
        return False
    return group in groups and os.path.dirname(program) == os.path.dirname(sys.executable)
