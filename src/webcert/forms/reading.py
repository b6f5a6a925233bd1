"""A form with its answers, as it is read: what the read view, the print and the HTML conversion show, in the same order.

How one answer reads is its element's business (`Question.blocks`); how blocks look is the page's or the print's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webcert.forms.blocks import Block, Text
from webcert.forms.context import Context
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Form, Question


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer. `label` or `instruction` may be empty, never both; `own` is `Question.own`."""

    question: str
    label: str
    instruction: str
    own: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A category that is shown, with at least one entry. `id` is the category's."""

    id: str
    title: str
    entries: tuple[Entry, ...]


def read(form: Form, answers: Mapping[str, Any], context: Context, *, whole: bool = False) -> tuple[Section, ...]:
    """The sections of a certificate or draft, in form order.

    Left out: what other answers hide (unless the `whole` form is read), motivations that were not given, the unit's address (it is shown
    with the signature), and sections where nothing is left. A question that stands in the control of another is read as the end of that
    one's answer.
    Use `context.received` for a signed certificate: then every answer in it is shown, whatever today's rules would hide.
    Source: reference/certificates/fk7804.md §2.4.
    """
    evaluation = evaluate(form, answers, context)

    def is_shown(question: Question) -> bool:
        if question.beside in evaluation.visible or isinstance(question, UnitAddress):
            return False
        if question.id not in evaluation.visible:
            return whole and question.shown_when_empty
        return question.shown_when_empty or question.is_answered(evaluation.answers.get(question.id))

    def blocks(question: Question) -> tuple[Block, ...]:
        read = question.blocks(evaluation.answers.get(question.id))
        for other in form.beside(question.id):
            if other.id in evaluation.visible:
                read = _joined(read, other.blocks(evaluation.answers.get(other.id)))
        return read

    def entry(question: Question) -> Entry:
        return Entry(question.id, question.label, question.instruction, question.own, blocks(question))

    sections = (Section(c.id, c.title, tuple(entry(q) for q in c.questions if is_shown(q))) for c in form.categories)
    return tuple(section for section in sections if section.entries)


def _joined(first: tuple[Block, ...], then: tuple[Block, ...]) -> tuple[Block, ...]:
    """Two texts become one sentence ("… inom" + "1 månad."); other blocks follow each other."""
    match first, then:
        case (Text(start),), (Text(end),):
            return (Text(f"{start} {end}"),)
    return first + then
