"""The supervisor's one log: every child's lines with the child's name, coloured on a terminal, without identity numbers."""

import contextlib
import json
import sys
import threading
import zlib
from typing import Literal

from webcert.site.logs import masked

_NAME_WIDTH = 10
_COLOURS = (36, 32, 35, 34, 33)


class LogStream:
    """Writes lines to standard output, from any thread. In JSON form a child's own JSON passes as it is and other lines are wrapped."""

    def __init__(self, form: Literal["console", "json"]) -> None:
        self._form = form
        self._coloured = form == "console" and sys.stdout.isatty()
        self._lock = threading.Lock()

    def write(self, name: str, line: str) -> None:
        """One line that `name` said."""
        shown = self._as_json(name, masked(line)) if self._form == "json" else self._as_text(name, masked(line))
        with self._lock, contextlib.suppress(OSError):  # nobody reads any more: children must go on all the same
            print(shown, flush=True)

    def _as_json(self, name: str, line: str) -> str:
        return line if line.startswith("{") else json.dumps({"process": name, "event": line}, ensure_ascii=False)

    def _as_text(self, name: str, line: str) -> str:
        prefix = f"{name:<{_NAME_WIDTH}} │"
        if self._coloured:
            prefix = f"\033[{_COLOURS[zlib.crc32(name.encode()) % len(_COLOURS)]}m{prefix}\033[0m"
        return f"{prefix} {line}"
