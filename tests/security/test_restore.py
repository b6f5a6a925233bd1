"""T30: what is restored from a backup goes on where it was, and sends nothing twice (docs/operations.md)."""

import subprocess
from uuid import UUID

import httpx
import pytest

from running import Running, command, environment, wait_until
from web_user import WebUser


def deliveries(product: Running, id: UUID) -> int:
    rows = httpx.get(f"{product.simulators_url}/fk/received.json", trust_env=False).json()
    return sum(row["deliveries"] for row in rows if row["certificate_id"] == str(id))


def recipient(product: Running, mode: str) -> None:
    httpx.post(f"{product.simulators_url}/fk/mode", data={"mode": mode, "seconds": "1"}, trust_env=False)


def test_T30_a_restored_installation_sends_what_was_waiting_and_nothing_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    first = Running(tmp_path_factory.mktemp("backed-up"))
    try:
        user = WebUser(first.url)
        delivered, waiting = user.signed(), user.signed()
        user.send(delivered)
        wait_until(lambda: deliveries(first, delivered) == 1, 30, lambda: "not delivered")
        recipient(first, "down")
        user.send(waiting)
    finally:
        first.stop()
    backup = tmp_path_factory.mktemp("restored")
    subprocess.run(["cp", "-a", f"{first.data_folder}/.", str(backup)], check=True)
    restored = Running(backup, **first.settings)
    try:
        recipient(restored, "normal")
        wait_until(lambda: deliveries(restored, waiting) == 1, 90, restored.log.read_text)
        assert deliveries(restored, delivered) == 1
        assert "FK 7804" in WebUser(restored.url).open(delivered).text
        verified = subprocess.run(command("audit", "verify"), env=environment(backup), capture_output=True, text=True, check=False)
        assert verified.returncode == 0, verified.stdout + verified.stderr
    finally:
        restored.stop()
