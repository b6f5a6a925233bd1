"""Answers to svar and back, by the questions of a form: grouped and numbered when written, read strictly when received."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from webcert.forms.context import Context
from webcert.forms.form import Form
from webcert.forms.problems import Problem
from webcert.forms.transport import Received
from webcert.vocabulary.svar import Svar, Value


def to_svar(form: Form, answers: Mapping[str, Any], context: Context) -> tuple[Svar, ...]:
    """The svar of the answers, in the form's order. `answers` are those of visible questions (`Evaluation.answers`)."""
    groups: dict[tuple[str, str | None], list[tuple[str, Value]]] = {}
    carried = with_moved(form, answers)
    for question in form.questions:
        if question.id in carried:
            for part in question.fragments(carried[question.id], context):
                groups.setdefault((part.svar, part.instance), []).append((part.delsvar, part.value))
    return tuple(_numbered(groups))


def with_moved(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the document carries them: a text without a svar of its own stands first in the text that it is moved to."""
    carried: dict[str, Any] = {}
    moved: dict[str, list[str]] = {}
    separators: dict[str, str] = {}
    for question in form.questions:
        answer = answers.get(question.id)
        if moves := getattr(question, "moved_to", None):
            if answer and answer.strip():
                moved.setdefault(moves.question, []).append(moves.prefix + answer)
                separators[moves.question] = moves.separator
            continue
        if target := moved.pop(question.id, None):
            answer = separators[question.id].join([*target, *([answer] if answer and answer.strip() else [])])
        if answer is not None:
            carried[question.id] = answer
    return carried


def _numbered(groups: Mapping[tuple[str, str | None], list[tuple[str, Value]]]) -> Iterable[Svar]:
    counts: dict[str, int] = {}
    for (svar, instance), parts in groups.items():
        if instance is not None:
            counts[svar] = counts.get(svar, 0) + 1
        yield Svar(svar, tuple(parts), counts.get(svar) if instance is not None else None)


def from_svar(form: Form, svar: Sequence[Svar]) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """The answers in a received document, and what in it the form has no place for or cannot read."""
    received = Received(svar)
    received.require_instances()
    answers = {}
    for question in form.questions:
        answer = None if getattr(question, "moved_to", None) else question.read(received)
        if answer is not None:
            answers[question.id] = answer
    return answers, (*received.problems, *received.leftovers())
