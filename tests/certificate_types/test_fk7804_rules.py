"""The rules V1–V45 of FK 7804, one row each, and what hides and shows. Source: reference/certificates/fk7804.md §4 and §6."""

from dataclasses import replace
from typing import Any

import pytest

from example_fk7804 import ADDRESS, FULL, MINIMAL, SIGNED, TODAY, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.context import Context
from webcert.forms.evaluation import Evaluation, evaluate

FORM = TYPES["lisjp"].form("1.3")
GOOD: dict[str, Any] = {**FULL, "unit": ADDRESS}
ALL_MEASURES = [option.code for option in FORM.by_id["40"].options]  # type: ignore[attr-defined]

Told = set[tuple[str, str]]


def judged(changes: dict[str, Any], base: dict[str, Any] = GOOD, context: Context = WRITING) -> Evaluation:
    """The good draft with these answers instead; None takes an answer away."""
    answers = {id: answer for id, answer in {**base, **changes}.items() if answer is not None}
    return evaluate(FORM, answers, context)


def told(evaluation: Evaluation) -> Told:
    """(field, kind) of each problem."""
    return {(problem.field, problem.kind.value) for problem in evaluation.problems}


def based_on(date: str) -> dict[str, Any]:
    return {"1": [{"code": "UNDERSOKNING", "date": date}]}


def periods(*rows: tuple[str, str, str]) -> dict[str, Any]:
    return {"32": [{"code": code, "from": start, "to": end} for code, start, end in rows]}


def diagnoses(*rows: tuple[str, str]) -> dict[str, Any]:
    return {"6": {"system": "ICD_10_SE", "rows": [{"code": code, "text": text} for code, text in rows]}}


def half(start: str, end: str) -> dict[str, Any]:
    return periods(("HALFTEN", start, end))


def address(**lines: str) -> dict[str, Any]:
    return {"unit": ADDRESS | lines}


WHOLE = periods(("HELT_NEDSATT", "2026-11-20", "2026-12-03"))
KSH_ROW = {"code": "M54-P", "text": "Rygg", "system": "KSH_97_P"}
TWO_SYSTEMS = {"6": {"system": "ICD_10_SE", "rows": [{"code": "M545", "text": "Rygg"}, KSH_ROW]}}

WRITTEN: list[tuple[str, dict[str, Any], Told]] = [
    ("V1", {"1": None}, {("1", "EMPTY")}),
    ("V2 no date", based_on("2026-13-45"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("V2 no day", based_on("2026-02-30"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("V2 form", based_on("21 nov"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("V3 long ago", based_on("1900-01-01"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("V3 far away", based_on("2099-12-12"), {("1.UNDERSOKNING", "INVALID_FORMAT")}),
    ("V3 not so long ago", based_on("1900-01-02"), set()),
    ("V4 tomorrow", based_on("2026-11-22"), {("1.UNDERSOKNING", "OTHER")}),
    ("V4 today", based_on("2026-11-21"), set()),
    ("V5", {"1.3": None}, {("1.3", "EMPTY")}),
    ("V5 blank", {"1.3": " "}, {("1.3", "EMPTY")}),
    ("V7", {"28": None}, {("28", "EMPTY")}),
    ("V8", {"28": ["STUDIER", "STUDIER"]}, {("28", "INCORRECT_COMBINATION")}),
    ("V9", {"29": None}, {("29", "EMPTY")}),
    ("V11", {"28": ["STUDIER"] * 5}, {("28", "INCORRECT_COMBINATION")}),
    ("V12", {"6": None}, {("6", "EMPTY")}),
    ("V12 only a system", {"6": {"system": "KSH_97_P", "rows": []}}, {("6", "EMPTY")}),
    ("V13", diagnoses(("", ""), ("M5", "")), {("6.0.code", "INCORRECT_COMBINATION")}),
    ("V14", diagnoses(("", "Rygg")), {("6.0.code", "EMPTY")}),
    ("V14 second row", diagnoses(("M545", "Rygg"), ("", ""), ("M546", "Rygg")), {("6.1.code", "EMPTY"), ("6.1.text", "EMPTY")}),
    ("V15 F", diagnoses(("F32", "Depression")), {("6.0.code", "INVALID_FORMAT")}),
    ("V15 Z73", diagnoses(("Z73", "Stress")), {("6.0.code", "INVALID_FORMAT")}),
    ("V16", diagnoses(("M5", "Rygg")), {("6.0.code", "INVALID_FORMAT")}),
    ("V17", diagnoses(("M54566", "Rygg")), {("6.0.code", "INVALID_FORMAT")}),
    ("V19", diagnoses(("M545", " ")), {("6.0.text", "EMPTY")}),
    ("V20", TWO_SYSTEMS, {("6.1.code", "INCORRECT_COMBINATION")}),
    ("V21", {"35": None}, {("35", "EMPTY")}),
    ("V21 categories alone", {"35": {"text": "", "categories": ["Energi"]}}, {("35", "EMPTY")}),
    ("V22", {"17": {"text": " \n", "categories": []}}, {("17", "EMPTY")}),
    ("V23", {"32": None}, {("32", "EMPTY")}),
    ("V24 no start", half("", "2026-12-01"), {("32.HALFTEN.from", "EMPTY")}),
    ("V24 no end", half("2026-12-01", ""), {("32.HALFTEN.to", "EMPTY")}),
    ("V25 form", half("1/12", "2026-12-01"), {("32.HALFTEN.from", "INVALID_FORMAT")}),
    ("V25 no day", half("2026-12-01", "2026-12-32"), {("32.HALFTEN.to", "INVALID_FORMAT")}),
    ("V25 far away", half("2026-12-01", "2099-12-12"), {("32.HALFTEN.to", "INVALID_FORMAT")}),
    ("V25 coming years stop nothing", half("2026-12-01", "2099-12-11"), {("32", "WARNING")}),
    ("V26", half("2026-12-02", "2026-12-01"), {("32.HALFTEN", "INCORRECT_COMBINATION")}),
    (
        "V27",
        periods(("HALFTEN", "2026-12-01", "2026-12-05"), ("EN_FJARDEDEL", "2026-12-05", "2026-12-10")),
        {("32.HALFTEN.to", "PERIOD_OVERLAP"), ("32.EN_FJARDEDEL.from", "PERIOD_OVERLAP")},
    ),
    ("V28", periods(("HALFTEN", "2026-12-01", "2026-12-02"), ("HALFTEN", "2026-12-03", "2026-12-04")), {("32", "INCORRECT_COMBINATION")}),
    ("V29", {"33": None}, {("33", "EMPTY")}),
    ("V29 no valid partial period", {"33": None, **WHOLE}, set()),
    ("V30", {"33.2": None}, {("33.2", "EMPTY")}),
    ("V33", {"39": None}, {("39", "EMPTY")}),
    ("V34", {"39.3": None}, {("39.3", "EMPTY")}),
    ("V36", {"40": None}, {("40", "EMPTY")}),
    ("V37", {"40": ["EJ_AKTUELLT", "HJALPMEDEL"]}, {("40", "INCORRECT_COMBINATION")}),
    ("V39", {"40": ALL_MEASURES}, {("40", "INCORRECT_COMBINATION")}),
    ("V39 all but none of them", {"40": ALL_MEASURES[1:]}, set()),
    ("V40", {"40": ["HJALPMEDEL", "HJALPMEDEL"]}, {("40", "INCORRECT_COMBINATION")}),
    *((f"V42 {id}", {id: " \n"}, {(id, "EMPTY")}) for id in ("1.3", "19", "20", "25", "26.2", "37", "44", "1.motivering")),
    *((f"V43 {line}", address(**{line: " "}), {(f"unit.{line}", "EMPTY")}) for line in ("address", "town", "phone")),
    ("V43 no address at all", {"unit": None}, {(f"unit.{line}", "EMPTY") for line in ADDRESS}),
    ("V44", address(postcode=""), {("unit.postcode", "EMPTY")}),
    ("V45 four digits", address(postcode="1234"), {("unit.postcode", "INVALID_FORMAT")}),
    ("V45 the space stands wrong", address(postcode="12 345"), {("unit.postcode", "INVALID_FORMAT")}),
    ("V45 no space", address(postcode="12345"), set()),
]

RECEIVED: list[tuple[str, dict[str, Any], Told]] = [
    ("V6", based_on("2026-11-20"), {("1.3", "INCORRECT_COMBINATION")}),
    ("V10", {"28": ["STUDIER"]}, {("29", "INCORRECT_COMBINATION")}),
    ("V31", {"33": False}, {("33.2", "INCORRECT_COMBINATION")}),
    ("V32", {"33": False, "33.2": None, **WHOLE}, {("33", "INCORRECT_COMBINATION")}),
    ("V32 only the motivation", {"33": None, **WHOLE}, {("33.2", "INCORRECT_COMBINATION")}),
    ("V35", {"39": "PROGNOS_OKLAR"}, {("39.3", "INCORRECT_COMBINATION")}),
    ("V38", {"40": ["EJ_AKTUELLT"]}, {("44", "INCORRECT_COMBINATION")}),
    ("V41", {"26": False}, {("26.2", "INCORRECT_COMBINATION")}),
]
"""Contradictions. A draft hides the answer that has no place any more, so only a document from elsewhere can hold them."""


def test_the_good_draft_is_complete() -> None:
    assert judged({}).complete
    assert judged({"unit": ADDRESS}, MINIMAL).complete


@pytest.mark.parametrize(("rule", "changes", "expected"), WRITTEN, ids=[rule for rule, _, _ in WRITTEN])
def test_rule(rule: str, changes: dict[str, Any], expected: Told) -> None:
    assert told(judged(changes)) == expected


@pytest.mark.parametrize(("rule", "changes", "expected"), RECEIVED, ids=[rule for rule, _, _ in RECEIVED])
def test_rule_of_a_received_document(rule: str, changes: dict[str, Any], expected: Told) -> None:
    assert told(judged(changes, context=SIGNED)) == expected


@pytest.mark.parametrize(("rule", "changes", "expected"), RECEIVED, ids=[rule for rule, _, _ in RECEIVED])
def test_a_draft_leaves_the_contradicting_answer_out(rule: str, changes: dict[str, Any], expected: Told) -> None:
    evaluation = judged(changes)
    assert evaluation.complete
    assert not evaluation.answers.keys() & {field for field, _ in expected}


def test_every_rule_has_its_row() -> None:
    without_register = {rule.split()[0] for rule, _, _ in (*WRITTEN, *RECEIVED)}
    assert without_register | {"V18"} == {f"V{number}" for number in range(1, 46)}


def test_rule_v18_a_code_must_stand_in_the_register_of_its_system() -> None:
    class OnlyBackache:
        def knows(self, system: str, code: str) -> bool:
            return (system, code) == ("ICD_10_SE", "M545")

        def title(self, system: str, code: str) -> str | None:
            return None

    context = replace(WRITING, codes=OnlyBackache())
    assert judged(diagnoses(("M545", "Rygg")), context=context).complete
    assert judged(diagnoses(("m54.5 ", "Rygg")), context=context).complete
    assert told(judged(diagnoses(("M546", "Rygg")), context=context)) == {("6.0.code", "INVALID_FORMAT")}
    assert judged(diagnoses(("M546", "Rygg")), context=replace(context, received=True)).complete


def test_a_row_of_overlaps_marks_each_field_once() -> None:
    """The sample sjukskrivningOverlappandePerioder of the original: exactly three messages."""
    three = periods(
        ("HELT_NEDSATT", "2026-12-01", "2026-12-20"), ("TRE_FJARDEDEL", "2026-12-02", "2026-12-05"), ("HALFTEN", "2026-12-06", "2026-12-10")
    )
    fields = [problem.field for problem in judged(three).problems]
    assert sorted(fields) == ["32.HALFTEN.from", "32.HELT_NEDSATT.to", "32.TRE_FJARDEDEL.from"]


# Lengths, which the original checked in the browser only.


def test_gap_1_a_day_in_two_periods_is_no_matter_of_a_received_document() -> None:
    shared_day = periods(("HELT_NEDSATT", "2026-11-05", "2026-11-20"), ("HALFTEN", "2026-11-20", "2026-12-04"))
    assert {kind for _, kind in told(judged(shared_day))} == {"PERIOD_OVERLAP"}
    assert told(judged({**shared_day, "1.motivering": None, "32.motivering": None}, context=SIGNED)) == set()


@pytest.mark.parametrize(
    ("rows", "hint"),
    [
        ([("HELT_NEDSATT", "2026-11-20", "2027-05-22"), ("HALFTEN", "2027-05-23", "2027-05-23")], "sex månader"),
        ([("HELT_NEDSATT", "2026-11-20", "2026-11-30"), ("HALFTEN", "2026-12-02", "2026-12-10")], "Mellan perioderna"),
        ([("HELT_NEDSATT", "2026-11-20", "2027-05-21"), ("HALFTEN", "2027-05-22", "2027-05-22")], None),
    ],
)
def test_gap_11_unusual_periods_are_pointed_out_but_stop_nothing(rows: list[tuple[str, str, str]], hint: str | None) -> None:
    evaluation = judged(periods(*rows))
    assert evaluation.complete
    assert [hint in problem.text for problem in evaluation.problems if hint] == ([True] if hint else [])
    assert told(evaluation) == ({("32", "WARNING")} if hint else set())


@pytest.mark.parametrize("id", ["35", "17"])
def test_gap_9_an_icf_text_has_a_limit_on_the_server(id: str) -> None:
    assert told(judged({id: {"text": "å" * 3501, "categories": []}})) == {(id, "OTHER")}


def test_gap_9_other_texts_have_limits_on_the_server() -> None:
    assert told(judged(diagnoses(("M545", "å" * 81)))) == set()
    assert told(judged(diagnoses(("M545", "å" * 82)))) == {("6.0.text", "OTHER")}
    assert told(judged(address(address="å" * 210, town="å" * 31, phone="0" * 21))) == {
        ("unit.address", "OTHER"),
        ("unit.town", "OTHER"),
        ("unit.phone", "OTHER"),
    }


def test_lengths_future_dates_and_the_address_are_no_matter_of_a_received_document() -> None:
    assert judged({"unit": None, "19": "å" * 3501, **based_on("2027-01-01"), "1.3": None}, context=SIGNED).complete


# What shows and hides (§4).

ALWAYS = {"27", "6", "32", "25", "unit"}
NOT_WHEN_27 = {"1", "28", "35", "17", "19", "20", "37", "34", "39", "40", "26"}

SHOWN: list[tuple[str, dict[str, Any], set[str]]] = [
    ("nothing answered", {}, set()),
    ("1.3", {"1": [{"code": "UNDERSOKNING", "date": "2026-11-20"}, {"code": "ANNAT", "date": "2026-11-20"}]}, {"1.3"}),
    ("no examination", {"1": [{"code": "TELEFONKONTAKT", "date": "2026-11-20"}]}, {"1.motivering"}),
    ("an examination too", {"1": [{"code": "TELEFONKONTAKT", "date": ""}, {"code": "UNDERSOKNING", "date": ""}]}, set()),
    ("29", {"28": ["NUVARANDE_ARBETE"]}, {"29"}),
    ("33 half", half("2026-11-20", "2026-11-30"), {"33"}),
    ("33 not before the period is whole", half("2026-11-20", ""), set()),
    ("33 not in reverse", half("2026-11-20", "2026-11-19"), set()),
    ("33 not for the whole", WHOLE, set()),
    ("33.2", {**half("2026-11-20", "2026-11-30"), "33": True}, {"33", "33.2"}),
    ("33.2 not for no", {**half("2026-11-20", "2026-11-30"), "33": False}, {"33"}),
    ("exactly seven days ago is early", periods(("HELT_NEDSATT", "2026-11-14", "2026-11-30")), {"32.motivering"}),
    ("six days ago is not", periods(("HELT_NEDSATT", "2026-11-15", "2026-11-30")), set()),
    ("early needs both dates", periods(("HELT_NEDSATT", "2026-11-01", "")), set()),
    ("39.3", {"39": "ATER_X_ANTAL_DGR"}, {"39.3"}),
    ("39.3 not with another", {"39": "PROGNOS_OKLAR"}, set()),
    ("44", {"40": ["HJALPMEDEL"]}, {"44"}),
    ("44 not when none is needed", {"40": ["EJ_AKTUELLT"]}, set()),
    ("26.2", {"26": True}, {"26.2"}),
]


@pytest.mark.parametrize(("case", "answers", "expected"), SHOWN, ids=[case for case, _, _ in SHOWN])
def test_what_is_asked(case: str, answers: dict[str, Any], expected: set[str]) -> None:
    assert evaluate(FORM, answers, WRITING).visible == ALWAYS | NOT_WHEN_27 | expected


def test_contagion_leaves_only_diagnosis_periods_and_other_information() -> None:
    fields = {name: text for question in FORM.questions for name, text in question.encode(GOOD.get(question.id)).items()}

    typed = FORM.decode(fields)

    with_27 = evaluate(FORM, FORM.decode(fields | {"27": "on"}), WRITING)
    without = evaluate(FORM, typed, WRITING)

    assert with_27.visible == ALWAYS | {"32.motivering"}
    assert with_27.answers == {"27": True} | {id: typed[id] for id in ("6", "32", "32.motivering", "25", "unit")}
    assert without.answers == typed
    assert without.visible == FORM.by_id.keys() - {"9000"}
    assert with_27.complete


def test_a_question_that_hides_takes_those_that_follow_it_along() -> None:
    evaluation = judged({"28": ["STUDIER"], "1": None})
    assert not {"29", "1.3", "1.motivering"} & evaluation.visible
    assert told(evaluation) == {("1", "EMPTY")}


def test_sections_are_told_complete_missing_or_wrong() -> None:
    assert set(judged({}).sections.values()) == {"complete"}
    sections = judged({"28": None, **based_on("2027-01-01")}).sections
    assert (sections["grundformu"], sections["sysselsattning"], sections["diagnos"]) == ("wrong", "missing", "complete")
    assert judged({"27": True}).sections.keys() == {"smittbararpenning", "diagnos", "bedomning", "ovrigt", "vardenhet"}


def test_the_day_decides_what_the_future_is() -> None:
    assert told(judged(based_on("2026-11-21"), context=replace(WRITING, today=TODAY.replace(day=20)))) >= {("1.UNDERSOKNING", "OTHER")}
