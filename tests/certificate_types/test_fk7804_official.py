"""Our verdict is the official one, that of Försäkringskassan's schematron, on thousands of documents that nobody wrote by hand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_fk7804 import TODAY, WRITING
from generated_fk7804 import Fields, document, sent_svar, typed_fields
from official import schema_errors, schematron_accepts
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.evaluation import evaluate
from webcert.forms.transport import to_svar
from webcert.vocabulary.diagnosis_codes import SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PeriodText, Svar, Value

FK7804 = TYPES["lisjp"]
MANY = settings(max_examples=1200, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Difference:
    """Where the schematron says otherwise than the reference, and we follow the reference."""

    reference: str
    why: str
    we_accept: bool
    applies: Callable[[Sequence[Svar]], bool]


def _values(svar: Iterable[Svar], *prefixes: str) -> list[Value]:
    return [value for one in svar for id, value in one.parts if id.startswith(prefixes)]


def _texts(svar: Iterable[Svar]) -> list[str]:
    values = _values(svar, "")
    return [
        text for value in values for text in ((value.code, value.system) if isinstance(value, Coded) else (value,)) if isinstance(text, str)
    ]


def _dates(svar: Iterable[Svar]) -> list[str]:
    values = _values(svar, "1.2", "32.2")
    return [
        text
        for value in values
        for text in ((value.start, value.end) if isinstance(value, PeriodText) else (value,))
        if isinstance(text, str)
    ]


DIFFERENCES = [
    Difference(
        "fk7804.md §8, 6.2/6.4/6.6: codeSystem one of the two OIDs",
        "the expression has no ends, so that text around the OID passes",
        False,
        lambda svar: any(
            isinstance(value, Coded) and value.system.strip() not in SYSTEM_OIDS.values() for value in _values(svar, "6.2", "6.4", "6.6")
        ),
    ),
    Difference(
        "fk7804.md §7.5: codes are trimmed of white space; §8, 40: EJ_AKTUELLT must be alone",
        "this expression alone compares the code untrimmed",
        False,
        lambda svar: any(isinstance(v, Coded) and v.code != v.code.strip() == "EJ_AKTUELLT" for v in _values(svar, "40.1")),
    ),
    Difference(
        "fk7804.md §8: date in the text form yyyy-mm-dd (and so says the XSD of 32.2)",
        "only the beginning is compared, so that a time zone may follow",
        False,
        lambda svar: any(len(text.strip()) > 10 for text in _dates(svar)),
    ),
    Difference(
        "fk7804.md §6: dates have the years 1000–2999",
        "any year with four digits passes",
        False,
        lambda svar: any(text[:1] not in "12" for text in _dates(svar)),
    ),
    Difference(
        "fk7804.md §8: 9001–9999 are exactly one non-empty text",
        "9000 may be anything",
        False,
        lambda svar: any(one.id == "9000" for one in svar),
    ),
    Difference(
        "fk7804.md §8: a text is not only white space",
        "XPath knows four characters of white space; a no-break space is text to it",
        False,
        lambda svar: any(text and not text.strip() and "\u00a0" in text for text in _texts(svar)),
    ),
    Difference(
        "fk7804.md §7.5: codes are trimmed of white space",
        "XPath does not trim a no-break space",
        True,
        lambda svar: any(text != text.strip() and "\u00a0" in text for text in _texts(svar)),
    ),
]


def verdicts_agree(svar: Sequence[Svar], version: str = "1.3") -> bool:
    written = document(svar, version)
    ours, theirs = judge(written, today=TODAY).valid, schematron_accepts(written)
    return ours == theirs or any(difference.we_accept == ours and difference.applies(svar) for difference in DIFFERENCES)


@MANY
@given(fields=typed_fields(), version=st.sampled_from(["1.0", "1.1", "1.2", "1.3"]), settled=st.booleans())
def test_whatever_is_typed_the_document_fits_the_schema_and_both_judges_agree_on_it(fields: Fields, version: str, settled: bool) -> None:
    form = FK7804.form(version)
    answers = form.decode(fields)
    if settled:
        answers = form.settle(answers, "", WRITING)
    evaluation = evaluate(form, answers, WRITING)
    svar = to_svar(form, evaluation.answers, WRITING)
    written = document(svar, version)

    assert schema_errors(written) == []
    assert verdicts_agree(svar, version)
    if evaluation.complete:
        assert schematron_accepts(written)


@MANY
@given(svar=sent_svar())
def test_whatever_is_sent_both_judges_agree(svar: tuple[Svar, ...]) -> None:
    assert verdicts_agree(svar)
