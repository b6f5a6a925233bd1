"""Every sample of FK 7800, FK 7801 and FK 7802 gets the verdict of its index: as XML, as internal JSON, and on the way between them."""

import json
import re
from functools import cache
from typing import Any

import pytest

from example_fk7804 import SIGNED, TODAY, WRITING
from legacy_json import FLAGS, TEXTS, answers_of
from official import schema_errors, schematron_accepts
from samples import meaning, meaning_of_svar, read_json, told, written, written_again
from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.evaluation import evaluate

Told = set[tuple[str, str]]


@cache
def index(type: str) -> dict[str, Any]:
    """What is expected of each sample; nothing when the shared material is missing."""
    file = SHARED / "data/samples" / type / "expected.json"
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def samples(ending: str, folder: str = "", *, valid: bool | None = None) -> list[str]:
    """The samples with that ending; scenarios are listed without one, and have a transport and an internal twin."""
    found = []
    for type in ("luse", "luae_na", "luae_fs"):
        for name, expected in index(type).items():
            if name.startswith("scenarios/"):
                twin = {".xml": "transport", ".json": folder or "internal"}[ending]
                name = name.replace("scenarios/", f"scenarios/{twin}/") + ending
            elif folder or expected.get("kind") or not name.endswith(ending):
                continue
            if valid in (None, expected["valid"]):
                found.append(f"data/samples/{type}/{name}")
    return found


def expected(file: str) -> dict[str, Any]:
    _, _, type, name = file.split("/", 3)
    entry: dict[str, Any] = index(type)[re.sub(r"(scenarios/)\w+/(.*)\.\w+", r"\1\2", name)]
    return entry


# As XML.


@pytest.mark.parametrize("file", samples(".xml"))
def test_a_transport_document_gets_the_verdict_of_the_index_and_of_the_schematron(file: str) -> None:
    document = shared(file).read_bytes()
    verdict = judge(document, today=TODAY)
    assert verdict.type

    assert verdict.valid == expected(file)["valid"]
    assert schematron_accepts(document, f"{verdict.type.id}.v1") == expected(file)["valid"]


# As internal JSON.

FIELDS = {
    **TEXTS,
    **FLAGS,
    "aktivitetsbegransning": "17",
    "baseratPa": "1",
    "funktionsnedsattning": "8-14",
    "diagnoser": "6",
    "diagnoser[0].diagnoskod": "6.0.code",
    "diagnoser[1].diagnoskod": "6.1.code",
    "underlag": "4",
    "underlag[0].hamtasFran": "4.0.source",
    "underlag[1].hamtasFran": "4.1.source",
    "vardenhet.postadress": "unit.address",
    "vardenhet.postnummer": "unit.postcode",
    "vardenhet.postort": "unit.town",
    "vardenhet.telefonnummer": "unit.phone",
}
"""The original's field → ours."""

CONTRADICTIONS = {"annatGrundForMU": "1.3", "kontaktMedFk": "26.2"}
"""The original names the answer that leads, and says EMPTY in some types; we name the one that has no place, and the kind."""


def in_our_terms(message: str) -> tuple[str, str]:
    """(field, kind) of one of the original's messages. It has a kind of its own for texts of white space, BLANK."""
    field, kind = message.split()[:2]
    if field in CONTRADICTIONS:
        return CONTRADICTIONS[field], "INCORRECT_COMBINATION"
    return FIELDS[field], {"BLANK": "EMPTY"}.get(kind, kind)


MORE: dict[str, Told] = {
    "fail-funktionsnedsattningFalt10Whitespace": {("10", "EMPTY")},
    "fail-funktionsnedsattningFalt12Whitespace": {("12", "EMPTY")},
    "fail-underlagfinnes-men-ej-angivet": {("4", "INCORRECT_COMBINATION")},
    "overfyllnad_utlatande": {("4.2.source", "OTHER"), ("6.0.text", "OTHER"), ("6.1.text", "OTHER")},
}
"""What we tell beside the original's messages: a text of white space at its own field too; documents while question 3 is not answered,
which the original lets pass in FK 7802 (fk-common.md §17, 3); and lengths (§17, 5)."""


@pytest.mark.parametrize("file", samples(".json"))
def test_an_internal_document_gets_the_verdict_of_the_index(file: str) -> None:
    """A draft hides answers that contradict others without a word (docs/architecture.md §3), so contradictions (G6, G14, K1, L5) are told
    by the received reading of the questions that the draft hides, and everything else by the draft's."""
    document = read_json(file)
    form = TYPES[document["typ"]].form(document["textVersion"])
    answers = answers_of(document) | {"unit": _address(document)}
    as_draft, as_received = evaluate(form, answers, WRITING), evaluate(form, answers, SIGNED)
    hidden = tuple(problem for problem in as_received.problems if problem.question not in as_draft.visible)
    messages = {in_our_terms(message) for message in expected(file)["internal_failures"]}

    assert told(as_draft.problems + hidden) == messages | MORE.get(file.rpartition("/")[2].removesuffix(".json"), set())


def _address(document: dict[str, Any]) -> dict[str, str]:
    unit = document["grundData"]["skapadAv"]["vardenhet"]
    names = {"address": "postadress", "postcode": "postnummer", "town": "postort", "phone": "telefonnummer"}
    return {part: unit.get(name) or "" for part, name in names.items()}


# On the way between.


@pytest.mark.parametrize("file", samples(".json", "internal", valid=True))
def test_json_becomes_the_paired_xml(file: str) -> None:
    ours = written(read_json(file))

    assert meaning(ours) == meaning(shared(file.replace("/internal/", "/transport/").replace(".json", ".xml")).read_bytes())
    assert schema_errors(ours) == []


@pytest.mark.parametrize("file", samples(".json", "roundtrip", valid=True))
def test_xml_becomes_the_answers_of_the_roundtrip_document(file: str) -> None:
    """The original trims its texts when it reads; we keep them as they were signed."""
    answers = judge(shared(file.replace("/roundtrip/", "/transport/").replace(".json", ".xml")).read_bytes(), today=TODAY).answers
    trimmed = {id: answer.strip() if isinstance(answer, str) else answer for id, answer in answers.items()}

    assert trimmed.items() >= answers_of(read_json(file)).items()


@pytest.mark.parametrize("file", samples(".xml", valid=True))
def test_xml_becomes_answers_and_the_same_svar_again(file: str) -> None:
    theirs = shared(file).read_bytes()
    ours = written_again(theirs)

    assert meaning_of_svar(ours) == meaning_of_svar(theirs)
    assert schema_errors(ours) == []
