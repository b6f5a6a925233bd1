"""FK 7800, FK 7801 and FK 7802 say exactly what the official texts say, in each text version."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from lxml import etree

from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.forms.form import Form

STATEMENTS = ("luse", "luae_na", "luae_fs")

OURS = {
    "",
    "Beskriv minst en funktionsnedsättning",
    "Motivering till varför det medicinska underlaget inte baseras på en undersökning av patienten",
    "Tilläggsfrågor",
    "Vårdenhetens adress",
}
"""Labels that are not questions of the form."""

NOT_OURS = {"Är patienten väldigt skoltrött?", "Hur långt är ett snöre?"}
"""Two questions of FK 7802 1.0 that were only there to try the mechanism (fk-common.md §8)."""


def files() -> list[str]:
    """The text files of the three types; none when the shared material is missing."""
    folder = SHARED / "data/texts"
    return sorted(path.name for path in folder.glob("texterMU_LU*.xml")) if folder.exists() else []


def labels(form: Form) -> Iterator[str]:
    for category in form.categories:
        yield category.title
        for question in category.questions:
            anything: Any = question
            yield from (question.label, question.instruction, getattr(anything, "source", ""), getattr(anything, "column", ""))
            yield from (option.label for option in getattr(anything, "options", ()))


@pytest.mark.parametrize("file", files())
def test_labels_are_those_of_the_official_texts(file: str) -> None:
    texts = etree.parse(shared(f"data/texts/{file}")).getroot()
    form = TYPES[texts.get("typ", "").lower()].form(texts.get("version", ""))
    official = {
        (text.text or "").strip()
        for text in texts.iter("{*}text")
        if text.get("id", "").endswith(".RBK") and not text.get("id", "").startswith("FRM")
    }

    assert set(labels(form)) - OURS == official - NOT_OURS - OURS


@pytest.mark.parametrize("file", files())
def test_versions_are_valid_from_the_official_day(file: str) -> None:
    texts = etree.parse(shared(f"data/texts/{file}")).getroot()
    versions = {version.version: version.valid_from for version in TYPES[texts.get("typ", "").lower()].text_versions}
    assert versions[texts.get("version", "")] == date.fromisoformat(texts.get("giltigFrom", ""))


OLDEST = {
    "luse": {
        ("label", "9"): "Kommunikation och social interaktion",
        ("instruction", "21"): "Ordinerade läkemedel, alkohol, tobak och övriga substansintag",
        ("option", "1"): "Min undersökning av patienten",
    },
    "luae_na": {
        ("label", "9"): "Kommunikation och social interaktion",
        ("instruction", "21"): "Ordinerade läkemedel, alkohol, tobak och övriga substansintag",
        ("option", "1"): "Min undersökning av patienten",
    },
    "luae_fs": {("option", "1"): "Min undersökning av patienten"},
}


def wording(form: Form, kind: str, id: str) -> str:
    question: Any = form.by_id[id]
    return str(question.options[0].label if kind == "option" else getattr(question, kind))


@pytest.mark.parametrize("type", OLDEST)
def test_the_oldest_version_has_its_own_words(type: str) -> None:
    """Those of which there is no file (fk7800.md §2.1, fk7801.md §2.1, fk7802.md §2.1)."""
    form = TYPES[type].form("1.0")
    assert {place: wording(form, *place) for place in OLDEST[type]} == OLDEST[type]


def test_LUSE_1_1_has_the_words_of_1_0_and_1_2_only_the_older_substances() -> None:
    luse = TYPES["luse"]
    assert luse.form("1.1") == luse.form("1.0")
    assert wording(luse.form("1.2"), "label", "9") == "Övergripande psykosociala funktioner"
    assert wording(luse.form("1.2"), "instruction", "21") == OLDEST["luse"]["instruction", "21"]


@pytest.mark.parametrize("type", STATEMENTS)
def test_every_question_has_help_but_those_that_only_go_on_with_the_one_above(type: str) -> None:
    without = {question.id for question in TYPES[type].newest_form.questions if not question.help}
    assert without <= {"45.2", "26.2", "9000"}


@pytest.mark.parametrize("type", STATEMENTS)
def test_lists_name_the_main_diagnosis(type: str) -> None:
    rows = [{"code": "F840", "text": "Autism i barndomen"}, {"code": "F900", "text": "ADHD"}]
    assert TYPES[type].summary[0] == "Avser diagnos"
    assert TYPES[type].summarise("1.0", {"6": {"system": "ICD_10_SE", "rows": rows}}) == "Autism i barndomen"
    assert TYPES[type].summarise("1.0", {}) == ""
