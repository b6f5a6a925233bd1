"""Headings, questions and alternatives of Transportstyrelsen's certificates are the official ones, word for word, in every version."""

import re
from functools import cache

import pytest
from lxml import etree

from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.ticks import Ticks

VERSIONS = [("ts-bas", "1007", version) for version in ("6.7", "6.8", "7.0")] + [
    ("ts-diabetes", "1031", version) for version in ("2.6", "2.8", "3.0", "4.0", "4.1", "4.2")
]

ELSEWHERE = {"KAT_99", "KAT_100", "FRG_1.2", "FRG_9.1", "DFR_9.1", "DFR_33.1", "DFR_33.2", "DFR_26.1"}
"""Texts that stand somewhere else than the number says: alternatives, the box of 9, and 26.2 (called 26.1 in 6.7 and 6.8)."""

GRID = re.compile(r"DFR_8\.[2-9]")
"""The cells of the table are named by its row and column."""


@cache
def official(code: str, version: str) -> dict[str, str]:
    """Text id → text, in one line and without markup; nothing when the shared material is missing."""
    file = f"data/texts/texterTS_TSTRK_{code}_v{version}.xml"
    if not (SHARED / file).exists():
        return {}
    texts = etree.parse(shared(file)).getroot().iter("text")
    return {text.get("id", "").removesuffix(".RBK"): _plain(text.text or "") for text in texts}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<i.*?</i>|<[^>]*>", " ", text).replace(" .", ".").split()).replace(" .", ".")


def labels(type: str, version: str) -> dict[str, str]:
    """The same for ours: question and, where there is only one delsvar, that too."""
    found = {}
    for question in TYPES[type].form(version).questions:
        text = question.label or question.instruction
        found |= {f"FRG_{question.id}": text, f"DFR_{question.id}": text}
        if "." not in question.id:
            found.setdefault(f"DFR_{question.id}.1", text)
        if isinstance(question, Ticks):
            found |= {f"DFR_{option.code}": option.label for option in question.options}
    return found


@pytest.mark.parametrize(("type", "code", "version"), VERSIONS)
def test_questions_have_the_official_words(type: str, code: str, version: str) -> None:
    ours = labels(type, version)
    theirs = {id: text for id, text in official(code, version).items() if re.fullmatch(r"(FRG|DFR)_[\d.]+", id)}
    compared = {id: text for id, text in theirs.items() if id not in ELSEWHERE and not GRID.fullmatch(id)}

    assert {id: ours.get(id) for id in compared} == compared


@pytest.mark.parametrize(("type", "code", "version"), VERSIONS)
def test_sections_have_the_official_headings_in_their_order(type: str, code: str, version: str) -> None:
    theirs = [text for id, text in official(code, version).items() if re.fullmatch(r"KAT_\d+", id)]
    ours = [category.title for category in TYPES[type].form(version).categories if category.id not in ("patient", "vardenhet")]

    assert ours == theirs or not theirs


@pytest.mark.parametrize(("type", "code", "version"), VERSIONS)
def test_notices_have_the_official_words(type: str, code: str, version: str) -> None:
    theirs = {text for id, text in official(code, version).items() if id.endswith((".INF", ".ALERT"))}
    ours = {question.text for question in TYPES[type].form(version).questions if isinstance(question, Notice)}

    assert {_plain(text) for text in ours} == theirs or not official(code, version)


@pytest.mark.parametrize(("type", "code", "version"), VERSIONS)
def test_alternatives_have_the_official_words(type: str, code: str, version: str) -> None:
    form, theirs = TYPES[type].form(version), official(code, version)
    for id, system in (("1", "KV_INTYGET_AVSER"), ("1", "KV_KORKORTSBEHORIGHET"), ("2", "KV_ID_KONTROLL"), ("33", "KV_KORKORTSBEHORIGHET")):
        options = {option.code: option.label for option in form.by_id[id].options}  # type: ignore[attr-defined]
        named = {text_id.rpartition(".")[2]: text for text_id, text in theirs.items() if text_id.startswith(f"{system}.")}
        assert {code: options[code] for code in named if code in options} == {code: text for code, text in named.items() if code in options}
