"""Our verdict is the official one, that of the owner's schematron, on thousands of documents that nobody wrote by hand."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_fk7804 import TODAY, WRITING
from official import schema_errors
from subjects import SUBJECTS, Subject
from webcert.certificate_types.received import judge
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import evaluate
from webcert.vocabulary.svar import Svar
from written import document, svar_of

MANY = settings(max_examples=1000, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
ALL = pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)


def verdicts_agree(subject: Subject, svar: Sequence[Svar], version: str) -> bool:
    written = document(svar, version, subject.type)
    ours, theirs = judge(written, today=TODAY).valid, subject.is_accepted(written)
    known = (difference.we_accept == ours and difference.applies(svar) for difference in subject.differences)
    return ours == theirs or any(known)


@ALL
def test_the_good_answers_are_complete_and_both_judges_say_so(subject: Subject) -> None:
    for answers in subject.bases:
        assert evaluate(subject.form, answers, WRITING).problems == ()
        written = document(svar_of(subject.form, answers), subject.versions[-1], subject.type)
        assert judge(written, today=TODAY).valid
        assert subject.is_accepted(written)


@ALL
@MANY
@given(data=st.data())
def test_whatever_is_typed_the_document_fits_the_schema_and_both_judges_agree_on_it(subject: Subject, data: st.DataObject) -> None:
    version = data.draw(st.sampled_from(subject.versions))
    form = subject.type.form(version)
    answers = form.decode(data.draw(subject.typed))
    if data.draw(st.booleans()):
        answers = form.settle(answers, "", WRITING)
    evaluation = evaluate(form, answers, WRITING)
    svar = to_svar(form, evaluation.answers, WRITING)
    written = document(svar, version, subject.type)

    assert schema_errors(written) == []
    assert verdicts_agree(subject, svar, version)
    if evaluation.complete:
        assert subject.is_accepted(written)


@ALL
@MANY
@given(data=st.data())
def test_whatever_is_sent_both_judges_agree(subject: Subject, data: st.DataObject) -> None:
    assert verdicts_agree(subject, data.draw(subject.sent), subject.versions[-1])
