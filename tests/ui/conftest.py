"""The style guide served by itself: no database, no login, the product's own settings and headers."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

SIZES = {"laptop": (1366, 768), "desktop": (1920, 1080), "phone": (390, 844)}


@pytest.fixture(scope="module")
def style_guide() -> Iterator[str]:
    """Address of the style guide."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test import override_settings
    from django.test.testcases import LiveServerThread

    with override_settings(ROOT_URLCONF="webcert.ui.urls"):
        server = LiveServerThread("localhost", StaticFilesHandler, connections_override={})
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}/stilguide"
        server.terminate()


@pytest.fixture
def open_page(browser: Browser, style_guide: str) -> Iterator[Callable[..., Page]]:
    """Opens the style guide in a window of a named size. Whatever a script complains about fails the test."""
    contexts = []
    complaints: list[str] = []

    def opened(size: str = "laptop") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.goto(style_guide)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
