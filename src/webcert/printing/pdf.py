"""From the contents of a print to a PDF file that archives and screen readers accept (PDF/A-2a and PDF/UA-1), set by Typst.

The layout is in `templates/`. What users wrote reaches it as data (JSON), never as Typst source, so it cannot be run. The data stand as
one string in a main file of their own: were they Typst's `sys.inputs`, each print would be set in another world, and nothing that
Typst remembers of the prints before (frames, labels, headings) could be used again; a print would take twice as long.
"""

import json
import threading
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from webcert.printing.characters import UNKNOWN, printable
from webcert.printing.contents import Mark, Print
from webcert.printing.typeface import FONTS
from webcert.ui.formatting import swedish_datetime

TEMPLATES = Path(__file__).parent / "templates"
GENERAL, AS_READ, PAPER = "general.typ", "as_read.typ", "paper.typ"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a paper says about itself: `state` in its title and first, `heading` on every page, `explanation` on the first."""

    state: str
    heading: str
    explanation: str


NOTICES: dict[Mark, Notice] = {
    Mark.DRAFT: Notice(
        "Utkast – inte signerat",
        "Utkast – inte signerat",
        "Detta är en utskrift av ett utkast. Det är inte signerat och gäller inte som intyg.",
    ),
    Mark.LOCKED: Notice(
        "Låst utkast – inte signerat",
        "Låst utkast – inte signerat",
        "Detta är en utskrift av ett låst utkast. Det kan inte längre ändras eller signeras och gäller inte som intyg.",
    ),
    Mark.SIGNED: Notice(
        "Elektroniskt signerat intyg",
        "Elektroniskt signerat av {signer} {time}",
        "Detta är en utskrift av ett elektroniskt intyg. Det har signerats elektroniskt av {signer} {time}.",
    ),
    Mark.REVOKED: Notice(
        "Makulerat – gäller inte",
        "Makulerat – gäller inte",
        "Detta är en utskrift av en handling som har makulerats. Den gäller inte längre.",
    ),
}
MINIMAL = (
    "Utskriften är ett minimalt intyg: den innehåller det som arbetsgivaren behöver enligt sjuklönelagen, om inte ett kollektivavtal säger "
    "något annat. Rutorna för det övriga är tomma. Det kan bli svårare för arbetsgivaren att bedöma behovet av rehabilitering än med det "
    "fullständiga intyget."
)


def certificate_pdf(print: Print) -> bytes:
    """The print as PDF. The same contents always give the same bytes. Safe to call from several threads at once."""
    template = PAPER if print.paper else AS_READ if print.surroundings else GENERAL
    return _engine.compile(_main(template, _printable(_data(print))), timestamp=int(print.printed_at.timestamp()))


def _main(template: str, data: dict[str, Any]) -> str:
    """The main file: the template, called with the data, and with the sign that stands for unknown characters when it is there.

    JSON has no control characters, so its text in JSON once more escapes just what Typst does in a string: quotes and backslashes.
    """
    text = json.dumps(data, ensure_ascii=False)
    unknown = UNKNOWN if UNKNOWN in text else ""
    return f'#import "{template}": certificate\n#certificate(json(bytes({_literal(text)})), {_literal(unknown)})'


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


class _Engine(threading.local):
    """Typst, kept warm: one compiler for each thread (it cannot be shared), all with the same fonts."""

    def __init__(self) -> None:
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts())

    def compile(self, main: str, timestamp: int) -> bytes:
        pdf = self._compiler.compile(main.encode(), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=timestamp)
        assert isinstance(pdf, bytes)
        return pdf


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts only, so that a print looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


_engine = _Engine()


def _data(print: Print) -> dict[str, Any]:
    """What the template reads: the contents, with the words of the mark and times written out."""
    signed_at = swedish_datetime(print.signed_at) if print.signed_at else ""
    notice, signature = NOTICES[print.mark], {"signer": print.issuer.name, "time": signed_at}
    extent = ("Minimalt intyg" if print.minimal else "Fullständigt intyg") if signed_at else ""
    explanation = (notice.explanation.format(**signature), MINIMAL if print.minimal else "", print.sent)
    return _by_name(print) | {
        "mark": print.mark.name,
        "watermark": "" if print.mark is Mark.SIGNED else print.mark.value.upper(),
        "state": notice.state,
        "heading": " · ".join(filter(None, (notice.heading.format(**signature), extent))),
        "explanation": " ".join(filter(None, explanation)),
        "send_by_post": print.mark is Mark.SIGNED and not (print.sent or print.minimal),
        "signed_at": signed_at,
        "printed_at": swedish_datetime(print.printed_at),
    }


def _by_name(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _printable(value: Any) -> Any:
    """The same tree in JSON's own types, with every text in it printable."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: _printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_printable(inner) for inner in value]
    return _printable(_by_name(value)) if is_dataclass(value) else value
