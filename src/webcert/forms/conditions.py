"""Conditions over earlier answers: small values that can be combined with `&`, `|` and `~`, asked, and printed.

`str(condition)` reads as the rule, so that a test or a page can list a form's rules as a table.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from webcert.forms.context import Context
from webcert.vocabulary.dates import parse_date
from webcert.vocabulary.periods import Period, covered_days, period_of

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """Something that holds or does not, given the answers. `about` are the ids of the questions that it looks at."""

    text: str
    about: frozenset[str]
    holds: Callable[[Answers, Context], bool]

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"({self} & {other})", self.about | other.about, lambda a, c: self.holds(a, c) and other.holds(a, c))

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(f"({self} | {other})", self.about | other.about, lambda a, c: self.holds(a, c) or other.holds(a, c))

    def __invert__(self) -> "Condition":
        return Condition(f"~{self}", self.about, lambda a, c: not self.holds(a, c))

    def __str__(self) -> str:
        return self.text


def _about(question: str, text: str, holds: Callable[[Any, Context], bool]) -> Condition:
    return Condition(text, frozenset({question}), lambda answers, context: holds(answers.get(question), context))


def codes_of(answer: Any) -> list[str]:
    """The codes in an answer, whatever its kind: one choice, several choices, or rows with a code each."""
    if isinstance(answer, str):
        return [answer] if answer else []
    return [row["code"] if isinstance(row, dict) else row for row in answer or ()]


ALWAYS = Condition("always", frozenset(), lambda _answers, _context: True)
WRITING = Condition("writing", frozenset(), lambda _answers, context: not context.received)
"""Only asked of the one who writes; a received document carries it elsewhere."""


def ticked(question: str) -> Condition:
    """The checkbox or yes/no question is answered with yes."""
    return _about(question, f'ticked("{question}")', lambda answer, _: answer is True)


def denied(question: str) -> Condition:
    """The yes/no question is answered with no."""
    return _about(question, f'denied("{question}")', lambda answer, _: answer is False)


def answered(question: str) -> Condition:
    """There is some answer, right or wrong."""
    return _about(question, f'answered("{question}")', lambda answer, _: bool(answer))


def written(*questions: str) -> Condition:
    """At least one of the text questions has an answer that is not only white space."""
    listed = ", ".join(f'"{question}"' for question in questions)

    def holds(answers: Answers, _context: Context) -> bool:
        return any((answers.get(question) or "").strip() for question in questions)

    return Condition(f"written({listed})", frozenset(questions), holds)


def chosen(question: str, *codes: str) -> Condition:
    """At least one of the codes is chosen."""
    listed = ", ".join(f'"{code}"' for code in codes)
    wanted = frozenset(codes)
    return _about(question, f'chosen("{question}", {listed})', lambda answer, _: not wanted.isdisjoint(codes_of(answer)))


def period_given(question: str, *codes: str) -> Condition:
    """At least one row with one of the codes has a valid period (both dates real, in order)."""
    listed = ", ".join(f'"{code}"' for code in codes)

    def holds(answer: Any, _context: Context) -> bool:
        return any(row["code"] in codes and period_of(row["from"], row["to"]) for row in answer or ())

    return _about(question, f'period_given("{question}", {listed})', holds)


def covers_more_than(question: str, days: int) -> Condition:
    """The rows that have a valid period cover more than so many days together."""
    return _about(question, f'covers_more_than("{question}", {days})', lambda answer, _: covered_days(_periods(answer)) > days)


def has_gap(question: str) -> Condition:
    """There are days between the first and the last that no row covers."""

    def holds(answer: Any, _context: Context) -> bool:
        periods = _periods(answer)
        return bool(periods) and covered_days(periods) < Period(min(periods).start, max(period.end for period in periods)).days

    return _about(question, f'has_gap("{question}")', holds)


def _periods(answer: Any) -> list[Period]:
    return [period for row in answer or () if (period := period_of(row["from"], row["to"]))]


def starts_days_ago(question: str, days: int) -> Condition:
    """Some row with two real dates starts `days` days ago or earlier."""

    def holds(answer: Any, context: Context) -> bool:
        limit = context.today - timedelta(days=days)
        starts = (parse_date(row["from"]) for row in answer or () if parse_date(row["to"]))
        return any(start <= limit for start in starts if start)

    return _about(question, f'starts_days_ago("{question}", {days})', holds)


def older_than(question: str, days: int) -> Condition:
    """The question has a real date that lies more than `days` days before today."""

    def holds(answer: Any, context: Context) -> bool:
        date = parse_date(answer or "")
        return date is not None and date < context.today - timedelta(days=days)

    return _about(question, f'older_than("{question}", {days})', holds)


def later_than(question: str, days: int) -> Condition:
    """The question has a real date that lies more than `days` days after today."""

    def holds(answer: Any, context: Context) -> bool:
        date = parse_date(answer or "")
        return date is not None and date > context.today + timedelta(days=days)

    return _about(question, f'later_than("{question}", {days})', holds)


def dated_before(question: str, code: str, other: str) -> Condition:
    """The row with the code has a real date that is earlier than the real date that question `other` asks for."""

    def holds(answers: Answers, _context: Context) -> bool:
        limit = parse_date(answers.get(other) or "")
        dates = (parse_date(row["date"]) for row in answers.get(question) or () if row["code"] == code)
        return limit is not None and any(date < limit for date in dates if date)

    return Condition(f'dated_before("{question}", "{code}", "{other}")', frozenset({question, other}), holds)
