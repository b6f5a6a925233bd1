"""The look in a real browser: axe finds nothing, nothing spills over the edge, and the pages weigh little."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from running import wait_until
from ui.conftest import SIZES

STATIC = Path(__file__).parents[2] / "src" / "webcert" / "ui" / "static" / "ui"
DIALOGS = ["enkel", "radera", "skicka", "fast", "bred", "om-sekretess", "om-webcert"]


def assert_axe_finds_nothing(page: Page) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_style_guide(open_page: Callable[..., Page], size: str) -> None:
    page = open_page(size)
    for button in page.locator("[data-help]").all():
        button.click()
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_in_the_dialogs(open_page: Callable[..., Page], size: str) -> None:
    page = open_page(size)
    for name in DIALOGS:
        page.evaluate("id => document.getElementById(id).showModal()", name)
        assert_axe_finds_nothing(page)
        page.evaluate("id => document.getElementById(id).close()", name)
    page.locator("[data-calendar]").first.click()
    assert_axe_finds_nothing(page)


def test_axe_finds_nothing_while_suggestions_are_shown_and_the_panel_is_hidden(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator(".panel-hide").click()
    page.get_by_label("Kod, rad 1").press_sequentially("f32")
    page.locator(".suggestion").first.wait_for()
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1366, 1920])
def test_nothing_spills_over_the_edge(open_page: Callable[..., Page], width: int) -> None:
    page = open_page()
    page.set_viewport_size({"width": width, "height": 768})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_has_focus_is_never_hidden_under_the_head(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.locator("body").press("End")
    at_the_end = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"
    wait_until(lambda: page.evaluate(at_the_end), 10, lambda: "the key End does not lead there")  # or it glides on under the focus
    hidden = []
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        covered = page.evaluate(
            """() => {
                const focused = document.activeElement, head = document.querySelector('[data-page-top]');
                if (!focused.closest('.content')) return '';
                return focused.getBoundingClientRect().top < head.getBoundingClientRect().bottom ? focused.outerHTML : '';
            }"""
        )
        hidden += [covered] if covered else []
    assert hidden == []


def test_style_and_scripts_of_the_editor_page_weigh_at_most_30_kilobytes() -> None:
    elsewhere = {"submit.js", "complete.js"}
    files = [path for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg") and path.name not in elsewhere]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 30_000
