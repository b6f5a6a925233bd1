"""How a form with answers reads: the order, what is left out, and the values. Source: reference/certificates/fk7804.md §2.4."""

from typing import Any

import pytest

from example_fk7804 import FULL, SIGNED, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.blocks import MISSING, Items, Table, Text
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.form import Form, category
from webcert.forms.reading import Entry, Section, read

FK7804 = TYPES["lisjp"]
FORM = FK7804.form("1.3")


def entries(answers: dict[str, Any], context: Any = WRITING) -> dict[str, Entry]:
    return {entry.question: entry for section in read(FORM, answers, context) for entry in section.entries}


def test_sections_and_questions_come_in_the_order_of_the_form() -> None:
    sections = read(FORM, FULL, WRITING)

    assert [section.title for section in sections] == [
        "Smittbärarpenning",
        "Grund för medicinskt underlag",
        "Sysselsättning",
        "Diagnos",
        "Sjukdomens konsekvenser",
        "Medicinsk behandling",
        "Bedömning",
        "Åtgärder",
        "Övriga upplysningar",
        "Kontakt",
    ]
    assert [entry.question for entry in sections[1].entries] == ["1", "1.3", "1.motivering"]
    assert [entry.question for entry in sections[6].entries] == ["32", "32.motivering", "37", "33", "33.2", "34", "39"]


def test_an_entry_carries_the_words_of_the_question() -> None:
    assert entries(FULL)["1.motivering"].own
    assert entries({})["17"] == Entry(
        "17",
        "Aktivitetsbegränsning",
        "Beskriv vad patienten inte kan göra på grund av sin sjukdom. Ange vad uppgiften grundas på.",
        False,
        (MISSING,),
    )


@pytest.mark.parametrize(
    ("question", "blocks"),
    [
        ("34", (Text("Ja"),)),
        ("33", (Text("Ja"),)),
        ("28", (Items(("Nuvarande arbete", "Studier")),)),
        ("39", (Text("Patienten förväntas kunna återgå helt i nuvarande sysselsättning inom 6 månader."),)),
        (
            "32",
            (
                Table(
                    ("Nedsättningsgrad", "Från och med", "Till och med"),
                    (
                        ("100 procent", "2026-11-05", "2026-12-04"),
                        ("75 procent", "2026-12-05", "2027-01-10"),
                        ("50 procent", "2027-01-11", "2027-02-10"),
                        ("25 procent", "2027-02-11", "2027-03-10"),
                    ),
                ),
            ),
        ),
    ],
)
def test_answers_read_as_their_element_says(question: str, blocks: Any) -> None:
    assert entries(FULL)[question].blocks == blocks


def test_what_was_not_answered_is_told_but_motivations_only_appear_when_given() -> None:
    found = entries({})

    assert set(found) == {"27", "1", "28", "6", "35", "17", "19", "20", "32", "37", "34", "39", "40", "25", "26"}
    assert {entry.blocks for entry in found.values()} == {(MISSING,)}


def test_a_prognosis_without_its_period_says_that_the_period_is_missing() -> None:
    blocks = entries({"39": "ATER_X_ANTAL_DGR"})["39"].blocks

    assert blocks == (Text("Patienten förväntas kunna återgå helt i nuvarande sysselsättning inom"), MISSING)


def test_contagion_hides_whole_sections_of_a_draft() -> None:
    titles = [section.title for section in read(FORM, {**FULL, "27": True}, WRITING)]

    assert titles == ["Smittbärarpenning", "Diagnos", "Bedömning", "Övriga upplysningar"]


def test_a_signed_certificate_shows_every_answer_in_it_even_contradictions() -> None:
    found = entries({"27": True, "39.3": "TRETTIO_DGR", "9000": [{"id": "9001", "text": "Svar på tilläggsfråga"}]}, SIGNED)

    assert found["39.3"].blocks == (Text("1 månad."),)
    assert found["9000"].blocks == (Items(("Svar på tilläggsfråga",)),)


def test_the_address_of_the_unit_is_no_section() -> None:
    address = {"unit": {"address": "Storgatan 1", "postcode": "123 45", "town": "Björkhagen", "phone": "08-123"}}

    for context in (WRITING, SIGNED):
        assert "vardenhet" not in {section.id for section in read(FORM, address, context)}


def test_each_text_version_reads_in_its_own_words() -> None:
    titles = {section.id: section.title for section in read(FK7804.form("1.0"), {}, WRITING)}

    assert titles["funktionsnedsattning"] == "Sjukdomens konsekvenser för patienten"


def test_a_box_alone_makes_a_section() -> None:
    form = Form((category("a", "Avsnitt", Checkbox("1", instruction="Kryssa")),))

    assert read(form, {"1": True}, WRITING) == (Section("a", "Avsnitt", (Entry("1", "", "Kryssa", False, (Text("Ja"),)),)),)
