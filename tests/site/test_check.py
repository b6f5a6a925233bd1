"""`webcert check`: what it says of each file, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from example_transport import TSTRK1007_7
from shared import shared
from webcert.certificate_types import TYPES
from webcert.riv.soap import envelope
from webcert.site.cli import main
from written import DOCUMENTS, document, svar_of

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


LIST_RESPONDER = b"urn:riv:clinicalprocess:healthcond:certificate:ListCertificatesForCareWithQAResponder:3"
LISTED = (
    b"""<l:ListCertificatesForCareWithQAResponse xmlns:l="%b">
<l:list>%%b</l:list></l:ListCertificatesForCareWithQAResponse>"""
    % LIST_RESPONDER
)
ITEM = b"<l:item>%b<l:ref>4711</l:ref></l:item>"
TRANSPORT = document(svar_of(TYPES["ts-bas"].newest_form, TSTRK1007_7[0]), "7.0", TYPES["ts-bas"])


def test_a_list_of_several_types_has_a_verdict_for_each_also_when_one_cannot_be_read(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = VALID.replace(b">2026-11-21T10:31:00<", b">i g\xc3\xa5r<")
    items = b"".join(ITEM % one for one in (TRANSPORT, broken, NOT_VALID, UNKNOWN_TYPE, VALID))

    assert check(file, envelope(LISTED % items, logical_address="SE1")) == 2
    told = capsys.readouterr()
    assert [line.partition(": ")[2][:25] for line in told.out.splitlines()] == [
        "valid",
        "17: EMPTY: Ange ett svar.",
        "typ: OTHER: Intygstypen ä",
        "valid",
    ]
    assert told.err == f"webcert: {file}[2]: the time of signing is no time\n"

    assert check(file, LISTED % items, "--json") == 2
    found = json.loads(capsys.readouterr().out)
    assert [(one["number"], one["type"], one["valid"]) for one in found] == [
        (1, "TSTRK1007", True),
        (2, None, False),
        (3, "LISJP", False),
        (4, None, False),
        (5, "LISJP", True),
    ]
    assert [bool(one["error"]) for one in found] == [False, True, False, False, False]


NAMESAKES = [
    "ListCertificatesForCareWithQA-v3/listcertificatesforcarewithqa-v3--request.xml",
    "CreateDraftCertificate-v1/createdraftcertificate-v1--request.xml",
    "CreateDraftCertificate-v3/createdraftcertificate-v3--request.xml",
    "SendMedicalCertificate-v1/send-medical-certificate.xml",
    "RevokeCertificate-v2/revokerequest.xml",
]


@pytest.mark.parametrize("name", NAMESAKES)
def test_orders_and_references_are_no_certificates(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """They have elements of the same names."""
    assert main(["check", str(shared(f"data/soap/{name}"))]) == 2
    assert "no certificate in it" in capsys.readouterr().err


OLDER = [
    ("fk7263/scenarios/valid-scenario11.legacy.xml", "FK7263", "1.0"),
    ("fk7263/scenarios/valid-scenario11.rivta3.xml", "FK7263", "1.0"),
    ("tstrk1007/v6/valid-maximal.legacy-registertsbas.xml", "TSTRK1007", "6.7"),
    ("tstrk1007/v6/valid-version0608.legacy-to-utlatande-v1.xml", "TSTRK1007", "6.8"),
    ("tstrk1031/v2/transform-valid-maximal.legacy-to-utlatande-v1.xml", "TSTRK1031", "2.6"),
]


@pytest.mark.parametrize(("sample", "type", "version"), OLDER)
def test_the_older_contracts_are_recognised(sample: str, type: str, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(shared(f"data/samples/{sample}")), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["type"], found["version"]) == (type, version)


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
