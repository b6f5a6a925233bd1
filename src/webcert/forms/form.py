"""The nouns of the form language: a form is made of categories, a category of questions.

A question here is what all element kinds have in common; the kinds themselves are the folders in `elements/`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Boxes
from webcert.forms.conditions import ALWAYS, Condition
from webcert.forms.context import Context
from webcert.forms.problems import Kind, Problem
from webcert.forms.rules import Rule
from webcert.forms.transport import Fragment, Received
from webcert.forms.wording import Wording

Fields = Mapping[str, str]
"""What a page posts: field name → text. A field of a question is named `<question id>` or `<question id>.<part>`."""

_UNWRITABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that neither XML nor the database can carry."""


def written(text: str) -> str:
    """The text with the line breaks of XML, without the characters that no certificate can carry (control characters)."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The answer has no svar of its own: it is put first in another svar's text, after `prefix` and with `separator` after it."""

    question: str
    prefix: str
    separator: str = "\n"


@dataclass(frozen=True)
class Question:
    """What every element kind is: an id, words, and when it is asked.

    `id` is the number on the official form: "19" is svar 19 with delsvar 19.1, "33.2" is delsvar 33.2 of svar 33.
    `visible` hides silently; `follows` makes a dependent question (see docs/architecture.md §3).
    `kind` names the folder with `edit.jinja`; `empty` is the text when a mandatory answer is missing.
    """

    id: str
    label: str = ""
    _: KW_ONLY
    instruction: str = ""
    help: str | tuple[str, ...] = ""
    """What to enter; several texts are paragraphs."""
    visible: Condition = ALWAYS
    follows: Condition = ALWAYS
    mandatory: bool | Condition = False
    rules: tuple[Rule, ...] = ()
    beside: str = ""
    """Id of the question in whose control this one stands (a drop-down inside a radio option)."""
    shown_when_empty: bool = True
    """Whether the read view shows it with "Ej angivet"."""
    own: bool = False
    """Ours, not a question on the official form (shown with a light bulb)."""

    kind: ClassVar[str]
    empty: ClassVar[str] = "Ange ett svar."

    @property
    def svar(self) -> str:
        return self.id.partition(".")[0]

    @property
    def delsvar(self) -> str:
        return self.id if "." in self.id else f"{self.id}.1"

    @property
    def about(self) -> frozenset[str]:
        """Ids of the questions that decide whether this one is asked."""
        return self.visible.about | self.follows.about

    @property
    def looks_at(self) -> frozenset[str]:
        """Ids of the questions that the answer is measured against; they may come later in the form."""
        required = self.mandatory.about if isinstance(self.mandatory, Condition) else frozenset()
        return required.union(*(rule.broken.about for rule in self.rules))

    def problem(self, kind: Kind, text: str, part: str = "") -> Problem:
        """A problem of this question, at the field of the part (or at the question as a whole)."""
        return Problem(self.id, f"{self.id}.{part}" if part else self.id, kind, text)

    def lacking(self) -> Problem:
        """The problem when a mandatory answer is missing."""
        return self.problem(Kind.EMPTY, self.empty)

    def is_mandatory(self, answers: Mapping[str, Any], context: Context) -> bool:
        return self.mandatory.holds(answers, context) if isinstance(self.mandatory, Condition) else self.mandatory

    def is_answered(self, answer: Any) -> bool:
        """Whether there is an answer at all, right or wrong."""
        return bool(answer)

    # What the kinds say for themselves.

    def decode(self, fields: Fields) -> Any:
        """The answer in the posted fields, as typed; None when there is none."""
        raise NotImplementedError(self.kind)

    def encode(self, answer: Any) -> dict[str, str]:
        """The fields that show the answer: the inverse of `decode`."""
        raise NotImplementedError(self.kind)

    def settle(self, answer: Any, focus: str, context: Context) -> Any:
        """The answer when its fields are left: dates in one form, shorthand computed. The field named `focus` is left alone."""
        return answer

    def check(self, answer: Any, context: Context) -> Iterable[Problem]:
        """What is wrong with an answer that is given."""
        return ()

    def fragments(self, answer: Any, context: Context) -> Iterable[Fragment]:
        """The parts of svar that carry the answer; what is not valid is left out."""
        raise NotImplementedError(self.kind)

    def read(self, received: Received) -> Any:
        """The answer in a received document."""
        raise NotImplementedError(self.kind)

    def blocks(self, answer: Any) -> tuple[Block, ...]:
        """How the answer reads."""
        return (MISSING,)

    def on_paper(self, answer: Any) -> tuple[Block, ...] | Boxes:
        """How the answer is filled in on a paper form: kinds with alternatives show all of them, others as it reads."""
        return self.blocks(answer)

    def summary(self, answer: Any) -> str:
        """A few words about the answer for a list of certificates."""
        return ""

    def remarks(self, answer: Any, fields: Fields, context: Context) -> dict[str, str]:
        """Texts that follow the answer while it is written, by the name of the place where they are shown."""
        return {}

    def recalled(self, answer: Any) -> str:
        """What a draft that renews a certificate tells, at the question, of the answer there; empty when there is nothing to tell."""
        return ""


@dataclass(frozen=True)
class Category:
    """A section of the form with a heading. `id` is the original's name of it, used in links."""

    id: str
    title: str
    questions: tuple[Question, ...]
    _: KW_ONLY
    visible: Condition = ALWAYS
    help: str = ""


def category(id: str, title: str, *questions: Question, visible: Condition = ALWAYS, help: str = "") -> Category:
    """A category; its `visible` also holds for each of its questions."""
    inside = tuple(q if visible is ALWAYS else replace(q, visible=_both(visible, q.visible)) for q in questions)
    return Category(id, title, inside, visible=visible, help=help)


def _both(outer: Condition, inner: Condition) -> Condition:
    return outer if inner is ALWAYS else outer & inner


@dataclass(frozen=True)
class Form:
    """All categories in order. A question may only depend on questions before it, and ids are unique: else ValueError."""

    categories: tuple[Category, ...]
    by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        seen: dict[str, Question] = {}
        for question in self.questions:
            if unknown := question.about - seen.keys():
                raise ValueError(f"{question.id} depends on {sorted(unknown)}, which do not come before it")
            if question.id in seen:
                raise ValueError(f"{question.id} is declared twice")
            seen[question.id] = question
        for question in self.questions:
            if unknown := question.looks_at - seen.keys():
                raise ValueError(f"{question.id} looks at {sorted(unknown)}, which are not in the form")
        object.__setattr__(self, "by_id", seen)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for category in self.categories for question in category.questions)

    def beside(self, question: str) -> Iterator[Question]:
        """The questions that stand inside the control of that one."""
        return (other for other in self.questions if other.beside == question)

    def decode(self, fields: Fields) -> dict[str, Any]:
        """The answers in the posted fields, as typed; questions without an answer are left out.

        Line breaks become those of XML, and characters that no certificate can carry (control characters) disappear.
        """
        typed = {name: written(text) for name, text in fields.items()}
        decoded = ((question.id, question.decode(typed)) for question in self.questions)
        return {id: answer for id, answer in decoded if answer is not None}

    def settle(self, answers: Mapping[str, Any], focus: str, context: Context) -> dict[str, Any]:
        """The answers as they stand when the fields are left, all but the one named `focus`."""
        return {id: self.by_id[id].settle(answer, focus, context) for id, answer in answers.items() if id in self.by_id}

    def at(self, version: str) -> "Form":
        """The same form in the words of that text version."""
        return Form(_worded(self.categories, version))


def _worded(thing: Any, version: str) -> Any:
    if isinstance(thing, Wording):
        return thing.at(version)
    if isinstance(thing, tuple):
        return tuple(_worded(part, version) for part in thing)
    if is_dataclass(thing) and not isinstance(thing, (type, Condition)):
        changed = {f.name: _worded(getattr(thing, f.name), version) for f in fields(thing) if f.init}
        return replace(thing, **changed)
    return thing
