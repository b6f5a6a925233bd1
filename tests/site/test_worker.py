"""Background jobs survive what happens to databases and workers. Procrastinate's own clean-up task serves as the job."""

import psycopg

from running import Running, wait_until
from webcert.site.postgres import Server

TASK = "builtin:procrastinate.builtin_tasks.remove_old_jobs"


def test_a_job_that_a_dead_worker_left_is_begun_anew(running: Running) -> None:
    defer(running, status="doing")
    wait_until(lambda: waiting(running) == 0, 20, running.log.read_text)


def test_the_worker_outlives_a_killed_database(running: Running) -> None:
    worker = running.pid("worker")
    running.kill("postgres")
    wait_until(running.healthy, 15, running.log.read_text)
    defer(running, status="todo")
    wait_until(lambda: waiting(running) == 0, 20, running.log.read_text)
    assert running.pid("worker") == worker


def defer(running: Running, status: str) -> None:
    with connect(running) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status) VALUES ('builtin', %s, '{\"max_hours\": 1}', %s)",
            [TASK, status],
        )


def waiting(running: Running) -> int:
    with connect(running) as connection:
        return connection.execute("SELECT 1 FROM procrastinate_jobs WHERE task_name = %s", [TASK]).rowcount


def connect(running: Running) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(Server(running.data_folder / "postgres").url)
