"""The rules of TSTRK1007 and TSTRK1031 that are written here, a row each; what is asked; and the gaps of the original, each by its name.

Source: reference/certificates/tstrk1007.md §2, §4, §9; tstrk1031.md §2.2, §3.2, §7.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import example_transport as example
from example_fk7804 import SIGNED, TODAY, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.forms.form import Form, Question

FORMS = {
    "7.0": TYPES["ts-bas"].form("7.0"),
    "6.8": TYPES["ts-bas"].form("6.8"),
    "4.2": TYPES["ts-diabetes"].form("4.2"),
    "2.8": TYPES["ts-diabetes"].form("2.8"),
}
FULL: dict[str, dict[str, Any]] = {
    "7.0": example.TSTRK1007_7[0],
    "6.8": example.TSTRK1007_6[0],
    "4.2": example.TSTRK1031_4[0],
    "2.8": example.TSTRK1031_2[0],
}
Told = set[tuple[str, str]]


def judged(version: str, changes: dict[str, Any]) -> Evaluation:
    """The good draft with these answers instead; None takes an answer away."""
    answers = {id: answer for id, answer in {**FULL[version], **changes}.items() if answer is not None}
    return evaluate(FORMS[version], answers, WRITING)


def told(evaluation: Evaluation) -> Told:
    return {(problem.field, problem.kind.value) for problem in evaluation.problems}


def eyes(plain: str, corrected: str | None = None) -> dict[str, Any]:
    """Right, left and both without correction, and with."""
    values = dict(zip(("right.plain", "left.plain", "both.plain"), plain.split(), strict=True))
    if corrected:
        values |= dict(zip(("right.corrected", "left.corrected", "both.corrected"), corrected.split(), strict=True))
    return {"8": values}


CORRECTED = {(f"8.{row}.corrected", "EMPTY") for row in ("right", "left", "both")}
CATEGORY = {("33", "WARNING")}

MANDATORY = {
    "7.0": "2 3 4 5 6 7 8 10 11 12 12.2 13 14 15 16 16.2 17 18 19 20 21 22 23 24 "
    "25.1 25.2 25.3 26 26.2 27 28 29 30 30.2 30.3 30.4 31 31.2 33",
    "6.8": "2 3 8 33",
    "4.2": "2 205 35 18 18.2 207 209 209.4 210 200 200.2 201 110 202 106 106.2 106.3 106.5 107 107.3 107.5 203 203.2 204 206 206.2 33",
    "2.8": "2 35 18 19.4 36 37 38 39 39.2 40 40.2 41 42 42.2 43 44 8 6 33 45",
}
"""What is missing when it is left out of the full answers, and nothing else then."""

ROWS: list[tuple[str, str, dict[str, Any], Told]] = [
    # TSTRK1007.
    *(("7.0", f"{id} missing for passengers", {id: None}, {(id, "EMPTY")}) for id in ("11", "13")),
    *((version, f"{id} missing", {id: None}, {(id, "EMPTY")}) for version, ids in MANDATORY.items() for id in ids.split()),
    ("7.0", "11 and 13 are not asked for a lorry", {"1": ["IAV3"], "33": ["VAR3"], "11": None, "13": None}, set()),
    ("7.0", "21.2 is optional", {"21.2": None}, set()),
    ("7.0", "a value is missing", {"8": {"right.plain": "1,0", "both.plain": "1,0"}}, {("8.left.plain", "EMPTY")}),
    ("7.0", "range", eyes("2,1 1,0 -0,1"), {("8.right.plain", "INVALID_FORMAT"), ("8.both.plain", "INVALID_FORMAT")}),
    ("7.0", "R33", {"1": ["IAV10"], "33": ["VAR10"], **eyes("1,0 1,0 0,4")}, CORRECTED),
    ("7.0", "R33 not at 0,5", {"1": ["IAV10"], "33": ["VAR10"], **eyes("0,0 0,0 0,5")}, set()),
    ("7.0", "R34", eyes("0,7 0,7 1,0"), CORRECTED),
    ("7.0", "R34 not when one eye has 0,8", eyes("0,7 0,8 1,0"), set()),
    ("7.0", "R34 satisfied", eyes("0,7 0,7 1,0", "1,0 1,0 1,0"), set()),
    ("7.0", "R35", eyes("0,0 1,0 1,0"), CORRECTED),
    ("7.0", "R35 not at 0,1", eyes("0,1 1,0 1,0"), set()),
    ("7.0", "8.1 instead of values", {"8.1": True}, set()),
    ("6.8", "patient's address", {"patient": {"address": "", "postcode": "12", "town": " "}},
     {("patient.address", "EMPTY"), ("patient.postcode", "INVALID_FORMAT"), ("patient.town", "EMPTY")}),
    ("6.8", "no address at all", {"patient": None}, {(f"patient.{part}", "EMPTY") for part in ("address", "postcode", "town")}),
    # TSTRK1031 version 4.
    ("4.2", "no category, so 203 and 204 are not asked", {"1": None}, {("1", "EMPTY"), ("33", "INCORRECT_COMBINATION"), ("33", "WARNING")}),
    ("4.2", "R2 before birth", {"35": "1911"}, {("35", "OTHER")}),
    ("4.2", "R2 the year of birth", {"35": "1912"}, set()),
    ("4.2", "R2 next year", {"35": "2027"}, {("35", "OTHER")}),
    ("4.2", "R2 no year", {"35": "98"}, {("35", "INVALID_FORMAT")}),
    ("4.2", "R19 before birth", {"210": "1912-12-11"}, {("210", "OTHER")}),
    ("4.2", "R19 the day of birth", {"210": "1912-12-12"}, set()),
    ("4.2", "R19 tomorrow", {"210": "2026-11-22"}, {("210", "OTHER")}),
    ("4.2", "R19 no day", {"210": "2026-02-30"}, {("210", "INVALID_FORMAT")}),
    ("4.2", "R19 form", {"210": "i våras"}, {("210", "INVALID_FORMAT")}),
    ("4.2", "R23", {"33": ["VAR11", "VAR16"]}, {("33", "INCORRECT_COMBINATION")}),
    ("4.2", "R35 a higher category", {"33": ["VAR4"]}, {("33", "INCORRECT_COMBINATION")}),
    # TSTRK1031 version 2.
    ("2.8", "another treatment is enough", {"19": None, "19.4": None}, set()),
    ("2.8", "no treatment", {"19": None, "19.4": None, "19.5": None}, {("19", "EMPTY")}),
    ("2.8", "42.2 too long ago", {"42.2": "2025-11-19"}, {("42.2", "INVALID_FORMAT")}),
    ("2.8", "42.2 a year ago", {"42.2": "2025-11-21"}, set()),
    ("2.8", "no value with correction is needed", eyes("0,0 0,0 0,0"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("version", "rule", "changes", "expected"), ROWS, ids=[f"{version} {rule}" for version, rule, _, _ in ROWS])
def test_rule(version: str, rule: str, changes: dict[str, Any], expected: Told) -> None:
    assert told(judged(version, changes)) == expected


# The gaps of the original that the reference recommends to close; those that any type could have are in `test_gaps`.


def test_gap_an_annat_beside_others_is_pointed_out_but_stops_nothing() -> None:
    evaluation = judged("7.0", {"1": ["IAV3", "IAV9", "IAV10"]})
    assert told(evaluation) == {("1", "WARNING")}
    assert evaluation.complete
    assert evaluation.sections["intygetavser"] == "complete"


@pytest.mark.parametrize("version", ["7.0", "6.8"])
def test_gap_a_lens_without_a_value_with_correction_is_pointed_out_but_stops_nothing(version: str) -> None:
    sight = {"right.plain": "1,0", "left.plain": "1,0", "both.plain": "1,0", "left.lens": "on"}
    evaluation = judged(version, {"8": sight})
    assert [(problem.field, problem.kind) for problem in evaluation.problems] == [("8.left.corrected", "WARNING")]
    assert evaluation.complete
    assert told(judged(version, {"8": sight | {"left.corrected": "1,0"}})) == set()


@pytest.mark.parametrize(("version", "met"), [("7.0", "VAR10"), ("6.8", "VAR2"), ("4.2", "VAR13"), ("2.8", "VAR13")])
def test_gap_a_category_that_the_certificate_does_not_concern_is_pointed_out(version: str, met: str) -> None:
    evaluation = judged(version, {"33": [met]})
    assert told(evaluation) == CATEGORY
    assert evaluation.complete


@pytest.mark.parametrize(
    ("id", "inside", "outside"),
    [("106.2", "2025-11-20", "2025-11-19"), ("107.5", "2026-08-21", "2026-08-20"), ("203.2", "2025-11-20", "2025-11-19")],
)
def test_gap_a_day_outside_the_period_of_its_question_is_pointed_out(id: str, inside: str, outside: str) -> None:
    assert told(judged("4.2", {id: inside})) == set()
    assert told(judged("4.2", {id: outside})) == {(id, "WARNING")}


def test_a_received_document_is_not_asked_to_think_again() -> None:
    answers = FULL["4.2"] | {"106.2": "2001-01-01", "33": ["VAR13"]}
    assert evaluate(FORMS["4.2"], answers, replace(SIGNED, born=date(1990, 1, 1))).problems == ()


def test_gap_hidden_answers_are_cleared_before_they_are_signed() -> None:
    evaluation = judged("4.2", {"208": False, "1": ["VAR16"], "33": ["VAR16"]})
    gone = {"209", "209.4", "210", "200", "200.2", "201", "110", "202", "106", "106.2", "107", "107.5", "203", "203.2", "204"}
    assert evaluation.complete
    assert not gone & evaluation.answers.keys()
    assert not gone & {svar.id for svar in to_svar(FORMS["4.2"], evaluation.answers, WRITING)}
    assert judged("7.0", {"12": False}).answers.keys() & {"12.2"} == set()


@pytest.mark.parametrize("value", ["0,85", "0,855", "1,00"])
def test_gap_a_value_has_at_most_one_decimal(value: str) -> None:
    assert told(judged("7.0", eyes(f"{value} 1,0 1,0"))) == {("8.right.plain", "INVALID_FORMAT")}


@pytest.mark.parametrize("version", ["7.0", "2.8"])
def test_gap_negative_acuity_is_refused(version: str) -> None:
    assert told(judged(version, eyes("-0,5 1,0 1,0"))) == {("8.right.plain", "INVALID_FORMAT")}


def test_gap_values_without_correction_are_needed_in_a_received_document_too() -> None:
    answers = FULL["7.0"] | {"8": {"right.plain": "1,0"}}
    assert told(evaluate(FORMS["7.0"], answers, SIGNED)) == {("8.left.plain", "EMPTY"), ("8.both.plain", "EMPTY")}


@pytest.mark.parametrize("id", ["35", "19.4"])
def test_gap_years_are_compared_with_the_year_of_birth_in_version_2(id: str) -> None:
    assert told(judged("2.8", {id: "1911"})) == {(id, "OTHER")}


def test_gap_separately_sent_acuity_is_no_when_nothing_is_said() -> None:
    form = TYPES["ts-diabetes"].form("3.0")
    answers = {id: answer for id, answer in example.TSTRK1031_3[0].items() if id not in ("8", "8.1")}
    assert told(evaluate(form, answers, WRITING)) == {("8", "EMPTY")}


# What is asked.


def asked(version: str, answers: dict[str, Any]) -> set[str]:
    return set(evaluate(FORMS[version], answers, WRITING).visible)


def test_notices_follow_the_answers() -> None:
    assert {"3-5", "9.notis", "19.notis", "25.notis"} & asked("7.0", {}) == set()
    assert "3-5" in asked("7.0", {"5": True})
    assert "9.notis" in asked("7.0", {"9": True})
    assert "19.notis" in asked("7.0", {"17": True, "18": "E11", "19": ["19.3"]})
    assert "19.notis" not in asked("7.0", {"17": True, "18": "E11", "19": ["19.1"]})
    assert "25.notis" in asked("7.0", {"25.2": True, "25.3": True})


def test_hypoglycaemia_is_asked_for_risky_medication_and_for_higher_categories() -> None:
    risky = {"200", "201", "110", "202", "106", "107"}
    assert not (risky | {"203", "204"}) & asked("4.2", {})
    assert risky | {"203", "204"} & asked("4.2", {"207": True, "208": True}) == risky
    assert asked("4.2", {"1": ["VAR1"]}) & (risky | {"203", "204"}) == {"203", "204"}
    assert "hypoglykemi" not in evaluate(FORMS["4.2"], {}, WRITING).sections


def test_short_numbers_are_written_out_when_the_field_is_left() -> None:
    typed = {"8.right.plain": "8", "8.left.plain": "08", "8.both.plain": "0.8", "8.right.corrected": "1,", "8.left.corrected": "bra"}
    form = FORMS["7.0"]
    settled = form.settle(form.decode(typed), "", WRITING)["8"]
    assert settled == {
        "right.plain": "8,0", "left.plain": "0,8", "both.plain": "0,8", "right.corrected": "1,0", "left.corrected": "bra",
    }  # fmt: skip
    assert form.settle(form.decode(typed), "8.left.plain", WRITING)["8"]["left.plain"] == "08"


def test_every_question_that_can_be_written_has_a_help_text_or_follows_another() -> None:
    def helped(question: Question, form: Form) -> bool:
        return bool(question.help or question.kind in ("notice", "heading") or question.about - {"1", "20", "8.1"})

    for version in FORMS:
        assert [question.id for question in FORMS[version].questions if not helped(question, FORMS[version])] == []


def test_the_summary_names_the_categories() -> None:
    assert TYPES["ts-bas"].summarise("6.7", {"1": ["IAV2", "IAV10"]}) == "C1E, Annat"
    assert TYPES["ts-diabetes"].summarise("4.0", {"1": ["VAR12", "VAR9"]}) == "AM, Taxi"
    assert TYPES["ts-diabetes"].summarise("2.6", {"1": ["IAV17"]}) == "Traktor"


def test_versions() -> None:
    bas, diabetes = TYPES["ts-bas"], TYPES["ts-diabetes"]
    assert (bas.version_at(TODAY), bas.version_at(TODAY, 6), bas.version_at(date(2020, 7, 31))) == ("7.0", "6.8", "6.8")
    assert (diabetes.version_at(TODAY), diabetes.version_at(TODAY, 2), diabetes.version_at(date(2023, 12, 4), 4)) == ("4.2", "2.8", "4.1")
