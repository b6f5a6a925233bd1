"""The stand-ins for outside systems as a running process, for tests that call them as production does."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from running import free_port


class Pages:
    """The pages of the stand-ins, and what their forms do."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, verify=False)

    def set_mode(self, stand_in: str, mode: str, seconds: float = 5) -> None:
        """Make a stand-in behave in one of the ways of its page."""
        address = stand_in if stand_in.startswith("http") else f"/{stand_in}"
        self.post(f"{address}/mode", mode=mode, seconds=str(seconds))

    def post(self, path: str, **fields: str) -> None:
        """Post one of the forms of the pages."""
        answer = self.http.post(path, data=fields)
        assert answer.status_code == 303, answer.text


class Simulators(Pages):
    """A running set of stand-ins. `url` is its address, without a slash at the end."""

    def __init__(self, folder: Path) -> None:
        self.ports = [free_port() for _ in range(3)]
        services, identity, bankid = self.ports
        self.url = f"http://127.0.0.1:{services}"
        self.identity_url = f"http://127.0.0.1:{identity}"
        self.bankid_url = f"https://127.0.0.1:{bankid}"
        self.pki = folder / "pki"
        self.folder = folder
        super().__init__(self.url)
        self.start()

    def start(self) -> None:
        """Start the process and wait until it answers."""
        source = Path(__file__).parents[1] / "src"
        command = [sys.executable, "-m", "simulators.app", *map(str, self.ports), str(self.folder)]
        self._process = subprocess.Popen(command, env={"PYTHONPATH": str(source), "PATH": ""}, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                self.http.get("/")
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

    def know(self, metadata: bytes) -> None:
        """Tell the identity providers of a service provider whose metadata they cannot fetch."""
        assert self.http.post(f"{self.identity_url}/service-providers", content=metadata).is_success


@pytest.fixture(scope="session")
def running_simulators(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulators]:
    simulators = Simulators(tmp_path_factory.mktemp("simulators"))
    yield simulators
    simulators.stop()


@pytest.fixture
def simulators(running_simulators: Simulators) -> Iterator[Simulators]:
    """The stand-ins, behaving well and knowing everybody as at first; they are made so again afterwards."""
    yield running_simulators
    for stand_in in ("pu", "hsa", "fk", "ts", "log", "practitioners", "bankid"):
        running_simulators.set_mode(stand_in, "normal")
    for provider in ("siths", "eleg"):
        running_simulators.set_mode(f"{running_simulators.identity_url}/{provider}", "normal")
    running_simulators.post("/pu/reset")
