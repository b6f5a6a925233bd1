"""Every sample of FK 7263 gets the verdict of its README: as the older document, in the form of RIV-TA, and as internal JSON."""

import re
from functools import cache
from typing import Any

import pytest

from example_fk7804 import SIGNED, TODAY, WRITING
from legacy_json_fk7263 import answers_of
from official import schema_errors, schematron_accepts
from samples import Meaning, meaning_of_svar, read_json, told, written_again
from shared import SHARED, shared
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.conversion import from_svar, to_svar
from webcert.forms.evaluation import evaluate
from webcert.forms.reading import read

FORM = TYPES["fk7263"].newest_form
SAMPLES = "data/samples/fk7263"


@cache
def readme() -> dict[str, tuple[str, str]]:
    """File → (valid: "yes", "NO", "import ok" or "n/a"; what is expected)."""
    file = SHARED / SAMPLES / "README.md"
    lines = file.read_text().splitlines() if file.exists() else []
    rows = (line.strip("| \n").split(" | ") for line in lines if line.startswith("| `"))
    return {row[0].strip("`"): (row[2], row[3]) for row in rows}


def files(ending: str, *verdicts: str) -> list[str]:
    return [file for file, (verdict, _) in readme().items() if file.endswith(ending) and verdict in verdicts]


def sample(file: str) -> bytes:
    return shared(f"{SAMPLES}/{file}").read_bytes()


def internal(file: str) -> dict[str, Any]:
    return answers_of(read_json(f"{SAMPLES}/{file}"))


# As XML.


@pytest.mark.parametrize("file", files(".xml", "yes", "NO"))
def test_a_document_gets_the_verdict_of_the_readme(file: str) -> None:
    verdict = judge(sample(file), today=TODAY)
    assert verdict.type is TYPES["fk7263"]
    assert verdict.valid == (readme()[file][0] == "yes")


@pytest.mark.parametrize("file", files(".xml", "import ok"))
def test_an_old_document_without_the_name_of_its_code_list_is_read_but_not_valid(file: str) -> None:
    verdict = judge(sample(file), today=TODAY)
    assert [(problem.question, problem.text) for problem in verdict.problems] == [("6", "Diagnosens kodverk är okänt.")]
    assert verdict.answers["6"]["system"] == "ICD_10_SE"


@pytest.mark.parametrize("file", files(".xml", "yes", "NO", "import ok"))
def test_every_document_becomes_one_of_riv_ta(file: str) -> None:
    """Also those that lack something can be read and passed on; only one without periods is refused by the schematron."""
    ours = written_again(sample(file))
    assert schema_errors(ours) == []
    assert schematron_accepts(ours, "fk7263sit") == ("32" in judge(sample(file), today=TODAY).answers)


@pytest.mark.parametrize("file", files(".rivta3.xml", "yes"))
def test_the_older_document_becomes_its_twin(file: str) -> None:
    """But for two defects of the original: it says no to what nobody answered (34), and numbers no svar 28."""
    theirs = meaning_of_svar(sample(file))
    ours = meaning_of_svar(written_again(sample(file.replace(".rivta3.xml", ".legacy.xml"))))
    numbers = ("RegisterCertificate", "intyg", "svar28", "instans")
    travel = ("RegisterCertificate", "intyg", "svar34", "delsvar34.1")
    assert theirs.get(travel) == ours.get(travel, ["false"])
    assert without(ours, numbers, travel) == without(theirs, travel)


def without(meaning: Meaning, *paths: tuple[str, ...]) -> Meaning:
    return {path: texts for path, texts in meaning.items() if path not in paths}


@pytest.mark.parametrize("file", files(".rivta3.xml", "yes"))
def test_the_twin_is_accepted_by_its_schematron_and_reads_the_same(file: str) -> None:
    twin, older = judge(sample(file), today=TODAY), judge(sample(file.replace(".rivta3.xml", ".legacy.xml")), today=TODAY)
    assert schematron_accepts(sample(file), "fk7263sit")
    assert twin.answers | {"34": None} == older.answers | {"34": None}
    assert twin.intyg.issuer == older.intyg.issuer
    assert (twin.intyg.id, twin.intyg.patient, twin.intyg.signed_at) == (older.intyg.id, older.intyg.patient, older.intyg.signed_at)


# As internal JSON.

FIELDS = {
    "annat": "1.annat",
    "arbetsformagaPrognosGarInteAttBedomaBeskrivning": "10006.fortydligande",
    "arbetsformaga": "32",
    "aktivitetsbegransning": "17",
    "nuvarandearbetsuppgifter": "29",
    "nedsattMed100": "32.HELT_NEDSATT.to",
}
"""The original's field → ours."""


def expected(file: str) -> set[tuple[str, str]]:
    """(field, kind) of each message that the README promises."""
    found = re.findall(r"(\w+) (EMPTY|INVALID_FORMAT)", readme()[file][1])
    return {(FIELDS[field], kind) for field, kind in found}


@pytest.mark.parametrize("file", files(".json", "yes", "NO"))
def test_an_internal_document_gets_the_verdict_of_the_readme(file: str) -> None:
    assert told(evaluate(FORM, internal(file), WRITING).problems) == expected(file)


PAIRS = [(file, file.replace(".json", ".legacy.xml")) for file in files(".json", "yes") if file.startswith("scenarios")] + [
    (file, file.replace("internal", "transport")) for file in files("internal.json", "yes", "NO") if "fritext" not in file
]


@pytest.mark.parametrize(("file", "older"), [pair for pair in PAIRS if pair[1] in readme()])
def test_an_internal_document_says_what_its_older_document_says(file: str, older: str) -> None:
    """What has no field of its own in a document has gone to field 13 and to the text of the diagnosis."""
    asked = evaluate(FORM, internal(file), WRITING).answers
    answers, problems = from_svar(FORM, to_svar(FORM, asked, SIGNED))
    assert problems == ()
    assert answers == judge(sample(older), today=TODAY).answers


@pytest.mark.parametrize("file", [file for file in files(".json", "n/a") if file.startswith("legacy-import")])
def test_an_older_document_is_read_as_the_original_reads_it(file: str) -> None:
    answers = judge(sample(file.replace("internal.json", "transport.xml").replace(".json", ".xml")), today=TODAY).answers
    kept = {id: answer for id, answer in internal(file).items() if id not in ("1.annat", "10006.fortydligande", "10001")}
    assert answers.items() >= kept.items()


def test_free_texts_of_the_older_form_stand_in_field_13_after_their_numbers() -> None:
    answers = internal("internal-to-legacy/friviligttext-fk7263-internal.json")
    asked = evaluate(FORM, answers, WRITING).answers
    (other,) = (svar for svar in to_svar(FORM, asked, SIGNED) if svar.id == "25")
    parts = "nedsattMed25Beskrivning. nedsattMed50Beskrivning. nedsattMed75Beskrivning"
    assert other.parts == (("25.1", f"8b: {parts}. kommentar"),)


# As it is filled in on paper.

ABOUT_THE_PATIENT = re.compile(r"flt_\w+_flt(\d+)[ab]?\[0\]$")
"""The form's text fields, but for those of patient, issuer and unit (14–17)."""


@pytest.mark.parametrize("name", ["expectedPdfContent", "expectedPdfContentEmployerMIFull"])
def test_what_the_original_fills_in_can_be_read(name: str) -> None:
    asked = evaluate(FORM, internal("pdf/utlatande.json"), WRITING).answers
    answers, _ = from_svar(FORM, to_svar(FORM, asked, SIGNED))
    shown = str(read(FORM, answers, SIGNED))
    filled = {field: text for field, text in read_json(f"{SAMPLES}/pdf/{name}.json").items() if text}
    texts = {text for field, text in filled.items() if (match := ABOUT_THE_PATIENT.search(field)) and int(match[1]) < 14}

    assert len(texts) >= 20
    assert {text for text in texts if text not in shown} == set()
