"""The access log of the running product: nothing is lost or doubled when the worker is killed, and what the operator's commands say."""

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from running import Running, command, environment, wait_until
from web_user import DOCTOR, TOLVAN, WebUser
from webcert.site.postgres import Server

ROUNDS = 4


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A product of its own: its log is changed by force here."""
    product = Running(tmp_path_factory.mktemp("audited"))
    yield product
    product.stop()


def connect(product: Running) -> psycopg.Connection[Any]:
    return psycopg.connect(Server(product.data_folder / "postgres").url, autocommit=True)


def webcert(product: Running, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """An operator's command."""
    whole = command(*words)
    return subprocess.run(whole, env=environment(product.data_folder), input=typed, capture_output=True, text=True, timeout=60, check=False)


def seal_now(product: Running) -> None:
    """Do not wait for the minute to pass."""
    with connect(product) as database:
        database.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, args, status)"
            " VALUES ('default', 'seal_access_log', 'seal_access_log', '{\"timestamp\": 0}', 'todo')"
        )


def arrived(product: Running) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = httpx.get(f"{product.simulators_url}/log/received.json", trust_env=False).json()
    return rows


def written(product: Running) -> set[str]:
    with connect(product) as database:
        return {str(id) for (id,) in database.execute("SELECT id FROM audit_auditentry")}


def wait_until_all_arrived(product: Running) -> None:
    def all_arrived() -> bool:
        return {row["id"] for row in arrived(product)} == written(product)

    wait_until(all_arrived, 60, product.log.read_text)


def log_service_is(product: Running, mode: str, seconds: str = "0.3") -> None:
    answer = httpx.post(f"{product.simulators_url}/log/mode", data={"mode": mode, "seconds": seconds}, trust_env=False)
    assert answer.status_code == 303


def write_many(product: Running, count: int) -> None:
    """As many entries as several busy minutes give, so that a delivery takes its time."""
    with connect(product) as database:
        columns = [
            name
            for (name,) in database.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'audit_auditentry'::regclass AND attnum > 0")
        ]
        others = ", ".join(name for name in columns if name not in ("id", "certificate_id"))
        database.execute(
            f"INSERT INTO audit_auditentry (id, certificate_id, {others}) SELECT gen_random_uuid(), gen_random_uuid(), {others}"
            " FROM (SELECT * FROM audit_auditentry LIMIT 1), generate_series(1, %s)",
            [count],
        )


def test_whatever_is_killed_every_entry_arrives_once_and_in_the_order_of_the_seals(product: Running) -> None:
    WebUser(product.url).signed()
    log_service_is(product, "slow")  # so that it is killed in the middle of a delivery
    for _ in range(ROUNDS):
        before = len(arrived(product))
        write_many(product, 120)
        seal_now(product)
        wait_until(lambda: len(arrived(product)) > before, 30, product.log.read_text)  # noqa: B023
        product.kill("worker")
    log_service_is(product, "normal")
    seal_now(product)
    wait_until_all_arrived(product)
    rows = arrived(product)
    assert Counter(row["id"] for row in rows).most_common(1)[0][1] == 1
    assert sum(row["different"] for row in rows) == 0
    with connect(product) as database:
        sealed = database.execute(
            "SELECT id::text FROM audit_seal, unnest(entry_ids) WITH ORDINALITY AS e (id, place) ORDER BY number, place"
        )
        assert [row["id"] for row in rows] == [id for (id,) in sealed]
    assert webcert(product, "audit", "verify").returncode == 0


def test_verify_tells_what_is_wrong_where_and_nobodys_number(product: Running) -> None:
    WebUser(product.url).signed()
    seal_now(product)
    wait_until_all_arrived(product)
    intact = webcert(product, "audit", "verify")
    assert (intact.returncode, intact.stderr) == (0, "")
    assert intact.stdout.startswith("intact\nsealed up to ")
    noted = next(line.rpartition("seal=")[2].split()[0] for line in product.log.read_text().splitlines() if "access log sealed" in line)
    assert webcert(product, "audit", "verify", "--noted", noted).returncode == 0
    assert webcert(product, "audit", "verify", "--noted", "en sigill").returncode == 2
    with connect(product) as database, database.transaction(force_rollback=False):
        database.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER append_only")
        changed = database.execute(
            "UPDATE audit_auditentry SET remark = 'ändrad' WHERE id = (SELECT id FROM audit_auditentry LIMIT 1) RETURNING id"
        ).fetchone()
        database.execute("ALTER TABLE audit_auditentry ENABLE ALWAYS TRIGGER append_only")
    assert changed
    found = webcert(product, "audit", "verify")
    assert found.returncode == 1
    assert f"entry {changed[0]}: was changed" in found.stdout
    assert "1 flaws" in found.stdout
    assert "1912" not in found.stdout


def test_search_tells_numbers_only_to_who_asks_with_one(product: Running) -> None:
    id = WebUser(product.url).signed()
    everything = webcert(product, "audit", "search", "--user", DOCTOR)
    assert everything.returncode == 0
    header, *rows = everything.stdout.splitlines()
    assert header.split() == ["time", "activity", "user", "unit", "level", "remark"]
    assert any("Signera" in row and str(id) in row and DOCTOR in row for row in rows)
    assert "19121212" not in everything.stdout
    about = webcert(product, "audit", "search", "--patient", "-", "--json", typed=f"{TOLVAN}\n")
    entries = [json.loads(line) for line in about.stdout.splitlines()]
    assert {"Skriva", "Signera"} <= {entry["activity"] for entry in entries if entry["level"] == str(id)}
    assert {entry["patient"] for entry in entries} == {"191212121212"}
    assert webcert(product, "audit", "search", "--from", "2001-01-01", "--to", "2001-01-02").stdout == ""
    assert webcert(product, "audit", "search", "--unit", str(uuid4())).stdout == ""


@pytest.mark.parametrize(
    ("words", "typed"), [(["--patient", "191212121212"], ""), (["--patient", "-"], "19121212-121\n"), (["--from", "igår"], "")]
)
def test_a_search_that_cannot_be_made_is_refused_without_repeating_a_number(tmp_path: Path, words: list[str], typed: str) -> None:
    whole = command("audit", "search", *words)
    answer = subprocess.run(whole, env=environment(tmp_path), input=typed, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 2
    assert "19121212" not in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
