"""Every sample of FK 7804 gets the verdict of its README: as XML, as internal JSON, and on the way between them."""

import re
from functools import cache
from typing import Any

import pytest

from example_fk7804 import SIGNED, TODAY, WRITING
from legacy_json import answers_of
from official import schema_errors, schematron_accepts
from samples import meaning, meaning_of_svar, read_json, told, written, written_again
from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.evaluation import evaluate

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


@pytest.mark.parametrize("file", [file for file in files("*/*.json") if "roundtrip" not in file])
def test_an_internal_document_gets_the_verdict_of_the_readme(file: str) -> None:
    """A draft hides answers that contradict others without a word (docs/architecture.md §3), so contradictions (V6, V10, V31, V32, V35,
    V38, V41) are told by the received reading of the questions that the draft hides, and everything else by the draft's."""
    document = read_json(f"{SAMPLES}/{file}")
    form = FK7804.form(document["textVersion"])
    answers = answers_of(document) | {"unit": _address(document)}
    as_draft, as_received = evaluate(form, answers, WRITING), evaluate(form, answers, SIGNED)
    hidden = tuple(problem for problem in as_received.problems if problem.question not in as_draft.visible)

    problems = told(tuple(problem for problem in (*as_draft.problems, *hidden) if problem.blocks))
    if is_valid(file):
        assert problems == set()
    else:
        assert problems == expected_problems(file)


def _address(document: dict[str, Any]) -> dict[str, str]:
    unit = document["grundData"]["skapadAv"]["vardenhet"]
    return {"address": unit["postadress"], "postcode": unit["postnummer"], "town": unit["postort"], "phone": unit["telefonnummer"]}


# On the way between.


@pytest.mark.parametrize("file", files("scenarios/pass-*.xml"))
def test_json_becomes_the_paired_xml(file: str) -> None:
    ours = written(read_json(_twin(file, ".json")))

    assert meaning(ours) == meaning(shared(f"{SAMPLES}/{file}").read_bytes())
    assert schema_errors(ours) == []


@pytest.mark.parametrize("file", files("scenarios/pass-*.xml"))
def test_xml_becomes_the_answers_of_the_roundtrip_document(file: str) -> None:
    answers = judge(shared(f"{SAMPLES}/{file}").read_bytes(), today=TODAY).answers

    assert answers.items() >= answers_of(read_json(_twin(file, ".roundtrip.json"))).items()


@pytest.mark.parametrize("file", [file for file in files("*/*.xml") if is_valid(file)])
def test_xml_becomes_answers_and_the_same_svar_again(file: str) -> None:
    theirs = shared(f"{SAMPLES}/{file}").read_bytes()
    ours = written_again(theirs)

    assert meaning_of_svar(ours) == meaning_of_svar(theirs)
    assert schema_errors(ours) == []


def _twin(file: str, ending: str) -> str:
    return f"{SAMPLES}/{file.replace('.xml', ending)}"
