"""The gaps of the original that any type could have, closed in every version of every type. What only one type has stands with its rules.

Source: fk-common.md §6, §12.6 and §17; fk7804.md §6 and §15; tstrk1007.md §2, §4.4 and §9; tstrk1031.md §2.4 and §7.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from example_fk7804 import WRITING
from samples import told
from subjects import SUBJECTS, Subject
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.forms.form import Question
from written import svar_of

WRITTEN = {code: subject for code, subject in SUBJECTS.items() if subject.type.issued}
"""All but FK 7263, which is never written."""

Answers = Mapping[str, Any]


def judged(subject: Subject, answers: Answers) -> Evaluation:
    return evaluate(subject.form, answers, WRITING)


def questions(*kinds: type[Question], **having: object) -> Any:
    """One case for each question of those kinds: the code of the subject and the question."""
    found = [
        (code, question)
        for code, subject in WRITTEN.items()
        for question in subject.form.questions
        if isinstance(question, kinds) and all(getattr(question, name) != value for name, value in having.items())
    ]
    return pytest.mark.parametrize(("code", "question"), found, ids=[f"{code} {question.id}" for code, question in found])


def where_asked(subject: Subject, question: Question, answer: object) -> Answers:
    """Good answers with that one among them, in which the question is asked."""
    drafts = ({**base, question.id: answer} for base in subject.bases)
    return next(draft for draft in drafts if question.id in judged(subject, draft).visible)


@questions(TextArea)
def test_gap_a_text_has_a_limit_on_the_server(code: str, question: TextArea) -> None:
    subject = WRITTEN[code]
    assert told(judged(subject, where_asked(subject, question, "å" * question.limit)).problems) == set()
    assert told(judged(subject, where_asked(subject, question, "å" * (question.limit + 1))).problems) == {(question.id, "OTHER")}


@questions(Choices, exclusive="")
def test_gap_an_exclusive_answer_stands_alone_on_the_server(code: str, question: Choices) -> None:
    alone = where_asked(WRITTEN[code], question, [question.exclusive])
    assert (question.id, "INCORRECT_COMBINATION") not in told(judged(WRITTEN[code], alone).problems)
    for other in {option.code for option in question.options} - {question.exclusive}:
        both = {**alone, question.id: [question.exclusive, other]}
        assert (question.id, "INCORRECT_COMBINATION") in told(judged(WRITTEN[code], both).problems)


def other_answers(question: Question, answer: object) -> Iterator[object]:
    """What else may be answered to a question that hides others."""
    if isinstance(question, YesNo):
        yield not answer
    elif isinstance(question, Choice | Choices):
        codes = [option.code for option in question.options]
        yield from codes if isinstance(question, Choice) else ([code] for code in codes)
    yield None


@pytest.mark.parametrize("code", WRITTEN)
def test_gap_hidden_answers_are_left_out_before_signing(code: str) -> None:
    """Whichever answer is changed, what it hides is neither kept nor sent, and what stays is asked for."""
    subject, hidden = WRITTEN[code], set()
    for base in subject.bases:
        for question in subject.form.questions:
            for other in other_answers(question, base.get(question.id)):
                evaluation = judged(subject, {**base, question.id: other})
                assert evaluation.answers.keys() <= evaluation.visible
                sent = {id for svar in svar_of(subject.form, evaluation.answers) for id, _ in svar.parts}
                hidden |= {(question.id, gone) for gone in base.keys() - evaluation.visible}
                assert not {gone for gone in base.keys() - evaluation.visible if "." in gone} & sent
    assert hidden


@pytest.mark.parametrize("code", WRITTEN)
def test_gap_a_missing_section_is_missing_answers(code: str) -> None:
    evaluation = judged(WRITTEN[code], {})
    for section in WRITTEN[code].form.categories:
        asked = {question.id for question in section.questions if question.mandatory is True} & evaluation.visible
        assert asked <= {problem.question for problem in evaluation.problems}


MOTIVATIONS = {(code, id): subject for code, subject in WRITTEN.items() for id in subject.form.by_id if id.endswith(".motivering")}


@pytest.mark.parametrize(("code", "id"), MOTIVATIONS)
def test_gap_a_motivation_is_kept_as_its_own_field_and_only_sent_within_25(code: str, id: str) -> None:
    subject = MOTIVATIONS[code, id]
    draft = where_asked(subject, subject.form.by_id[id], "Läkaren var sjuk.")
    kept = judged(subject, draft).answers
    sent = dict(part for svar in svar_of(subject.form, draft) for part in svar.parts)

    assert (kept[id], kept["25"]) == ("Läkaren var sjuk.", draft["25"])
    assert "Läkaren var sjuk." in str(sent.pop("25.1"))
    assert "Läkaren var sjuk." not in sent.values()
