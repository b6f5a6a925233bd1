"""What the original got wrong about FK 7263, and we do not. Source: reference/certificates/fk7263.md §11."""

from typing import Any

from certificates.test_taking_in import OLDER
from example_fk7263 import FULL
from example_fk7804 import SIGNED
from legacy_json_fk7263 import answers_of
from webcert.certificate_types import TYPES
from webcert.forms.blocks import MISSING, Block, Items, Text
from webcert.forms.conversion import from_svar, to_svar
from webcert.forms.reading import read
from webcert.riv import xml
from webcert.riv.documents import documents
from webcert.riv.intyg_xml import register_certificate
from webcert.vocabulary.svar import Svar

FK7263 = TYPES["fk7263"]
FORM = FK7263.newest_form


def blocks(answers: dict[str, Any]) -> dict[str, tuple[Block, ...]]:
    return {entry.question: entry.blocks for section in read(FORM, answers, SIGNED) for entry in section.entries}


def test_gap_1_the_code_of_the_type_stands_in_a_list_of_its_own() -> None:
    assert FK7263.type_system == "f6fb361a-e31d-48b8-8657-99b63912dd9b"
    assert FK7263.type_system != TYPES["lisjp"].type_system


def test_gap_3_the_personal_number_has_its_hyphen_in_the_older_form_alone() -> None:
    (older,) = documents(xml.parse(OLDER))
    assert b'extension="19121212-1212"' in OLDER
    assert older.patient.personal_id == "191212121212"
    assert b">191212121212<" in register_certificate(older)


def test_gap_5_the_period_ends_with_the_latest_day_of_any_row_whatever_their_order() -> None:
    rows = [
        {"code": "HELT_NEDSATT", "from": "2015-09-14", "to": "2015-12-31"},
        {"code": "HALFTEN", "from": "2015-10-01", "to": "2015-10-31"},
        {"code": "EN_FJARDEDEL", "from": "2015-09-01", "to": "2015-09-20"},
    ]
    assert FK7263.summarise("1.0", {"32": rows}) == "2015-09-01 – 2015-12-31"


def test_gap_6_no_answer_about_travel_is_not_a_no() -> None:
    assert blocks(FULL)["34"] == (Text("Ja"),)
    assert blocks(FULL | {"34": False})["34"] == (Text("Nej"),)
    assert blocks({id: answer for id, answer in FULL.items() if id != "34"})["34"] == (MISSING,)


def test_gap_7_occupations_may_lack_their_instance_numbers() -> None:
    numbered = to_svar(FORM, FULL, SIGNED)
    unnumbered = [Svar(svar.id, svar.parts) if svar.id == "28" else svar for svar in numbered]
    answers, problems = from_svar(FORM, unnumbered)
    assert problems == ()
    assert blocks(answers)["28"] == (Items(("Nuvarande arbete", "Föräldraledighet med föräldrapenning - att vårda sitt barn")),)


def test_gap_8_secondary_diagnoses_and_comorbidity_are_shown() -> None:
    document = {
        "diagnosKod": "S47",
        "diagnosBeskrivning1": "Klämskada",
        "diagnosKod2": "A000",
        "diagnosBeskrivning2": "Kolera",
        "samsjuklighet": True,
    }
    shown = blocks(answers_of(document))
    assert shown["6"] == (Text("S47"),)
    assert shown["10001"] == (Text("Klämskada. Samsjuklighet föreligger. A000 Kolera"),)


def test_gap_the_working_hours_of_8b_reach_field_13_in_the_form_of_riv_ta_too() -> None:
    (other,) = (value for svar in to_svar(FORM, FULL, SIGNED) for id, value in svar.parts if id == "25.1")
    assert other == (
        "4b: Bedömning av fysioterapeut. 8b: Halva dagar måndag till fredag. 10: Beror på hur samtalskontakten faller ut. "
        "Patienten vill gärna tillbaka till sitt arbete."
    )
