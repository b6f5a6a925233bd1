"""The list of running processes in the data folder, and what is done about those that outlived a killed supervisor."""

import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
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
        psutil.wait_procs(leftovers, timeout=5)
    path.unlink(missing_ok=True)


def _belongs(process: psutil.Process, groups: set[int]) -> bool:
    try:
        return os.getpgid(process.pid) in groups and (process.info["cmdline"] or [""])[0] == sys.executable
    except (ProcessLookupError, PermissionError):
        return False
