"""Where an official schematron says otherwise than the reference, and we follow the reference. One table for each owner."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from example_fk7804 import SIGNED
from webcert.certificate_types import TYPES
from webcert.forms.conversion import from_svar
from webcert.forms.evaluation import evaluate
from webcert.forms.problems import Kind
from webcert.vocabulary.diagnosis_codes import SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PeriodText, Svar, Value


@dataclass(frozen=True)
class Difference:
    """`applies` tells whether it can be the reason why the verdicts on those svar differ; `we_accept` what ours is then."""

    reference: str
    why: str
    we_accept: bool
    applies: Callable[[Sequence[Svar]], bool]


def values(svar: Iterable[Svar], *prefixes: str) -> list[Value]:
    """The values of the delsvar whose id begins so."""
    return [value for one in svar for id, value in one.parts if id.startswith(prefixes)]


def _texts(svar: Iterable[Svar]) -> list[str]:
    every = (((value.code, value.system) if isinstance(value, Coded) else (value,)) for value in values(svar, ""))
    return [text for texts in every for text in texts if isinstance(text, str)]


def _dates(svar: Iterable[Svar], delsvar: tuple[str, ...]) -> list[str]:
    every = (((value.start, value.end) if isinstance(value, PeriodText) else (value,)) for value in values(svar, *delsvar))
    return [text for texts in every for text in texts if isinstance(text, str)]


def of_forsakringskassan(*date_delsvar: str) -> tuple[Difference, ...]:
    """Those of all types to Försäkringskassan; `date_delsvar` are the delsvar that are dates or periods in the type."""
    return (
        Difference(
            "fk7804.md §8 and fk-common.md §13, 6.2/6.4/6.6: codeSystem one of the two OIDs",
            "the expression has no ends, so that text around the OID passes",
            False,
            lambda svar: any(
                isinstance(value, Coded) and value.system.strip() not in SYSTEM_OIDS.values() for value in values(svar, "6.2", "6.4", "6.6")
            ),
        ),
        Difference(
            "fk7804.md §8 and fk-common.md §12.3: date in the text form yyyy-mm-dd (and so says the XSD of a period)",
            "only the beginning is compared, so that a time zone may follow",
            False,
            lambda svar: any(len(text.strip()) > 10 for text in _dates(svar, date_delsvar)),
        ),
        Difference(
            "vocabulary/dates.py: every day has a next one",
            "the last day that can be written passes",
            False,
            lambda svar: "9999-12-31" in "".join(_dates(svar, date_delsvar)),
        ),
        Difference(
            "fk7804.md §8 and fk-common.md §13: 9001–9999 are exactly one non-empty text",
            "9000 may be anything",
            False,
            lambda svar: any(one.id == "9000" for one in svar),
        ),
        Difference(
            "fk7804.md §8 and fk-common.md §13: a text is not only white space",
            "XPath knows four characters of white space; a no-break space is text to it",
            False,
            lambda svar: any(text and not text.strip() and "\u00a0" in text for text in _texts(svar)),
        ),
        Difference(
            "fk7804.md §7.5 and fk-common.md §12.7: codes are trimmed of white space",
            "XPath does not trim a no-break space",
            True,
            lambda svar: any(text != text.strip() and "\u00a0" in text for text in _texts(svar)),
        ),
    )


UNTRIMMED_EXCLUSIVE = Difference(
    "fk7804.md §7.5: codes are trimmed of white space; §8, 40: EJ_AKTUELLT must be alone",
    "this expression alone compares the code untrimmed",
    False,
    lambda svar: any(isinstance(value, Coded) and value.code != value.code.strip() == "EJ_AKTUELLT" for value in values(svar, "40.1")),
)


def _we_refuse_something_else(svar: Sequence[Svar]) -> bool:
    """Something in other svar than 32, or a part of it or a number of it that the form has no place for."""
    form = TYPES["fk7263"].newest_form
    answers, misread = from_svar(form, svar)
    problems = (*misread, *evaluate(form, answers, SIGNED).problems)
    return any(problem.question != "32" or problem.kind is Kind.OTHER for problem in problems) or any(
        one.instance is not None and one.instance < 1 for one in svar
    )


OF_FK7263 = (
    *of_forsakringskassan("32.2"),
    Difference(
        "fk7263.md §7: the schematron looks at svar 32 and nothing else",
        "we refuse every document that says what the form has no place for, since it would be lost without a word",
        False,
        _we_refuse_something_else,
    ),
    Difference(
        "fk7263.md §6.5, 8b: from is not after tom",
        "the schematron only asks that both are dates",
        False,
        lambda svar: any(isinstance(value, PeriodText) and value.start > value.end for value in values(svar, "32.2")),
    ),
)
"""FK 7263: we are stricter than its schematron, never more lenient."""
