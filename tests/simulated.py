"""The stand-ins for outside systems as a running process, for tests that call them as production does."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

_START = "import sys; from pathlib import Path; from simulators.app import main; main(int(sys.argv[1]), Path(sys.argv[2]))"


class Simulators:
    """A running set of stand-ins. `url` is its address, without a slash at the end."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self.http = httpx.Client(base_url=self.url, trust_env=False, verify=False)
        self.start()

    def start(self) -> None:
        """Start the process and wait until it answers."""
        source = Path(__file__).parents[1] / "src"
        command = [sys.executable, "-c", _START, str(self.port), str(self._folder)]
        self._process = subprocess.Popen(command, env={"PYTHONPATH": str(source), "PATH": ""}, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                self.http.get("/staff.json")
                return
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError("the simulators did not start")

    def kill(self) -> None:
        """End the process and its worker without warning."""
        for process in (*psutil.Process(self._process.pid).children(recursive=True), psutil.Process(self._process.pid)):
            process.kill()
        self._process.wait(10)

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)

    def set_mode(self, stand_in: str, mode: str, seconds: float = 5) -> None:
        """Make pu, hsa or fk behave in one of the ways of its page."""
        self.post(f"/{stand_in}/mode", mode=mode, seconds=str(seconds))

    def post(self, path: str, **fields: str) -> None:
        """Post one of the forms of the pages."""
        answer = self.http.post(path, data=fields)
        assert answer.status_code == 303, answer.text


@pytest.fixture(scope="session")
def running_simulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulators]:
    simulators = Simulators(tmp_path_factory.mktemp("simulators"))
    yield simulators
    simulators.stop()


@pytest.fixture
def simulators(running_simulators: Simulators) -> Iterator[Simulators]:
    """The stand-ins, behaving well and knowing everybody as at first; they are made so again afterwards."""
    yield running_simulators
    for stand_in in ("pu", "hsa", "fk", "ts", "log"):
        running_simulators.set_mode(stand_in, "normal")
    running_simulators.post("/pu/reset")
