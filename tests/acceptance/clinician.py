"""Somebody who works in Webcert, at a browser of her own: what she does, in the words of the manual, and where she looks.

Only verbs and places; what ought to come of them stands in the tests.
"""

import re
from uuid import UUID

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from running import wait_until
from web_user import TOLVAN

ERIK, KARIN = "Erik Sandström", "Karin Ek"
"""A doctor and a care administrator on Vårdcentralen Björkängen, their only care unit."""

MAJA = "Maja Lindqvist"
"""A doctor with several care units, of two care providers."""

GORAN = "Göran Lundmark"
"""A private practitioner."""

SOFIA = "Sofia Berglund"
"""A dentist."""

FK7804 = "Läkarintyg för sjukpenning"

INFECTION, BASIS, OCCUPATION, DIAGNOSES, FINDINGS, LIMITATIONS = "27", "1", "28", "6", "35", "17"
SICK_LEAVE, PROGNOSIS, MEASURES, OTHER = "32", "39", "40", "25"
"""Questions of FK 7804; the name of a field begins with its question."""

_SAVED = re.compile(r"Utkastet är sparat \d\d\.\d\d")


class Clinician:
    """Not logged in until `logs_in`. `page` is what she has before her."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name

    # Coming and going

    def chooses_herself(self) -> None:
        """Log in from the start page; with several care units the choice of one comes next."""
        self.proves_to_be_herself("SITHS-kort")

    def proves_to_be_herself(self, way: str) -> None:
        """By way of the identity provider, and back to where the product leads her then."""
        product = "/".join(self.page.url.split("/")[:3])
        self.follows(way)
        self.page.get_by_role("button", name=f"Logga in som {self.name}").click()
        self.page.wait_for_url(lambda url: url.startswith(product) and "/login/" not in url)

    def logs_in(self) -> None:
        """To the first page of who has one care unit only."""
        self.page.goto("/")
        self.chooses_herself()
        self.page.locator(".bar-unit").wait_for()

    def logs_in_on(self, unit: str) -> None:
        """To the first page on one of several care units."""
        self.page.goto("/")
        self.chooses_herself()
        self.presses(f"Välj {unit}")
        expect(self.page.locator(".bar-unit")).to_contain_text(unit)

    def looks_up(self, number: str = TOLVAN) -> None:
        """The patient's page, by way of "Sök/skriv intyg"."""
        self.page.goto("/sok")
        self.page.get_by_label("Patientens personnummer").fill(number)
        self.presses("Fortsätt")
        expect(self.page.get_by_role("heading", name="Skapa intyg")).to_be_visible()

    def opens(self, id: UUID) -> None:
        self.page.goto(f"/intyg/{id}")

    def follows(self, link: str) -> None:
        self.page.get_by_role("link", name=link).click()

    def presses(self, button: str, times: int = 1) -> None:
        """Press the button, also twice in a hurry."""
        self.page.get_by_role("button", name=button, exact=True).click(click_count=times)

    def signs(self, times: int = 1) -> None:
        """Press the button and sign at the signing service, back to the certificate."""
        product = "/".join(self.page.url.split("/")[:3])
        self.presses("Signera intyget", times)
        self.page.get_by_role("button", name="Skriv under").click()
        self.page.wait_for_url(lambda url: url.startswith(f"{product}/intyg/"))

    # Writing

    def field(self, name: str) -> Locator:
        return self.page.locator(f'[name="{name}"]')

    def writes(self, name: str, text: str) -> None:
        """Replace what stands in the field. The cursor stays there."""
        self.field(name).fill(text)

    def leaves(self, name: str) -> None:
        self.field(name).press("Tab")

    def ticks(self, name: str) -> None:
        self.field(name).check()

    def waits_until_saved(self) -> None:
        """Until the page says that everything is saved; the page itself may wait a quarter of a minute between its attempts."""
        expect(self.page.locator("form[data-sign] button")).to_have_attribute("aria-disabled", "false", timeout=25_000)
        expect(self.page.locator("[data-status='2']")).to_have_text(_SAVED)

    def waits_until_closed(self, dialog: Locator) -> None:
        """Until its step in the browser's history is taken back too, which happens a moment later and would stop a page from being left."""
        expect(dialog).to_be_hidden()
        wait_until(lambda: not self.page.evaluate("history.state?.dialog"), 5, lambda: "the step is still there")

    # Looking

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def status(self) -> Locator:
        """The newest thing that has happened to the certificate; for a draft, how far it has come."""
        return self.page.locator("[data-status='1']")

    def problem(self, name: str) -> Locator:
        """Where it is told what is wrong with the field, or with the whole question."""
        return self.page.locator(f'[data-problem="{name}"]')

    def missing(self) -> Locator:
        """The list of sections that lack something."""
        return self.page.locator("[data-missing]")

    def suggestions(self) -> Locator:
        return self.page.locator(".suggestions:visible").get_by_role("option")

    def dialog(self, name: str | None = None) -> Locator:
        return self.page.get_by_role("dialog", name=name) if name else self.page.get_by_role("dialog")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)


def assert_axe_finds_nothing(page: Page) -> None:
    """No violation of WCAG that a machine can find, and no name that points at nothing."""
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    lost = page.evaluate(
        """() => ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'].flatMap(name =>
            [...document.querySelectorAll(`[${name}]`)].flatMap(element => element.getAttribute(name).split(' ')))
            .filter(id => !document.getElementById(id))"""
    )
    assert lost == []


SIZES = ((390, 844), (1366, 768))
"""A phone and a laptop."""


def assert_well_made(page: Page) -> None:
    """In both sizes nothing that axe can find, and nothing that reaches outside the page."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert_axe_finds_nothing(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
