"""Full certificates: judged, written as XML, and read back. Goals from issue 2 §7."""

from collections.abc import Iterable

from bench.compared import COMPARED
from bench.table import Row, timed
from example_fk7804 import WRITING
from subjects import Subject
from webcert.forms.conversion import from_svar, to_svar
from webcert.forms.evaluation import evaluate
from webcert.riv import xml
from webcert.riv.documents import documents
from written import document


def rows() -> Iterable[Row]:
    """Each of the compared types."""
    for code, subject in COMPARED.items():
        yield from _rows(code, subject)


def _rows(code: str, subject: Subject) -> Iterable[Row]:
    """Reading ends with the answers; judging them is the first row again."""
    form, answers = subject.form, subject.bases[0]
    evaluation = evaluate(form, answers, WRITING)
    assert evaluation.complete

    def written() -> bytes:
        return document(to_svar(form, evaluation.answers, WRITING), subject.versions[-1], subject.type)

    message = written()
    yield timed(f"evaluate a full {code}", lambda: evaluate(form, answers, WRITING), goal_ms=1)
    yield timed(f"XML out, {code}", written, goal_ms=2)
    yield timed(f"XML in, {code}", lambda: [from_svar(form, intyg.svar) for intyg in documents(xml.parse(message))], goal_ms=3)
