"""Every sample of FK 7804 gets the verdict of its README: as XML, as internal JSON, and on the way between them."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from lxml import etree

from example_fk7804 import SIGNED, TODAY, WRITING
from legacy_json import answers_of, intyg_of, titles_of
from official import schema_errors, schematron_accepts
from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.context import Context
from webcert.forms.evaluation import evaluate
from webcert.forms.problems import Problem
from webcert.forms.transport import to_svar
from webcert.riv import xml
from webcert.riv.intyg_xml import register_certificate

FK7804 = TYPES["lisjp"]
SAMPLES = "data/samples/lisjp"


@cache
def verdicts() -> dict[str, tuple[str, str]]:
    """File → ("yes" or "NO", expected), from the table in the README."""
    rows = (line.strip("| \n").split(" | ") for line in shared(f"{SAMPLES}/README.md").read_text().splitlines() if line.startswith("| `"))
    return {row[0].strip("`"): (row[2], row[3]) for row in rows}


def files(pattern: str) -> list[str]:
    """The samples that the README gives a verdict, for parametrisation; none when the shared material is missing."""
    folder = SHARED / SAMPLES
    found = sorted(str(path.relative_to(folder)) for path in folder.glob(pattern)) if folder.exists() else []
    return [file for file in found if verdicts()[file][0] in ("yes", "NO") and "revoke" not in file]


def read_json(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared(f"{SAMPLES}/{file}").read_text())
    return found


def is_valid(file: str) -> bool:
    return verdicts()[file][0] == "yes"


# As XML.


@pytest.mark.parametrize("file", files("*/*.xml"))
def test_a_transport_document_gets_the_verdict_of_the_readme_and_of_the_schematron(file: str) -> None:
    written = shared(f"{SAMPLES}/{file}").read_bytes()

    assert judge(written, today=TODAY).valid == is_valid(file)
    assert schematron_accepts(written) == is_valid(file)


# As internal JSON.

FIELDS = {
    "baseratPa": "1",
    "annatGrundForMU": "1.3",
    "annatGrundForMUBeskrivning": "1.3",
    "sysselsattning": "28",
    "nuvarandeArbete": "29",
    "diagnoser[0].diagnoskod": "6.0.code",
    "diagnoser[1].diagnoskod": "6.1.code",
    "funktionsnedsattning": "35",
    "aktivitetsbegransning": "17",
    "planeradBehandling": "20",
    "sjukskrivningar": "32",
    "forsakringsmedicinsktBeslutsstod": "37",
    "arbetstidsforlaggning": "33",
    "arbetstidsforlaggningMotivering": "33.2",
    "prognos": "39",
    "arbetslivsinriktadeAtgarder": "40",
    "ovrigt": "25",
}
"""The original's field → ours."""

OURS = {
    ("28", "EMPTY", "nuvarandearbete.invalid_combination"): ("29", "INCORRECT_COMBINATION"),
    ("33", "EMPTY", "motivering.incorrect"): ("33.2", "INCORRECT_COMBINATION"),
    ("1.3", "EMPTY", "grund-for-mu.annat.beskrivning.invalid_combination"): ("1.3", "INCORRECT_COMBINATION"),
    ("40", "EMPTY", "inte_aktuellt_no_combine"): ("40", "INCORRECT_COMBINATION"),
    ("40", "EMPTY", "invalid_combination"): ("44", "INCORRECT_COMBINATION"),
}
"""Contradictions: the original says EMPTY at the question that leads; we name the kind, at the answer that has no place."""

_EXPECTED = re.compile(r"\w+/([\w.\[\]]+): (\w+)(?: \[([\w.-]+)\])?")


def expected_problems(file: str) -> set[tuple[str, str]]:
    """(field, kind) of each message in the README, in our terms."""
    found = (match.groups(default="") for match in _EXPECTED.finditer(verdicts()[file][1].removeprefix("draft validation: ")))
    ours = ((FIELDS[field], kind, key) for field, kind, key in found)
    return {OURS.get(message, message[:2]) for message in ours}


def told(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    return {(problem.field, problem.kind.value) for problem in problems}


@pytest.mark.parametrize("file", [file for file in files("*/*.json") if "roundtrip" not in file])
def test_an_internal_document_gets_the_verdict_of_the_readme(file: str) -> None:
    """A draft hides answers that contradict others without a word (docs/architecture.md §3), so contradictions (V6, V10, V31, V32, V35,
    V38, V41) are told by the received reading of the questions that the draft hides, and everything else by the draft's."""
    document = read_json(file)
    form = FK7804.form(document["textVersion"])
    answers = answers_of(document) | {"unit": _address(document)}
    as_draft, as_received = evaluate(form, answers, WRITING), evaluate(form, answers, SIGNED)
    hidden = tuple(problem for problem in as_received.problems if problem.question not in as_draft.visible)

    problems = told(as_draft.problems + hidden)
    if is_valid(file):
        assert problems == set()
    else:
        assert problems == expected_problems(file)


def _address(document: dict[str, Any]) -> dict[str, str]:
    unit = document["grundData"]["skapadAv"]["vardenhet"]
    return {"address": unit["postadress"], "postcode": unit["postnummer"], "town": unit["postort"], "phone": unit["telefonnummer"]}


# On the way between.


class Titles:
    """A register that knows the titles that the sample itself gives."""

    def __init__(self, titles: dict[str, str]) -> None:
        self.titles = titles

    def knows(self, system: str, code: str) -> bool:
        return True

    def title(self, system: str, code: str) -> str | None:
        return self.titles.get(code)


def written(document: dict[str, Any]) -> bytes:
    """What we write of an internal document."""
    form = FK7804.form(document["textVersion"])
    context = Context(TODAY, Titles(titles_of(document)))
    answers = evaluate(form, answers_of(document), context).answers
    return register_certificate(intyg_of(document, FK7804.name, to_svar(form, answers, context)))


Meaning = dict[tuple[str, ...], list[str]]


def meaning(document: bytes) -> Meaning:
    """Element path by name and id → texts, in no order among different elements; white space and forskrivarkod (always ours) left out."""
    found: Meaning = {}
    for path, text in _leaves(xml.parse(document), ()):
        found.setdefault(path, []).append(text)
    return {path: sorted(texts) for path, texts in found.items() if path[-1] != "forskrivarkod"}


def _leaves(element: etree._Element, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    path = (*above, f"{etree.QName(element).localname}{element.get('id', '')}")
    if len(element):
        for child in element:
            yield from _leaves(child, path)
    else:
        yield path, (element.text or "").strip()


@pytest.mark.parametrize("file", files("scenarios/pass-*.xml"))
def test_json_becomes_the_paired_xml(file: str) -> None:
    ours = written(read_json(file.replace(".xml", ".json")))

    assert meaning(ours) == meaning(shared(f"{SAMPLES}/{file}").read_bytes())
    assert schema_errors(ours) == []


@pytest.mark.parametrize("file", files("scenarios/pass-*.xml"))
def test_xml_becomes_the_answers_of_the_roundtrip_document(file: str) -> None:
    answers = judge(shared(f"{SAMPLES}/{file}").read_bytes(), today=TODAY).answers

    assert answers.items() >= answers_of(read_json(file.replace(".xml", ".roundtrip.json"))).items()


@pytest.mark.parametrize("file", [file for file in files("*/*.xml") if is_valid(file)])
def test_xml_becomes_answers_and_the_same_svar_again(file: str) -> None:
    """All but displayName, which follows from the code, and which hand-written documents may lack."""
    theirs = shared(f"{SAMPLES}/{file}").read_bytes()
    verdict = judge(theirs, today=TODAY)
    svar = to_svar(FK7804.form(verdict.intyg.version), verdict.answers, SIGNED)
    ours = register_certificate(replace(verdict.intyg, svar=svar))

    assert _svar(meaning(ours)) == _svar(meaning(theirs))
    assert schema_errors(ours) == []


def _svar(meaning: Meaning) -> Meaning:
    return {path: texts for path, texts in meaning.items() if path[2].startswith("svar") and path[-1] != "displayName"}
