"""Runs the background jobs of all rooms (their `tasks.py`), through restarts of the database and after workers that were killed.

What a job does and how often it is tried again is said where the task is declared.
"""

import asyncio
import contextlib
import signal

import psycopg
import structlog
from procrastinate import App
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

log = structlog.get_logger("webcert.worker")

CONCURRENCY = 4
POLL_SECONDS = 1
HEARTBEAT_SECONDS = 2
DEAD_AFTER_SECONDS = 10
"""A worker that has been silent for so long is taken for dead, and its jobs are begun anew."""


def work() -> None:
    """Run jobs until SIGTERM or SIGINT; those that run are then finished first."""
    asyncio.run(_work())


async def _work() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    while not stop.is_set():
        try:
            await _work_while_connected(stop)
        except (ConnectorException, psycopg.Error) as error:
            log.error("database unavailable", error=str(error))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), timeout=1)


async def _work_while_connected(stop: asyncio.Event) -> None:
    """Return when told to stop, or when the worker gave up because the database went away."""
    assert isinstance(jobs.connector, DjangoConnector)
    with jobs.replace_connector(jobs.connector.get_worker_connector()) as app:
        async with app.open_async():
            log.info("ready for jobs", tasks=sorted(name for name in app.tasks if "builtin" not in name))
            worker = app.run_worker_async(
                concurrency=CONCURRENCY,
                fetch_job_polling_interval=POLL_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=False,
            )
            tasks = [asyncio.create_task(each) for each in (worker, _rescue_jobs(app), stop.wait())]
            ended, going = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)
            for task in ended:
                task.result()


async def _rescue_jobs(app: App) -> None:
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
            log.warning("job of a dead worker begun anew", job=job.id, task=job.task_name)
            await app.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT_SECONDS)
