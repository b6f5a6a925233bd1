"""The minimal print for the employer: what manual S table 4 lets through, and nothing else (A-075 to A-079)."""

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pypdf
import pytest

import example_fk7263
from printing.prints import FULL, signed_print
from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.received import received_context
from webcert.forms.conditions import codes_of
from webcert.printing.contents import Print, minimal_answers
from webcert.printing.filled import FilledPart
from webcert.printing.pdf import certificate_pdf
from webcert.vocabulary.clock import today

FK7804, FK7263 = TYPES["lisjp"], TYPES["fk7263"]
ISSUER = (
    "Datum 2026-11-21",
    "Arnold Johansson",
    "Överläkare",
    "Allmänmedicin, Arbetsmedicin",
    "TSTNMT2321000156-1079",
    "1627",
    "Björkhagens vårdcentral Storgatan 12 123 45 Björkhagen Telefon: 08-123 45 67",
)


def text_of(print: Print) -> str:
    reader = pypdf.PdfReader(io.BytesIO(certificate_pdf(print)), strict=True)
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def filled(print: Print) -> dict[str, FilledPart]:
    """Question → the part of the form that tells its answer, for those that tell anything."""
    assert print.paper
    parts = [part for page in print.paper.pages for frame in page for part in frame.parts]
    told = (part for part in parts if part.text or any(box.ticked for box in part.boxes) or (part.table and part.table.rows))
    assert not print.paper.left_over
    return {part.layout.question: part for part in told}  # type: ignore[union-attr]


def ticked(part: FilledPart) -> list[str]:
    return [box.code for box in part.boxes if box.ticked]


def test_A_075_the_minimal_fk_7804_holds_what_table_4_names_and_nothing_else() -> None:
    print = signed_print(minimal=True)
    text = text_of(print)

    assert set(filled(print)) == {"1", "1.3", "28", "29", "32", "34", "33", "39", "40", "44"}
    for told in (
        "19121212-1212",
        "☑ min telefonkontakt med patienten 2026-11-18",
        "Samtal med patientens närmaste chef på förskolan, med patientens medgivande.",
        "☑ 75 procent 2026-12-05 2027-01-10",
        "☑ Resor till och från arbetet",
        "☑ Ja. Fyll i nedan.",
        "☑ Patienten förväntas kunna återgå helt i nuvarande sysselsättning inom",
        "☑ 6 månader.",
        "☑ Arbetsanpassning",
        "Mindre barngrupp, inga lyft",
        *ISSUER,
    ):
        assert told in text


def test_A_076_only_the_present_work_is_told() -> None:
    parts = filled(signed_print(minimal=True))

    assert ticked(parts["28"]) == ["NUVARANDE_ARBETE"]
    assert parts["29"].text == FULL["29"]
    assert set(filled(signed_print({**FULL, "28": ["ARBETSSOKANDE"]}, minimal=True))) & {"28", "29"} == set()


def test_A_077_diagnosis_function_limitation_treatment_and_other_information_are_left_out() -> None:
    text = text_of(signed_print(minimal=True))

    for id in ("6", "35", "17", "19", "20", "37", "33.2", "25", "26.2", "1.motivering", "32.motivering"):
        for word in words_of(FULL[id]):
            assert word not in text, (id, word)
    assert "☑ Jag önskar att Försäkringskassan kontaktar mig." not in text
    assert "Tolvan Tolvansson" not in text


def words_of(answer: Any) -> list[str]:
    """The beginnings of the texts in an answer."""
    match answer:
        case dict():
            return [word for inner in answer.values() for word in words_of(inner)]
        case list():
            return [word for inner in answer for word in words_of(inner)]
    return [" ".join(answer.split())[:25]]


def test_A_078_the_minimal_fk_7263_holds_what_table_4_names_and_nothing_else() -> None:
    print = signed_print(example_fk7263.FULL, FK7263, minimal=True)
    parts = filled(print)
    text = text_of(print)

    assert set(parts) == {"1", "10003.2", "28", "29", "32", "34"}
    assert ticked(parts["28"]) == ["NUVARANDE_ARBETE"]
    assert len(ticked(parts["1"])) == 4
    for told in ("19121212-1212", "Lagerarbetare, tunga lyft", "Datum (fält 14) 2026-11-21", ISSUER[-1], "(fält 17) 1627"):
        assert told in text
    for id, answer in example_fk7263.FULL.items():
        if id not in parts and isinstance(answer, str):
            assert answer[:25] not in text, id


@pytest.mark.parametrize(("type", "answers"), [(FK7804, FULL), (FK7263, example_fk7263.FULL)], ids=["FK 7804", "FK 7263"])
def test_A_079_each_print_says_which_it_is_on_every_page(type: CertificateType, answers: dict[str, Any]) -> None:
    for minimal, told, other in ((False, "Fullständigt intyg", "Minimalt intyg"), (True, "Minimalt intyg", "Fullständigt intyg")):
        for page in pypdf.PdfReader(io.BytesIO(certificate_pdf(signed_print(answers, type, minimal=minimal)))).pages:
            assert told in page.extract_text()
            assert other not in page.extract_text()


def test_A_079_the_minimal_print_explains_itself() -> None:
    text = text_of(signed_print(minimal=True))

    assert "det som arbetsgivaren behöver enligt sjuklönelagen" in text
    assert "signerats elektroniskt av Arnold Johansson" in text


def test_the_file_of_a_minimal_print_says_so() -> None:
    assert signed_print(minimal=True).file_name == "minimalt_lakarintyg_sjukpenning_26-11-22_0805.pdf"
    assert signed_print(example_fk7263.FULL, FK7263, minimal=True).file_name == "minimalt_lakarintyg_fk7263_26-11-22_0805.pdf"


@pytest.mark.parametrize("type", [FK7804, FK7263], ids=["FK 7804", "FK 7263"])
def test_a_new_question_is_not_in_the_minimal_print_until_somebody_lets_it_in(type: Any) -> None:
    answers: Mapping[str, Any] = FULL if type is FK7804 else example_fk7263.FULL
    kept = minimal_answers(type.minimal, type.newest_form, {**answers, "99": "nytt"}, received_context(today()))

    assert kept.keys() <= set(type.minimal.questions)
    assert all(set(codes_of(kept[id])) <= codes for id, codes in type.minimal.only.items())


def test_only_two_types_have_a_minimal_print() -> None:
    assert [type.id for type in TYPES.values() if type.minimal] == ["fk7263", "lisjp"]
    with pytest.raises(AssertionError, match="no minimal print"):
        signed_print({}, replace(FK7804, minimal=None), minimal=True)
