"""What every form promises: fields and answers are inverses, conditions read as rules, mistakes in a declaration are refused."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_fk7804 import WRITING
from generated import Fields
from subjects import SUBJECTS, Subject
from webcert.certificate_types import TYPES
from webcert.forms.conditions import answered, chosen, period_given, starts_days_ago, ticked
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.text import TextArea
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Form, category
from webcert.forms.wording import Wording, version_key

FORM = TYPES["lisjp"].form("1.3")
ALL = pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def fields_of(form: Form, answers: dict[str, Any]) -> Fields:
    return {name: text for question in form.questions for name, text in question.encode(answers.get(question.id)).items()}


@ALL
@UNHURRIED
@given(data=st.data())
def test_what_is_shown_and_posted_again_is_the_same_answer(subject: Subject, data: st.DataObject) -> None:
    form = subject.form
    answers = form.settle(form.decode(data.draw(subject.typed)), "", WRITING)
    assert form.decode(fields_of(form, answers)) == answers
    assert form.settle(answers, "", WRITING) == answers


@ALL
@UNHURRIED
@given(data=st.data())
def test_what_is_stored_is_judged_as_what_was_typed(subject: Subject, data: st.DataObject) -> None:
    first = evaluate(subject.form, subject.form.decode(data.draw(subject.typed)), WRITING)
    again = evaluate(subject.form, first.answers, WRITING)
    assert (again.answers, again.visible, again.problems) == (first.answers, first.visible, first.problems)


def test_line_breaks_are_those_of_xml_and_control_characters_disappear() -> None:
    assert FORM.decode({"25": "a\r\nb\rc\td\x00\x0b\ud800e🤕"})["25"] == "a\nb\nc\tde🤕"


def test_a_ticked_date_becomes_today_and_an_emptied_one_unticks() -> None:
    typed = FORM.decode({"1.UNDERSOKNING.on": "on", "1.ANNAT": "20261101"})
    dates = {row["code"]: row["date"] for row in FORM.settle(typed, "", WRITING)["1"]}
    assert dates == {"UNDERSOKNING": "2026-11-21", "ANNAT": "2026-11-01"}
    assert "1" not in FORM.decode({"1.UNDERSOKNING": " "})


def test_a_diagnosis_code_gets_its_form_and_its_official_title() -> None:
    class Register:
        def knows(self, system: str, code: str) -> bool:
            return True

        def title(self, system: str, code: str) -> str | None:
            return {"M545": "Lumbago " + "å" * 100}.get(code)

    context = replace(WRITING, codes=Register())
    settled = FORM.settle(FORM.decode({"6.0.code": "m54.5 ", "6.1.code": "M546", "6.1.text": "Min text"}), "", context)["6"]
    assert settled["rows"] == [{"code": "M545", "text": ("Lumbago " + "å" * 100)[:81]}, {"code": "M546", "text": "Min text"}]
    untouched = FORM.settle(FORM.decode({"6.0.code": "m54."}), "6.0.code", context)["6"]
    assert untouched["rows"] == [{"code": "m54.", "text": ""}]


def test_conditions_read_as_rules() -> None:
    condition = ~ticked("27") & (chosen("1", "A", "B") | answered("2"))
    assert str(condition) == '(~ticked("27") & (chosen("1", "A", "B") | answered("2")))'
    assert condition.about == {"27", "1", "2"}
    assert str(period_given("32", "A") | starts_days_ago("32", 7)) == '(period_given("32", "A") | starts_days_ago("32", 7))'


def test_a_question_can_only_depend_on_questions_before_it() -> None:
    with pytest.raises(ValueError, match="which do not come before it"):
        Form((category("a", "A", TextArea("2", follows=ticked("1")), Checkbox("1")),))
    with pytest.raises(ValueError, match="declared twice"):
        Form((category("a", "A", Checkbox("1"), Checkbox("1")),))


def test_versions_sort_as_numbers() -> None:
    assert sorted(["1.10", "1.9", "2.0", "1"], key=version_key) == ["1", "1.9", "1.10", "2.0"]
    wording = Wording({"1.1": "old", "1.10": "new"})
    assert (wording, wording.at("1.0"), wording.at("1.9"), wording.at("1.10")) == ("new", "old", "old", "new")
