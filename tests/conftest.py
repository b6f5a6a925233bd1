"""What every test may lean on: Django with a PostgreSQL of its own, the whole product running, a browser.

Pure tests (vocabulary, forms, types) pay nothing for any of it: each thing starts when the first test asks.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from running import Running

_DATA = tempfile.TemporaryDirectory(prefix="webcert-tests-")
os.environ["WEBCERT_DATA_FOLDER"] = _DATA.name
os.environ["DJANGO_SETTINGS_MODULE"] = "webcert.site.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's event loop stays in the test process; no test of ours is async
os.environ.pop("DATABASE_URL", None)

QUICK_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}

expect.set_options(timeout=20_000)  # a busy machine is no finding

NO_CHROMIUM = "There is no Chromium on this machine. Install it from the system's packages (Debian: apt-get install chromium)."
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    import django
    from django.conf import settings

    from webcert.site import logs

    logs.configure("console", "test")
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # no digests without collecting
    django.setup()


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """A PostgreSQL for this test process: `WEBCERT_TEST_DATABASE_URL`, else an embedded one in a temporary folder."""
    if given := os.environ.get("WEBCERT_TEST_DATABASE_URL"):
        yield given
        return
    from webcert.site.postgres import Server

    with Server(Path(_DATA.name) / "postgres", QUICK_AND_FORGETFUL).running() as url:
        yield url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(database_url: str, request: pytest.FixtureRequest) -> None:
    """Point pytest-django at that server, one test database for each test process."""
    from django.db import connections

    from webcert.site.database import django_database

    chosen = django_database(database_url)
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    settings = connections["default"].settings_dict
    settings.update(chosen)
    settings["TEST"]["NAME"] = f"test_webcert_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests with transactions of their own are cleaned up after by TRUNCATE, which the access log refuses unless told otherwise."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_auditentry", "audit_seal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER never_emptied")


@pytest.fixture(autouse=True)
def no_jobs_left(request: pytest.FixtureRequest, _django_db_marker: None) -> Iterator[None]:
    """That cleaning knows Django's own tables only; jobs committed by a test with transactions of its own are another's surprise."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The whole product, started once for this test process. Tests that kill things may share it: it heals."""
    product = Running(tmp_path_factory.mktemp("running"), WEBCERT_LIMIT_BANKID_ORDERS="1000")
    yield product
    product.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; each test makes a context of its own from it."""
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert executable, NO_CHROMIUM
    from django.db import connections

    connections.close_all()  # while the browser's event loop runs, Django keeps other connections; none of either is left behind
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
        connections.close_all()
