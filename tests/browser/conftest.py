"""A doctor or an administrator at a browser of her own, before the whole product in real processes."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from running import Running
from web_user import WebUser

ERIK, KARIN = "Erik Sandström", "Karin Ek"
"""A doctor and a care administrator among the invented staff, on the same unit."""

EXPECTED = ("Failed to load resource", "net::ERR")
"""What a browser says by itself when a server is away or refuses; not a fault of the page."""


@pytest.fixture
def open_browser(browser: Browser, running: Running) -> Iterator[Callable[..., Page]]:
    """Opens a browser in which somebody is logged in. Whatever a script complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(name: str = ERIK, width: int = 1366, height: int = 768) -> Page:
        context = browser.new_context(base_url=running.url, viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        log_in(page, name)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [complaint for complaint in complaints if not complaint.startswith(EXPECTED)] == []


@pytest.fixture
def doctor(running: Running) -> WebUser:
    """The same doctor without a browser, to prepare what a test begins with."""
    return WebUser(running.url)


@pytest.fixture
def draft(doctor: WebUser) -> UUID:
    """An empty draft."""
    return doctor.create_draft()


@pytest.fixture
def full_draft(doctor: WebUser, draft: UUID) -> UUID:
    """A draft that can be signed."""
    assert doctor.save(draft).json()["complete"]
    return draft


def log_in(page: Page, name: str = ERIK) -> None:
    page.goto("/")
    page.get_by_role("button", name=f"Logga in som {name}").click()
    page.locator(".bar-unit").wait_for()
