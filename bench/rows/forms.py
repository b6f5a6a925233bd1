"""A full FK 7804: judged, written as XML, and read back. Goals from issue 2 §7."""

from collections.abc import Iterable

from bench.table import Row, timed
from example_fk7804 import ADDRESS, FULL, WRITING
from webcert.certificate_types.fk7804 import FORM
from webcert.forms.evaluation import evaluate
from webcert.forms.transport import from_svar, to_svar
from webcert.riv import xml
from webcert.riv.intyg_xml import documents
from written import document


def rows() -> Iterable[Row]:
    """Reading ends with the answers; judging them is the first row again."""
    answers = {**FULL, "unit": ADDRESS}
    evaluation = evaluate(FORM, answers, WRITING)
    assert evaluation.complete
    written = document(to_svar(FORM, evaluation.answers, WRITING))

    yield timed("evaluate a full FK 7804", lambda: evaluate(FORM, answers, WRITING), goal_ms=1)
    yield timed("XML out", lambda: document(to_svar(FORM, evaluation.answers, WRITING)), goal_ms=2)
    yield timed("XML in", lambda: [from_svar(FORM, intyg.svar) for intyg in documents(xml.parse(written))], goal_ms=3)
