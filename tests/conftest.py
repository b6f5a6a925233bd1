"""What every test may lean on: Django with a PostgreSQL of its own, the whole product running, a browser.

Pure tests (vocabulary, forms, types) pay nothing for any of it: each thing starts when the first test asks.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_DATA = tempfile.TemporaryDirectory(prefix="webcert-tests-")
os.environ["WEBCERT_DATA_FOLDER"] = _DATA.name
os.environ["DJANGO_SETTINGS_MODULE"] = "webcert.site.settings"
os.environ.pop("DATABASE_URL", None)

QUICK_AND_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    import django
    from django.conf import settings

    from webcert.site import logs

    logs.configure("console", "test")
    settings.STATIC_ROOT.mkdir()
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
    """Point pytest-django at that server, one test database for each test process, without a pool."""
    from django.db import connections

    from webcert.site.database import django_database

    chosen = django_database(database_url, connections=1)
    del chosen["OPTIONS"]["pool"]
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    settings = connections["default"].settings_dict
    settings.update(chosen)
    settings["TEST"]["NAME"] = f"test_webcert_{worker}"
