"""Rules beside other answers: they may look ahead, rest while the answer itself is wrong, and name only questions of the form."""

import pytest

from example_fk7804 import WRITING
from webcert.forms.conditions import answered, dated_before, written
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.options import Option
from webcert.forms.elements.text import TextArea
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Form, category
from webcert.forms.rules import Rule

RULE = Rule(written("2", "3"), "Bara ett av svaren får ges.")
FORM = Form(
    (category("a", "A", TextArea("1", rules=(RULE,), limit=5), TextArea("2"), TextArea("3", mandatory=~answered("4")), TextArea("4")),)
)


def test_a_rule_and_a_mandatory_condition_may_look_ahead() -> None:
    broken = evaluate(FORM, {"1": "x", "3": "x"}, WRITING).problems
    assert [(problem.field, problem.kind, problem.text) for problem in broken] == [("1", RULE.kind, RULE.text)]
    assert evaluate(FORM, {"1": "x", "4": "x"}, WRITING).complete


def test_a_rule_rests_while_the_answer_itself_is_wrong_or_missing() -> None:
    assert [problem.text for problem in evaluate(FORM, {"1": "för långt", "3": "x"}, WRITING).problems] == [
        "Texten är 9 tecken. Högst 5 får plats."
    ]
    assert evaluate(FORM, {"3": "x"}, WRITING).complete


def test_what_a_rule_looks_at_must_be_in_the_form() -> None:
    with pytest.raises(ValueError, match="1 looks at"):
        Form((category("a", "A", TextArea("1", rules=(Rule(answered("9"), ""),))),))


def test_white_space_is_not_written() -> None:
    assert str(written("1", "2")) == 'written("1", "2")'
    assert [written("1", "2").holds({"1": text}, WRITING) for text in (None, "", " \n", "x")] == [False, False, False, True]


@pytest.mark.parametrize(
    ("date", "limit", "before"),
    [("2026-01-01", "2026-01-02", True), ("2026-01-02", "2026-01-02", False), ("igår", "2026-01-02", False), ("2026-01-01", "", False)],
)
def test_dates_are_compared_when_both_are_real(date: str, limit: str, before: bool) -> None:
    question = DatedChoices("1", system="S", options=(Option("A", "a"),))
    condition = dated_before(question.id, "A", "2")
    assert condition.holds({"1": [{"code": "A", "date": date}], "2": limit}, WRITING) == before
    assert not condition.holds({"1": [{"code": "B", "date": date}], "2": limit}, WRITING)
