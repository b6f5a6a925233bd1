"""The rules of FK 7800, FK 7801 and FK 7802, one row each, and what shows and hides.

Source: reference/certificates/fk-common.md §4–9 and §17, fk7800.md §3, fk7801.md §3, fk7802.md §3.
"""

from dataclasses import replace
from typing import Any

import pytest

from example_fk7804 import SIGNED, WRITING
from samples import told
from subjects import SUBJECTS, Subject
from webcert.certificate_types.shared_fk import DISABILITIES
from webcert.forms.conversion import from_svar
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.vocabulary.svar import Svar
from written import svar_of

STATEMENTS = {code: subject for code, subject in SUBJECTS.items() if code in ("FK 7800", "FK 7801", "FK 7802")}
AT_WORK = ("FK 7800", "FK 7801")

Told = set[tuple[str, str]]
Changes = dict[str, Any]

ALL = pytest.mark.parametrize("subject", STATEMENTS.values(), ids=STATEMENTS)


def judged(subject: Subject, changes: Changes, *, received: bool = False) -> Evaluation:
    """The full answers with these instead; None takes an answer away."""
    answers = {id: answer for id, answer in {**subject.bases[0], **changes}.items() if answer is not None}
    return evaluate(subject.form, answers, SIGNED if received else WRITING)


def based_on(**dates: str) -> Changes:
    return {"1": [{"code": code, "date": date} for code, date in dates.items()]}


def documents(*rows: tuple[str, str, str]) -> Changes:
    return {"4": [{"type": type, "date": date, "source": source} for type, date, source in rows]}


def diagnoses(*rows: tuple[str, str]) -> Changes:
    return {"6": {"system": "ICD_10_SE", "rows": [{"code": code, "text": text} for code, text in rows]}}


GOOD_ROW = ("PSYKOLOG", "2026-11-01", "Kliniken")
NO_DISABILITY: Changes = dict.fromkeys(DISABILITIES)

WRITTEN: list[tuple[str, Changes, Told]] = [
    ("G1", {"1": None}, {("1", "EMPTY")}),
    ("G2 no date", based_on(UNDERSOKNING="2026-13-45"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("G2 text", based_on(ANHORIG="i går"), {("1.ANHORIG", "INVALID_FORMAT")}),
    ("G3", based_on(JOURNALUPPGIFTER="1900-01-01"), {("1.JOURNALUPPGIFTER", "INVALID_FORMAT")}),
    ("G4", based_on(UNDERSOKNING="2026-11-22"), {("1.UNDERSOKNING", "OTHER")}),
    ("G5", {"1.3": None}, {("1.3", "EMPTY")}),
    ("G7", {"1.3": " "}, {("1.3", "EMPTY")}),
    ("G8", {"2": None}, {("2", "EMPTY")}),
    ("G9 form", {"2": "2021"}, {("2", "INVALID_FORMAT")}),
    ("G9 long ago", {"2": "1899-12-31"}, {("2", "INVALID_FORMAT")}),
    ("G9 tomorrow", {"2": "2026-11-22"}, {("2", "OTHER")}),
    ("G10", {**based_on(UNDERSOKNING="2026-11-01"), "2": "2026-11-02"}, {("2", "OTHER")}),
    ("G10 the same day", {**based_on(UNDERSOKNING="2026-11-01"), "2": "2026-11-01"}, set()),
    ("G10 the record may be older", {**based_on(JOURNALUPPGIFTER="2026-11-01"), "2": "2026-11-02"}, set()),
    (
        "G10 a future day takes part",
        {**based_on(UNDERSOKNING="2026-12-01"), "2": "2026-12-02"},
        {("1.UNDERSOKNING", "OTHER"), ("2", "OTHER")},
    ),
    ("G11", {**based_on(ANHORIG="2026-11-01"), "2": "2026-11-02"}, {("2", "OTHER")}),
    ("G12", {"3": None}, {("3", "EMPTY")}),
    ("G13", {"4": None}, {("4", "EMPTY")}),
    ("G16", documents(("", "2026-11-01", "Kliniken")), {("4.0.type", "EMPTY")}),
    ("G17", documents(("TANDLAKARE", "2026-11-01", "Kliniken")), {("4.0.type", "INVALID_FORMAT")}),
    ("G18 missing", documents(("PSYKOLOG", "", "Kliniken")), {("4.0.date", "EMPTY")}),
    ("G18 form", documents(("PSYKOLOG", "1/11", "Kliniken")), {("4.0.date", "INVALID_FORMAT")}),
    ("G18 tomorrow", documents(("PSYKOLOG", "2026-11-22", "Kliniken")), {("4.0.date", "OTHER")}),
    ("G19", documents(GOOD_ROW, ("PSYKOLOG", "2026-11-01", " ")), {("4.1.source", "EMPTY")}),
    ("G20", documents(("", "", ""), GOOD_ROW), {("4.0", "INCORRECT_COMBINATION")}),
    (
        "G20 a hole in the middle",
        documents(GOOD_ROW, ("", "", ""), GOOD_ROW),
        {(f"4.1.{part}", "EMPTY") for part in ("type", "date", "source")},
    ),
    ("D1", {"6": None}, {("6", "EMPTY")}),
    ("D2", diagnoses(("", ""), ("M545", "Rygg")), {("6.0.code", "INCORRECT_COMBINATION")}),
    ("D3", diagnoses(("", "Rygg")), {("6.0.code", "EMPTY")}),
    ("D4", diagnoses(("Z73", "Stress")), {("6.0.code", "INVALID_FORMAT")}),
    ("D5", diagnoses(("M5", "Rygg")), {("6.0.code", "INVALID_FORMAT")}),
    ("D6", diagnoses(("M54566", "Rygg")), {("6.0.code", "INVALID_FORMAT")}),
    ("D7", diagnoses(("MM45", "Rygg")), {("6.0.code", "INVALID_FORMAT")}),
    ("D8", diagnoses(("M545", " ")), {("6.0.text", "EMPTY")}),
    ("K2", {"26.2": " \n"}, {("26.2", "EMPTY")}),
    ("V1", {"unit": {"address": " ", "postcode": "12345", "town": "B", "phone": "0"}}, {("unit.address", "EMPTY")}),
    ("V3", {"unit": {"address": "A", "postcode": "1234", "town": "B", "phone": "0"}}, {("unit.postcode", "INVALID_FORMAT")}),
    ("blank 25", {"25": " "}, {("25", "EMPTY")}),
    ("blank 1.motivering", {"1.motivering": " "}, {("1.motivering", "EMPTY")}),
]

AT_WORK_WRITTEN: list[tuple[str, Changes, Told]] = [
    ("L1 N1", {"5": None}, {("5", "EMPTY")}),
    ("L2 N2", {"7": " "}, {("7", "EMPTY")}),
    ("L3 N3", {"45": None}, {("45", "EMPTY")}),
    ("L4 N4", {"45.2": None}, {("45.2", "EMPTY")}),
    ("L6 N6", NO_DISABILITY, {("8-14", "EMPTY")}),
    *((f"L6 N6 with {id}", {**NO_DISABILITY, id: "Nedsatt"}, set()) for id in DISABILITIES),
    ("L6 N6 blank", {**NO_DISABILITY, "10": " "}, {("8-14", "EMPTY"), ("10", "EMPTY")}),
    ("L7 N7", {"17": None}, {("17", "EMPTY")}),
    ("L8 N8", {"22": "\n"}, {("22", "EMPTY")}),
    *((f"L9 L10 N9 N10 {id}", {id: " "}, {(id, "EMPTY")}) for id in ("18", "19", "20", "21", "23")),
    *((f"optional {id}", {id: None}, set()) for id in ("18", "19", "20", "21", "23", "25", "26", "26.2", "1.motivering")),
]

ROWS = [
    *((code, *row) for code in STATEMENTS for row in WRITTEN),
    *((code, *row) for code in AT_WORK for row in AT_WORK_WRITTEN),
    ("FK 7801", "N9", {"24": " "}, {("24", "EMPTY")}),
    ("FK 7801", "24 is optional", {"24": None}, set()),
    ("FK 7802", "F1", {"15": None}, {("15", "EMPTY")}),
    ("FK 7802", "F2", {"16": " "}, {("16", "EMPTY")}),
    ("FK 7800", "G17 of this type", documents(("SKOLHALSOVARD", "2026-11-01", "Skolan")), {("4.0.type", "INVALID_FORMAT")}),
    ("FK 7801", "G17 of this type", documents(("SKOLHALSOVARD", "2026-11-01", "Skolan"), ("FORETAGSHALSOVARD", "2026-11-01", "X")), set()),
    ("FK 7802", "G17 of this type", documents(("FORETAGSHALSOVARD", "2026-11-01", "X")), {("4.0.type", "INVALID_FORMAT")}),
]


@pytest.mark.parametrize(("code", "rule", "changes", "expected"), ROWS, ids=[f"{code} {rule}" for code, rule, _, _ in ROWS])
def test_rule(code: str, rule: str, changes: Changes, expected: Told) -> None:
    assert told(judged(STATEMENTS[code], changes).problems) == expected


CONTRADICTIONS = [
    *((code, "G6", {**based_on(UNDERSOKNING="2026-11-20")}, "1.3") for code in STATEMENTS),
    *((code, "G14", {"3": False}, "4") for code in STATEMENTS),
    *((code, "G14 unanswered", {"3": None}, "4") for code in STATEMENTS),
    *((code, "K1", {"26": False}, "26.2") for code in STATEMENTS),
    *((code, "K1 unanswered", {"26": None}, "26.2") for code in STATEMENTS),
    *((code, "L5 N5", {"45": False}, "45.2") for code in AT_WORK),
    *((code, "L5 N5 unanswered", {"45": None}, "45.2") for code in AT_WORK),
]


@pytest.mark.parametrize(("code", "rule", "changes", "question"), CONTRADICTIONS, ids=[f"{row[0]} {row[1]}" for row in CONTRADICTIONS])
def test_a_contradiction_is_told_of_a_received_document_and_left_out_of_a_draft(
    code: str, rule: str, changes: Changes, question: str
) -> None:
    as_received, as_draft = judged(STATEMENTS[code], changes, received=True), judged(STATEMENTS[code], changes)
    assert (question, "INCORRECT_COMBINATION") in told(as_received.problems)
    assert question not in as_draft.visible
    assert question not in as_draft.answers


@ALL
def test_rule_G15_more_rows_than_the_form_holds(subject: Subject) -> None:
    four = documents(*[GOOD_ROW] * 4)
    assert told(judged(subject, four, received=True).problems) == {("4", "OTHER")}


@ALL
def test_rule_D9_all_codes_are_of_one_system(subject: Subject) -> None:
    rows = [{"code": "M545", "text": "Rygg"}, {"code": "M54-P", "text": "Rygg", "system": "KSH_97_P"}]
    assert told(judged(subject, {"6": {"system": "ICD_10_SE", "rows": rows}}).problems) == {("6.1.code", "INCORRECT_COMBINATION")}


# What shows and hides.


@ALL
def test_what_is_asked_of_an_empty_draft(subject: Subject) -> None:
    hidden = {"1.3", "1.motivering", "4", "26.2", "9000"} | ({"45.2"} & subject.form.by_id.keys())
    assert evaluate(subject.form, {}, WRITING).visible == subject.form.by_id.keys() - hidden


@ALL
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (based_on(UNDERSOKNING="2026-11-20"), set()),
        (based_on(ANNAT="2026-11-20"), {"1.3", "1.motivering"}),
        (based_on(ANHORIG="2026-11-20"), {"1.motivering"}),
        (based_on(UNDERSOKNING="fel", ANNAT=""), {"1.3"}),
        ({"3": True}, {"4"}),
        ({"3": False}, set()),
        ({"26": True}, {"26.2"}),
    ],
)
def test_what_an_answer_shows(subject: Subject, answers: Changes, expected: set[str]) -> None:
    assert evaluate(subject.form, answers, WRITING).visible - evaluate(subject.form, {}, WRITING).visible == expected


# The gaps of the original that are closed (fk-common.md §17); those that any type could have are in `test_gaps`.


@ALL
def test_gap_1_the_motivation_is_kept_as_its_own_field_and_sent_as_part_of_25(subject: Subject) -> None:
    evaluation = judged(subject, {})
    sent = dict(part for svar in svar_of(subject.form, subject.bases[0]) for part in svar.parts)
    prefix = "Motivering till varför utlåtandet inte baseras på undersökning av patienten: "

    assert evaluation.answers["1.motivering"] == subject.bases[0]["1.motivering"]
    assert evaluation.answers["25"] == subject.bases[0]["25"]
    assert sent["25.1"] == f"{prefix}{subject.bases[0]['1.motivering']}\n{subject.bases[0]['25']}"


ONE_KIND = {
    "G6": ({**based_on(UNDERSOKNING="2026-11-20"), "1.3": "Samtal"}, ("1.3", "INCORRECT_COMBINATION")),
    "G7": ({"1.3": " "}, ("1.3", "EMPTY")),
    "G14": ({"3": False}, ("4", "INCORRECT_COMBINATION")),
    "K1": ({"26": False}, ("26.2", "INCORRECT_COMBINATION")),
}


@ALL
@pytest.mark.parametrize("rule", ONE_KIND)
def test_gap_2_the_same_fault_is_of_the_same_kind_in_all_three_types(subject: Subject, rule: str) -> None:
    changes, expected = ONE_KIND[rule]
    assert expected in told(judged(subject, changes, received=True).problems)


@ALL
def test_gap_3_documents_and_contact_are_checked_also_while_the_question_above_is_unanswered(subject: Subject) -> None:
    unanswered = judged(subject, {"3": None, "26": None}, received=True)
    assert {("4", "INCORRECT_COMBINATION"), ("26.2", "INCORRECT_COMBINATION")} <= told(unanswered.problems)


@ALL
def test_gap_4_every_problem_has_its_text(subject: Subject) -> None:
    four, mixed = documents(*[GOOD_ROW] * 4), {"6": {"system": "ICD_10_SE", "rows": [{"code": "M54566", "text": ""}]}}
    for changes in ({"1": None, "2": None, "3": None, "26": None}, four, mixed):
        assert all(problem.text for problem in judged(subject, changes, received=True).problems)


@ALL
def test_gap_5_other_texts_have_limits_and_the_merged_answer_fits(subject: Subject) -> None:
    limits: Any = {id: subject.form.by_id[id] for id in ("1.motivering", "25")}
    full = {**subject.bases[0], **{id: "å" * question.limit for id, question in limits.items()}}
    merged = next(value for svar in svar_of(subject.form, full) for id, value in svar.parts if id == "25.1")

    assert len(str(merged)) <= 3500
    assert told(judged(subject, diagnoses(("M545", "å" * 82))).problems) == {("6.0.text", "OTHER")}


@ALL
def test_gap_6_the_number_one_is_yes(subject: Subject) -> None:
    svar = [replace(one, parts=(("3.1", "1"),)) if one.id == "3" else one for one in svar_of(subject.form, subject.bases[0])]
    answers, problems = from_svar(subject.form, svar)
    assert problems == ()
    assert answers["3"] is True


@ALL
def test_gap_8_a_source_is_no_longer_than_its_place_on_paper(subject: Subject) -> None:
    assert told(judged(subject, documents(("PSYKOLOG", "2026-11-01", "å" * 53))).problems) == set()
    assert told(judged(subject, documents(("PSYKOLOG", "2026-11-01", "å" * 54))).problems) == {("4.0.source", "OTHER")}


@pytest.mark.parametrize("code", AT_WORK)
def test_gap_9_what_is_wrong_with_45_2_is_told_at_its_field(code: str) -> None:
    assert [problem.field for problem in judged(STATEMENTS[code], {"45.2": None}).problems] == ["45.2"]


def test_gap_10_the_test_questions_of_FK_7802_cannot_be_written_but_are_kept_when_received() -> None:
    form = STATEMENTS["FK 7802"].type.form("1.0")
    assert not {"9001", "9002"} & form.by_id.keys()
    answers, problems = from_svar(form, [*svar_of(form, STATEMENTS["FK 7802"].bases[0]), Svar("9001", (("9001.1", "Ja"),))])
    assert problems == ()
    assert answers["9000"] == [{"id": "9001", "text": "Ja"}]


@ALL
def test_gap_hidden_answers_are_not_kept(subject: Subject) -> None:
    kept = judged(subject, {"3": False, "26": False, **based_on(UNDERSOKNING="2026-11-20")}).answers
    assert not {"4", "26.2", "1.3", "1.motivering"} & kept.keys()
