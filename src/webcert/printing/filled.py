"""A recipient's paper form (`certificate_types/paper.py`) filled in with the answers of a certificate: plain values for the template.

Which words stand where is decided here, how they look in `templates/paper.typ`. No database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.paper import Diagnosed, Frame, PaperForm, Part, Signed, Ticked, Written
from webcert.forms.blocks import Alert, Block, Box, Boxes, Items, Missing, Table, Text
from webcert.forms.conversion import with_moved
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.form import Form, Question
from webcert.forms.wording import Wording
from webcert.printing.characters import printable
from webcert.printing.room import LABEL, cut, height
from webcert.riv.intyg import Issuer
from webcert.ui.formatting import swedish_datetime
from webcert.vocabulary.clock import SWEDEN

WIDTH, ROOM_BESIDE, INSET, GAP = 176.0, 108.0, 1.2, 1.6
"""Millimetres in a frame of `templates/paper.typ`: of a text, of a text beside its label, above and below it, between label and text."""


@dataclass(frozen=True, slots=True)
class FilledPart:
    """A part of a frame. `text`, with the `rest` that has no room, belongs to `written`, `boxes` to `ticked`, `table` to `diagnosed` and
    `listed`, `facts` to `signed`."""

    kind: str
    layout: Part
    label: str = ""
    text: str = ""
    rest: str = ""
    boxes: tuple[Box, ...] = ()
    table: Table | None = None
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FilledFrame:
    """A frame with its heading, which is empty when the frame goes on from the page before."""

    heading: str
    parts: tuple[FilledPart, ...]


@dataclass(frozen=True, slots=True, repr=False)
class FilledForm:
    """The whole form. `left_over` are answers that the form has no frame for: nothing that was answered is left out of a print."""

    title: tuple[str, str]
    scan_id: tuple[str, str]
    margin: tuple[str, ...]
    reminders: tuple[str, ...]
    send_to: tuple[str, ...]
    pages: tuple[tuple[FilledFrame, ...], ...]
    left_over: tuple[FilledPart, ...]
    introduction: tuple[str, ...]


def signature(issuer: Issuer, signed_at: datetime | None) -> dict[str, str]:
    """What can be written in the frame of the signature, by name. Of an unsigned document only the unit."""
    unit = issuer.unit
    address = (unit.name, unit.address, f"{unit.postcode} {unit.town}", f"Telefon: {unit.phone}" if unit.phone else "")
    lines = "\n".join(line for line in address if line.strip())
    if signed_at is None:
        return {"unit": lines, "name_and_unit": lines}
    return {
        "unit": lines,
        "day": f"{signed_at.astimezone(SWEDEN):%Y-%m-%d}",
        "signature": f"Elektroniskt signerat {swedish_datetime(signed_at)}",
        "name": issuer.name,
        "positions": ", ".join(position.display or position.code for position in issuer.positions),
        "specialities": ", ".join(issuer.specialities),
        "hsa_id": issuer.hsa_id,
        "workplace_code": unit.workplace_code,
        "name_and_unit": f"{issuer.name}\n{lines}",
    }


def fill(type: CertificateType, version: str, answers: Mapping[str, Any], signed: Mapping[str, str]) -> FilledForm:
    """The type's paper form with the answers, in the words of the text version; `signed` comes from `signature`."""
    paper, form = type.paper, type.form(version)
    assert isinstance(paper, PaperForm), f"{type.code} has no paper form"
    filler = _Filler(form, with_moved(form, answers), signed, frozenset(_title(frame, form) for page in paper.pages for frame in page))
    agreed = _worded(paper.agreed, version)
    return FilledForm(
        title=paper.title,
        scan_id=(paper.scan_id[0], _worded(paper.scan_id[1], version)),
        margin=(f"{type.text_version(version).form_id} {paper.approved}".strip(), *([agreed] if agreed else [])),
        reminders=tuple(filter(None, (_worded(reminder, version) for reminder in paper.reminders))),
        send_to=paper.send_to,
        pages=tuple(tuple(filler.frame(frame) for frame in page) for page in paper.pages),
        left_over=tuple(filler.left_over(paper)),
        introduction=type.about if paper.introduced else (),
    )


def _worded(text: str, version: str) -> str:
    return text.at(version) if isinstance(text, Wording) else text


def _title(frame: Frame, form: Form) -> str:
    first = frame.parts[0]
    return form.by_id[first.question].label if frame.title == "" and not isinstance(first, Signed) else frame.title or ""


@dataclass(frozen=True, slots=True)
class _Filler:
    form: Form
    answers: Mapping[str, Any]
    signed: Mapping[str, str]
    titles: frozenset[str]

    def frame(self, frame: Frame) -> FilledFrame:
        title = _title(frame, self.form)
        return FilledFrame(f"{frame.number}. {title}" if frame.number else title, tuple(self.part(part) for part in frame.parts))

    def part(self, part: Part) -> FilledPart:
        if isinstance(part, Signed):
            return FilledPart("signed", part, facts=tuple((label, self.signed.get(name, "")) for label, name in part.parts.items()))
        question = self.form.by_id[part.question]
        shown = question.on_paper(self.answers.get(question.id))
        label = self._label(question)
        match part, shown:
            case Written(), _:
                return self._written(part, label, _text(shown))
            case Ticked(), Boxes(boxes):
                return FilledPart("ticked", part, label, boxes=self._boxes(part, question, boxes))
            case _, (Table() as table,):
                return FilledPart("diagnosed" if isinstance(part, Diagnosed) else "listed", part, label, table=table)
        raise TypeError(f"{question.id} cannot be drawn as {part}")

    def _written(self, part: Written, label: str, text: str) -> FilledPart:
        """The text as far as it has room, and the rest for the continuation sheet."""
        body = printable(text if part.keeps_lines else " ".join(text.split()))
        inner = part.height - 2 * INSET
        if part.beside:
            shown, rest = cut(body, width=ROOM_BESIDE, height=inner)
        else:
            above = height(label, width=WIDTH, size=LABEL) + GAP if label else 0
            shown, rest = cut(body, width=WIDTH, height=inner - above)
        return FilledPart("written", part, label, shown, rest)

    def _label(self, question: Question) -> str:
        """The question's words that do not already stand in a heading or beside a box."""
        blank = question.on_paper(None)
        taken = {*self.titles, *(box.label for box in (blank.boxes if isinstance(blank, Boxes) else ()))}
        first, then = (text if text not in taken else "" for text in (question.label, question.instruction))
        if first and then and not first.endswith((".", ":", "?")):
            first += "."
        return f"{first} {then}".strip()

    def _boxes(self, part: Ticked, question: Question, boxes: tuple[Box, ...]) -> tuple[Box, ...]:
        inside = {other.beside_option: self._inner(other) for other in self.form.beside(question.id) if isinstance(other, Choice)}
        named = [replace(box, label=part.words.get(box.code, box.label), inside=inside.get(box.code, ())) for box in boxes]
        return tuple(reversed(named) if part.backwards else named)

    def _inner(self, question: Choice) -> tuple[Box, ...]:
        return question.on_paper(self.answers.get(question.id)).boxes

    def left_over(self, paper: PaperForm) -> Iterable[FilledPart]:
        placed = {part.question for part in paper.parts if not isinstance(part, Signed)}
        for question in self.form.questions:
            if {question.id, question.beside} & placed or isinstance(question, UnitAddress):
                continue
            if text := _text(question.blocks(self.answers.get(question.id))):
                yield FilledPart("written", Written(question.id, 0), question.label, text)


def _text(shown: tuple[Block, ...] | Boxes) -> str:
    """The answer as running text; empty when there is none."""
    blocks = shown if isinstance(shown, tuple) else ()
    return "\n".join(filter(None, map(_words, blocks)))


def _words(block: Block) -> str:
    match block:
        case Text(text) | Alert(text):
            return text
        case Items(items):
            return "\n".join(items)
        case Table(_, rows):
            return "\n".join(", ".join(row) for row in rows)
        case Missing():
            return ""
