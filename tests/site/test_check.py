"""`webcert check`: what it says of each file, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from written import DOCUMENTS, document
from webcert.riv.soap import envelope
from webcert.site.cli import main

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
    expected = {"file": str(file), "type": "LISJP", "valid": False, "problems": [problem], "error": None}
    assert json.loads(capsys.readouterr().out) == [expected]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not well-formed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
        (b"<a/>", "0 certificates instead of one"),
        (b"<list>" + VALID * 2 + b"</list>", "2 certificates instead of one"),
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
