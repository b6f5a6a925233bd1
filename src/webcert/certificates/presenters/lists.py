"""The lists: headings that sort, pages, the choices of the filter, and the letter that forwards a draft."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse

from webcert.certificates.asked import SIZES, Drafts, Order
from webcert.certificates.models import Certificate
from webcert.certificates.queries import COMPLETE, INCOMPLETE, SENT, SIGNED, FoundDrafts

TONES = {SENT: "done", SIGNED: "done", COMPLETE: "info", INCOMPLETE: "missing"}
"""Status in lists → tone of its dot; the others are grey."""

DRAFT_HEADINGS = {
    "typ": ("Typ av intyg", "Vilket intyg utkastet gäller"),
    "status": ("Status", "Om uppgifter saknas, om utkastet kan signeras eller om det är låst"),
    "sparat": ("Senast sparat", "När utkastet senast sparades"),
    "patient": ("Patient", "Patientens personnummer eller samordningsnummer"),
    "sparat-av": ("Sparat av", "Vem som senast sparade utkastet"),
    "vidarebefordrad": ("Vidarebefordrad", "Om utkastet är markerat som vidarebefordrat"),
}
DRAFT_HEADINGS_ALONE = {column: told for column, told in DRAFT_HEADINGS.items() if column not in ("sparat-av", "vidarebefordrad")}
"""Those of who works alone: nobody else saves her drafts, and there is nobody to forward to (manual S, table 3)."""

CERTIFICATE_HEADINGS = {
    "typ": ("Typ av intyg", "Vilket intyg det är"),
    "status": ("Status", "Om intyget är ett utkast, signerat, skickat, ersatt, kompletterat eller makulerat"),
    "sparat": ("Senast sparat", "När utkastet senast sparades eller intyget signerades"),
    "sparat-av": ("Sparat/signerat av", "Vem som senast sparade utkastet eller signerade intyget"),
}
"""Column → heading and what it holds."""

REMINDER = "Sätt i ditt SITHS-kort innan du öppnar länken till utkastet:"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column, which sorts. `direction`: as in aria-sort, when the list is sorted by it."""

    label: str
    url: str
    tip: str
    direction: str | None


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in the list the page is, and the ways to others; an empty address is none. `sizes`: (number, address, whether it is now)."""

    first: int
    last: int
    total: int
    previous_url: str
    next_url: str
    sizes: tuple[tuple[str, str, bool], ...]


def headings(columns: Mapping[str, tuple[str, str]], order: Order, url_of: Callable[[Order], str]) -> list[Heading]:
    """The headings in their order; `url_of` gives the same list in another order."""
    direction = "descending" if order.descending else "ascending"
    return [
        Heading(label, url_of(order.turned(column)), tip, direction if column == order.column else None)
        for column, (label, tip) in columns.items()
    ]


def pages(asked: Drafts, found: FoundDrafts) -> Pages:
    """Where the found page is in its list."""
    before = (found.page - 1) * asked.size
    last = before + len(found.rows) + found.withheld
    return Pages(
        first=before + 1,
        last=last,
        total=found.total,
        previous_url=drafts_url(asked, page=found.page - 1) if before else "",
        next_url=drafts_url(asked, page=found.page + 1) if last < found.total else "",
        sizes=tuple((str(size), drafts_url(asked, size=size), size == asked.size) for size in SIZES),
    )


def drafts_url(asked: Drafts, **changes: object) -> str:
    """The address of the same list of drafts with changes."""
    return reverse("drafts", query=asked.query(**changes) or None)


def letter(draft: Certificate) -> str:
    """A letter to somebody who can sign, with a link and nothing about the patient (A-062; reference/integration/05-mail.md §E2)."""
    subject = (
        f"Du har blivit tilldelad ett ej signerat utkast i Webcert på enhet {draft.unit_name} för vårdgivare {draft.care_provider_name}"
    )
    body = f"{REMINDER}\r\n{settings.WEBCERT.public_url}{reverse('certificate', args=[draft.id])}"
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
