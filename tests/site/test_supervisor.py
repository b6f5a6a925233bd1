"""`webcert up` in real processes: what is killed comes back, a second start is quick and keeps all, mistakes are told in one line."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import psutil
import psycopg
import pytest

from running import PORTS, Part, Running, command, environment, free_port, wait_until
from webcert.site.postgres import Server


@pytest.mark.parametrize("part", ["web", "worker", "postgres", "simulators"])
def test_what_is_killed_comes_back(running: Running, part: Part) -> None:
    running.kill(part)
    wait_until(running.healthy, 15, running.log.read_text)
    wait_until(lambda: answers(running.simulators_url), 15, running.log.read_text)


def test_a_killed_database_costs_calm_pages_only(running: Running) -> None:
    statuses = set()
    running.kill("postgres")
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        answer = httpx.get(f"{running.url}/metrics", timeout=10)  # asks the database and has no answer of its own for trouble
        assert "Traceback" not in answer.text
        statuses.add(answer.status_code)
    assert statuses <= {200, 503}
    assert httpx.get(f"{running.url}/metrics", timeout=10).status_code == 200


def test_a_dead_web_worker_process_is_replaced(running: Running) -> None:
    (victim, *_) = psutil.Process(running.pid("web")).children()
    victim.kill()
    wait_until(lambda: not victim.is_running() and running.healthy(), 15, running.log.read_text)


def test_stops_in_order_and_starts_again_within_five_seconds_with_its_data(running: Running) -> None:
    database = Server(running.data_folder / "postgres")
    with psycopg.connect(database.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('bevarat')")
    crowd = max(1, os.getloadavg()[0] / (os.cpu_count() or 1))  # others that work on the machine at the same time
    assert seconds_to_start_again(running) < 5 * crowd
    with psycopg.connect(database.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("bevarat",)]


def seconds_to_start_again(running: Running) -> float:
    running.stop()
    assert running.process.returncode == 0
    assert no_processes_in(running.data_folder)
    begun = time.monotonic()
    running.start()
    assert httpx.get(running.url, timeout=10).is_success
    return time.monotonic() - begun


def test_starts_again_after_the_supervisor_itself_was_killed(running: Running) -> None:
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    running.start()
    assert running.healthy()


def test_a_second_product_on_the_same_data_folder_is_refused(running: Running) -> None:
    assert "already runs in the data folder" in refusal(running.data_folder)


def test_an_occupied_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"port {port} (Address already in use)" in refusal(tmp_path, WEBCERT_PORT=port)
        assert f"port {port} (Address already in use)" in refusal(tmp_path, WEBCERT_SIMULATOR_PORT=port)


def test_an_unreachable_database_is_told(tmp_path: Path) -> None:
    url = f"postgresql://someone:secret@127.0.0.1:{free_port()}/webcert"
    for part in ("up", "web", "worker", "migrate"):
        told = refusal(tmp_path, part, DATABASE_URL=url)
        assert "DATABASE_URL: the database does not answer" in told
        assert "secret" not in told


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    assert "WEBCERT_PORT: " in refusal(tmp_path, WEBCERT_PORT="åttatusen")


def test_an_unusable_data_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "WEBCERT_DATA_FOLDER: Not a directory" in refusal(tmp_path / "file" / "data")


def refusal(data_folder: Path, part: str = "up", **settings: str) -> str:
    """The one line that a start which cannot succeed leaves; nothing is left running."""
    chosen = {name: str(free_port()) for name in PORTS} | settings
    ended = subprocess.run(command(part), env=environment(data_folder, **chosen), capture_output=True, text=True, timeout=20, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("webcert: ")
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    return ended.stderr


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.TransportError:
        return False


def no_processes_in(folder: Path) -> bool:
    """Whether no process has the folder in its environment or as its place of work."""
    return not any(process.info["cwd"] == os.fspath(folder / "postgres") for process in psutil.process_iter(["cwd"]))
