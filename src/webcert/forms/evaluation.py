"""The one judgement of answers against a form. The editor, signing, XML export and the command line all use it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from webcert.forms.context import Context
from webcert.forms.form import Form, Question
from webcert.forms.problems import Kind, Problem


@dataclass(frozen=True)
class Evaluation:
    """`answers`: those of visible questions, as typed. `visible`: ids of the questions asked. `problems`: all, in form order."""

    form: Form
    answers: dict[str, Any]
    visible: frozenset[str]
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """Nothing is missing and nothing is wrong: a draft that can be signed, though there may be warnings."""
        return not any(problem.blocks for problem in self.problems)

    @cached_property
    def sections(self) -> dict[str, str]:
        """Category id → "complete", "missing" or "wrong", for the categories that are shown."""
        wrong: dict[str, bool] = {}
        for problem in filter(lambda problem: problem.blocks, self.problems):
            wrong[problem.question] = wrong.get(problem.question, False) or problem.kind is not Kind.EMPTY
        states = {}
        for category in self.form.categories:
            shown = [question.id for question in category.questions if question.id in self.visible]
            if shown:
                found = [wrong[id] for id in shown if id in wrong]
                states[category.id] = "wrong" if any(found) else "missing" if found else "complete"
        return states


def evaluate(form: Form, answers: Mapping[str, Any], context: Context) -> Evaluation:
    """Judge the answers. Pure; the same input always gives the same result.

    For a draft, a question that is not asked is left out silently and conditions see only what is asked. A received document is judged
    as it stands. Source: reference/certificates/fk7804.md §4, §6, §8.
    """
    return _evaluate_received(form, answers, context) if context.received else _evaluate_draft(form, answers, context)


def _evaluate_draft(form: Form, answers: Mapping[str, Any], context: Context) -> Evaluation:
    kept: dict[str, Any] = {}
    asked: list[Question] = []
    for question in form.questions:
        if question.visible.holds(kept, context) and question.follows.holds(kept, context):
            asked.append(question)
            if (answer := answers.get(question.id)) is not None:
                kept[question.id] = answer
    problems = tuple(problem for question in asked for problem in _problems_of(question, kept.get(question.id), kept, context))
    return Evaluation(form, kept, frozenset(question.id for question in asked), problems)


def _evaluate_received(form: Form, answers: Mapping[str, Any], context: Context) -> Evaluation:
    visible: set[str] = set()
    problems: list[Problem] = []
    for question in form.questions:
        answer = answers.get(question.id)
        follows = question.follows.holds(answers, context)
        if question.is_answered(answer) and not follows:
            leaders = ", ".join(sorted(question.follows.about))
            problems.append(question.problem(Kind.INCORRECT_COMBINATION, f"Svaret stämmer inte med svaret på fråga {leaders}."))
        if answer is not None or (follows and (question.follows.about or question.visible.holds(answers, context))):
            visible.add(question.id)
            problems += _problems_of(question, answer, answers, context)
    return Evaluation(form, dict(answers), frozenset(visible), tuple(problems))


def _problems_of(question: Question, answer: Any, answers: Mapping[str, Any], context: Context) -> Iterable[Problem]:
    if question.is_answered(answer):
        own = tuple(question.check(answer, context))
        rules = () if any(problem.blocks for problem in own) else question.rules
        return (*own, *(question.problem(rule.kind, rule.text, rule.part) for rule in rules if rule.broken.holds(answers, context)))
    return (question.lacking(),) if question.is_mandatory(answers, context) else ()
