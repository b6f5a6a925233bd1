"""Visual acuity: right eye, left eye and both, without and with correction, and contact lenses. A number from 0,0 to 2,0 with one decimal.

Answer: part ("right.plain", "both.corrected", "left.lens" …) → number as typed, or "on" for a lens; parts without are left out.
Source: reference/certificates/tstrk1007.md §2 (acuity grid), §4.2 and §5.2 svar 8.
"""

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from decimal import Decimal
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Table
from webcert.forms.conditions import Condition
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.rules import Rule, warning
from webcert.forms.transport import Fragment, Received

Answer = dict[str, str]

ROWS = {"right": "Höger öga", "left": "Vänster öga", "both": "Binokulärt"}
COLUMNS = {"plain": "Utan korrektion", "corrected": "Med korrektion"}
LENS = "Kontaktlinser"
LENSES = ("right.lens", "left.lens")
VALUES = tuple(f"{row}.{column}" for column in COLUMNS for row in ROWS)
"""In the order of their delsvar."""

HIGHEST = Decimal(2)
RANGE = "Ange synskärpa i intervallet 0,0–2,0."

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_ONE_DECIMAL = re.compile(r"\d+([.,]\d)?", re.ASCII)
_SHORT = re.compile(r"(\d)[.,]?(\d)?", re.ASCII)


@dataclass(frozen=True)
class Acuity(Question):
    """`first` is the number of the first delsvar: the values follow each other from it, and the lenses after them."""

    _: KW_ONLY
    first: int
    lenses: bool = True

    kind: ClassVar[str] = "acuity"
    empty: ClassVar[str] = "Ange synskärpa utan korrektion för båda ögonen var för sig och tillsammans."
    rows: ClassVar[dict[str, str]] = ROWS
    columns: ClassVar[dict[str, str]] = COLUMNS

    @property
    def delsvar_of(self) -> dict[str, str]:
        """Part → its delsvar."""
        parts = (*VALUES, *LENSES) if self.lenses else VALUES
        return {part: f"{self.svar}.{number}" for number, part in enumerate(parts, start=self.first)}

    def is_answered(self, answer: Answer | None) -> bool:
        """Whether there is any value; a lens alone says nothing about acuity."""
        return any(part in VALUES for part in answer or ())

    def decode(self, fields: Fields) -> Answer | None:
        typed = {part: fields.get(f"{self.id}.{part}", "").strip() for part in self.delsvar_of}
        return {part: text for part, text in typed.items() if text} or None

    def encode(self, answer: Answer | None) -> dict[str, str]:
        return {f"{self.id}.{part}": text for part, text in (answer or {}).items()}

    def settle(self, answer: Answer, focus: str, context: Context) -> Answer:
        return {part: text if focus == f"{self.id}.{part}" or part in LENSES else _written_out(text) for part, text in answer.items()}

    def check(self, answer: Answer, context: Context) -> Iterable[Problem]:
        for part in VALUES:
            text = answer.get(part)
            if text is None:
                if part.endswith(".plain"):
                    yield self.problem(Kind.EMPTY, "Ange ett svar.", part)
            elif (value := number(text)) is None or not 0 <= value <= HIGHEST:
                yield self.problem(Kind.INVALID_FORMAT, RANGE, part)
            elif not (context.received or _ONE_DECIMAL.fullmatch(text)):
                yield self.problem(Kind.INVALID_FORMAT, "Ange synskärpa med en decimal.", part)

    def fragments(self, answer: Answer, context: Context) -> Iterable[Fragment]:
        for part, delsvar in self.delsvar_of.items():
            if part in LENSES and part in answer:
                yield Fragment(self.svar, delsvar, "true")
            elif part in answer and number(answer[part]) is not None:
                yield Fragment(self.svar, delsvar, answer[part].replace(",", "."))

    def read(self, received: Received) -> Answer | None:
        svar = received.one(self.svar)
        if svar is None:
            return None
        answer = {}
        for part, delsvar in self.delsvar_of.items():
            if part in LENSES:
                if received.flag(svar, delsvar, required=False):
                    answer[part] = "on"
            elif (text := received.text(svar, delsvar)) is not None:
                if "," in text:
                    received.complain(self.id, f"Delsvar {delsvar} ska skrivas med punkt.")
                answer[part] = text.strip().replace(".", ",")
        return answer or None

    def blocks(self, answer: Answer | None) -> tuple[Block, ...]:
        if not answer:
            return (MISSING,)
        columns = [*COLUMNS, *(["lens"] if self.lenses else [])]
        rows = tuple((label, *(_cell(answer, row, column) for column in columns)) for row, label in ROWS.items())
        return (Table(("Öga", *COLUMNS.values(), *([LENS] if self.lenses else [])), rows),)


def _cell(answer: Answer, row: str, column: str) -> str:
    if column != "lens":
        return _written_out(answer.get(f"{row}.{column}", "–"))
    return "–" if row == "both" else "Ja" if f"{row}.lens" in answer else "Nej"


def _written_out(text: str) -> str:
    """`8` is 8,0 and `08` or `0.8` is 0,8; what is no such shorthand stays."""
    match = _SHORT.fullmatch(text)
    return f"{match[1]},{match[2] or 0}" if match else text


def number(text: str) -> Decimal | None:
    """The number that the text says, with comma or point; None when it is none."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


# Conditions over the answer.


def _values(answer: Any, *parts: str) -> list[Decimal]:
    numbers = (number((answer or {}).get(part, "")) for part in parts)
    return [value for value in numbers if value is not None]


def both_eyes_below(question: str, limit: str) -> Condition:
    """Each eye without correction has a value, and both are below the limit."""

    def holds(answer: Any) -> bool:
        eyes = _values(answer, "right.plain", "left.plain")
        return len(eyes) == 2 and max(eyes) < Decimal(limit)

    return Condition(f'both_eyes_below("{question}", {limit})', frozenset({question}), lambda answers, _: holds(answers.get(question)))


def an_eye_below(question: str, limit: str) -> Condition:
    """At least one eye without correction is below the limit."""

    def holds(answer: Any) -> bool:
        return any(value < Decimal(limit) for value in _values(answer, "right.plain", "left.plain"))

    return Condition(f'an_eye_below("{question}", {limit})', frozenset({question}), lambda answers, _: holds(answers.get(question)))


def binocular_below(question: str, limit: str) -> Condition:
    """Both eyes together without correction are below the limit."""

    def holds(answer: Any) -> bool:
        return any(value < Decimal(limit) for value in _values(answer, "both.plain"))

    return Condition(f'binocular_below("{question}", {limit})', frozenset({question}), lambda answers, _: holds(answers.get(question)))


def correction_required(question: str, when: Condition) -> tuple[Rule, ...]:
    """The values with correction must be given when the condition holds: a rule for each row."""
    text = "Ange synskärpa med korrektion. Den behövs eftersom synskärpan utan korrektion är låg."
    return tuple(Rule(when & ~_has(question, part), text, Kind.EMPTY, part) for part in (f"{row}.corrected" for row in ROWS))


def lens_without_value(question: str) -> tuple[Rule, ...]:
    """An eye that has a lens should have a value with correction: a hint for each eye. Source: tstrk1007.md §4.4."""
    text = "Kontaktlins är markerad för ögat, men värdet med korrektion saknas."
    eyes = ((lens, lens.replace("lens", "corrected")) for lens in LENSES)
    return tuple(warning(_has(question, lens) & ~_has(question, value), text, value) for lens, value in eyes)


def _has(question: str, part: str) -> Condition:
    return Condition(f'has("{question}", "{part}")', frozenset({question}), lambda answers, _: part in (answers.get(question) or {}))
