"""`webcert check`: what it says of each file, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shared import shared
from webcert.riv.soap import envelope
from webcert.site.cli import main
from written import DOCUMENTS, document

VALID = document(DOCUMENTS[0])
ENVELOPE = envelope(VALID, logical_address="2021005521")
NOT_VALID = document(svar for svar in DOCUMENTS[0] if svar.id != "17")
UNKNOWN_TYPE = VALID.replace(b">LISJP<", b">19121212-1212<")
UNKNOWN_VERSION = document(DOCUMENTS[0], "2.0")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "intyg.xml"


def check(file: Path, content: bytes, *options: str) -> int:
    file.write_bytes(content)
    return main(["check", str(file), *options])


@pytest.mark.parametrize("content", [VALID, ENVELOPE, document(DOCUMENTS[1], "1"), document(DOCUMENTS[2])])
def test_a_valid_certificate_bare_or_in_an_envelope(content: bytes, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, content) == 0
    assert capsys.readouterr().out == f"{file}: valid\n"


def test_the_problems_of_one_that_is_not(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, NOT_VALID) == 1
    assert capsys.readouterr().out == f"{file}: 17: EMPTY: Ange ett svar.\n"


@pytest.mark.parametrize(("content", "question"), [(UNKNOWN_TYPE, "typ"), (UNKNOWN_VERSION, "version")])
def test_an_unknown_type_or_version_is_a_problem_in_plain_words(
    content: bytes, question: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(file, content) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{file}: {question}: OTHER: Intyg")
    assert "1212" not in said


def test_json_for_machines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, NOT_VALID, "--json") == 1
    problem = {"question": "17", "field": "17", "kind": "EMPTY", "text": "Ange ett svar."}
    expected = {"file": str(file), "number": None, "type": "LISJP", "version": "1.3", "valid": False, "problems": [problem], "error": None}
    assert json.loads(capsys.readouterr().out) == [expected]


def test_each_of_several_certificates_in_a_file_has_its_verdict(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = b"<list>" + VALID + NOT_VALID + VALID + b"</list>"

    assert check(file, listed) == 1
    assert capsys.readouterr().out.splitlines() == [f"{file}[1]: valid", f"{file}[2]: 17: EMPTY: Ange ett svar.", f"{file}[3]: valid"]
    assert check(file, listed, "--json") == 1
    assert [(found["number"], found["valid"]) for found in json.loads(capsys.readouterr().out)] == [(1, True), (2, False), (3, True)]


@pytest.mark.parametrize("sample", ["scenarios/valid-scenario11.legacy.xml", "scenarios/valid-scenario11.rivta3.xml"])
def test_fk_7263_is_recognised_in_both_its_forms(sample: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, shared(f"data/samples/fk7263/{sample}").read_bytes(), "--json") == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["type"], found["version"]) == ("FK7263", "1.0")


def test_list_responses_of_the_contract_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    response = shared("data/soap/ListCertificatesForCare-v3/response-list-certificates.xml")

    main(["check", str(response), "--json"])

    assert [found["number"] for found in json.loads(capsys.readouterr().out)] == [1, 2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (b"<a/>", "no certificate in it"),
        (b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', "document type"),
        (VALID.replace(b"person-id", b"person"), "patient has no person-id"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(content: bytes, reason: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(file, content) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"webcert: {file}: ")
    assert reason in said.err
    assert "1212" not in said.err


def test_a_missing_file_and_a_folder_are_unreadable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nothing.xml")]) == 2
    assert main(["check", str(tmp_path), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)[0]["error"] == "Is a directory"


def test_the_worst_of_several_files_decides_and_all_are_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, missing = (tmp_path / name for name in ("good.xml", "bad.xml", "missing.xml"))
    good.write_bytes(VALID)
    bad.write_bytes(NOT_VALID)

    assert main(["check", str(bad), str(good)]) == 1
    assert main(["check", str(missing), str(bad), str(good)]) == 2
    assert capsys.readouterr().out.count(f"{good}: valid") == 2


def test_an_endless_file_is_not_read_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "/dev/zero"]) == 2
    assert "larger than" in capsys.readouterr().err


def test_no_web_framework_is_loaded(file: Path) -> None:
    file.write_bytes(VALID)
    program = "import sys; from webcert.site.cli import main; code = main(sys.argv[1:]); sys.exit(code or 'django' in sys.modules)"
    environment = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    assert subprocess.run([sys.executable, "-c", program, "check", file], env=environment, capture_output=True, timeout=30).returncode == 0
