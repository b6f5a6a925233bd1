"""Who is at work before the whole product, in real processes and a real Chromium, and what is there when a test begins."""

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any
from uuid import UUID

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext

from acceptance.clinician import ERIK, KARIN, Clinician
from running import Running
from web_user import DOCTOR, WebUser

EXPECTED = ("Failed to load resource", "net::ERR")
"""What a browser says by itself when a server is away or refuses; not a fault of the page."""


@pytest.fixture
def somebody(browser: Browser, running: Running) -> Iterator[Callable[..., Clinician]]:
    """Sits somebody down at the start page in a browser of her own. Whatever a script complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def seated(name: str = ERIK, width: int = 1366, height: int = 768, **options: Any) -> Clinician:
        size = {"width": width, "height": height}
        context = browser.new_context(base_url=running.url, viewport=size, reduced_motion="reduce", **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.goto("/")
        return Clinician(page, name)

    yield seated
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if not complaint.startswith(EXPECTED)] == []


@pytest.fixture(scope="session")
def left() -> dict[str, Any]:
    """Who has logged in before: the cookies of her browser. The login itself has tests of its own."""
    return {}


@pytest.fixture
def at_work(somebody: Callable[..., Clinician], left: dict[str, Any]) -> Callable[..., Clinician]:
    """Sits somebody with one care unit down, logged in: she goes on in the session that she has, unless a test has ended it."""

    def working(name: str = ERIK, width: int = 1366, height: int = 768) -> Clinician:
        clinician = somebody(name, width, height, storage_state=left.get(name))
        if not clinician.page.locator(".bar-unit").count():
            clinician.logs_in()
            left[name] = clinician.page.context.storage_state()
        return clinician

    return working


@pytest.fixture
def doctor(at_work: Callable[..., Clinician]) -> Clinician:
    return at_work(ERIK)


@pytest.fixture
def administrator(at_work: Callable[..., Clinician]) -> Clinician:
    return at_work(KARIN)


@pytest.fixture(scope="session")
def without_a_browser(running: Running) -> WebUser:
    return WebUser(running.url)


@pytest.fixture
def earlier(without_a_browser: WebUser) -> WebUser:
    """The same doctor without a browser: what she did before the test begins, and what somebody asks of the server past the pages."""
    if not without_a_browser.is_logged_in:
        without_a_browser.log_in(DOCTOR)
    return copy(without_a_browser)


@pytest.fixture
def draft(earlier: WebUser) -> UUID:
    """An empty FK 7804."""
    return earlier.create_draft()


@pytest.fixture
def full_draft(earlier: WebUser, draft: UUID) -> UUID:
    """An FK 7804 that can be signed."""
    assert earlier.save(draft).json()["complete"]
    return draft


@pytest.fixture
def signed(earlier: WebUser) -> UUID:
    """A signed FK 7804, not sent."""
    return earlier.signed()


@pytest.fixture
def database(running: Running) -> Iterator[psycopg.Connection]:
    """The product's database, for what no page shows."""
    with psycopg.connect(running.database_url, autocommit=True) as connection:
        yield connection
