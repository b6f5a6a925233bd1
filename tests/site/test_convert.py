"""`webcert convert`: a certificate in each form, and nothing written when something is wrong."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from official import schema_errors
from webcert.site.cli import main
from webcert.vocabulary.svar import Svar
from written import DOCUMENTS, document

VALID = document(DOCUMENTS[0])
NOT_VALID = document(svar for svar in DOCUMENTS[0] if svar.id != "17")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "intyg"


def converted(file: Path, content: bytes, to: str) -> bytes:
    out = file.with_suffix(f".{to}")
    file.write_bytes(content)
    assert main(["convert", str(file), "--to", to, "-o", str(out)]) == 0
    return out.read_bytes()


@pytest.mark.parametrize("svar", DOCUMENTS)
def test_xml_becomes_what_we_would_have_written(svar: tuple[Svar, ...], file: Path) -> None:
    written = document(svar)
    assert converted(file, written, "xml").strip() == written
    assert schema_errors(converted(file, written, "xml")) == []


@pytest.mark.parametrize("svar", DOCUMENTS)
def test_json_has_header_and_answers_and_becomes_the_same_xml(svar: tuple[Svar, ...], file: Path) -> None:
    written = document(svar)
    as_json = converted(file, written, "json")
    kept = json.loads(as_json)

    assert kept["intyg"]["patient"]["personal_id"] == "191212121212"
    assert kept["intyg"]["signed_at"] == "2026-11-21T10:31:00"
    assert kept["answers"]["32"][0]["code"] == "HELT_NEDSATT"
    assert converted(file, as_json, "xml").strip() == written
    assert converted(file, as_json, "json") == as_json


class _Reader(HTMLParser):
    """Collects the text, and whether every element is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.open = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_a_whole_page_with_every_answer_and_the_signature(file: Path) -> None:
    page = converted(file, VALID, "html").decode()
    reader = _Reader()
    reader.feed(page)

    assert page.startswith("<!doctype html>")
    assert reader.open == []
    for words in ("Läkarintyg för sjukpenning (FK 7804)", "19121212-1212", "Åsa Öhrn", "Signerat 2026-11-21 10:31", "Intygs-id: 4711"):
        assert words in reader.text
    for words in ("Förskollärare, heltid.", "Utmattningssyndrom", "F438A", "75 procent", "2027-01-10", "sysselsättning inom 6 månader."):
        assert words in reader.text
    assert "<script" not in page


def test_html_shows_what_was_written_as_text(file: Path) -> None:
    assert "&lt;script&gt;" in converted(file, VALID.replace(b"Melatonin", b"&lt;script&gt;"), "html").decode()


def test_pdf(file: Path) -> None:
    assert converted(file, VALID, "pdf").startswith(b"%PDF-")


def test_a_dash_is_standard_output(file: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    file.write_bytes(VALID)
    assert main(["convert", str(file), "--to", "xml", "-o", "-"]) == 0
    assert capfdbinary.readouterr().out.strip() == VALID


def test_one_of_several_is_chosen_by_number(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(b"<list>" + NOT_VALID + VALID + b"</list>")
    to_xml = ["convert", str(file), "--to", "xml", "-o", str(file.with_suffix(".out"))]

    assert main(to_xml) == 2
    assert "holds 2 certificates; choose one with --number" in capsys.readouterr().err
    assert main([*to_xml, "--number", "3"]) == 2
    assert main([*to_xml, "--number", "1"]) == 1
    assert main([*to_xml, "--number", "2"]) == 0
    assert file.with_suffix(".out").read_bytes().strip() == VALID
    file.write_bytes(b"<list>" + VALID.replace(b"person-id", b"person") + VALID + b"</list>")
    assert [main([*to_xml, "--number", number]) for number in ("1", "2")] == [2, 0]


@pytest.mark.parametrize("to", ["xml", "json", "html", "pdf"])
def test_what_is_not_valid_is_not_converted(to: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(NOT_VALID)
    assert main(["convert", str(file), "--to", to, "-o", str(file.with_suffix(".out"))]) == 1
    assert capsys.readouterr().err == f"{file}: 17: EMPTY: Ange ett svar.\n"
    assert not file.with_suffix(".out").exists()


def changed_json(file: Path, **answers: Any) -> bytes:
    """A certificate about contagion as --to json writes it, with these answers instead."""
    kept = json.loads(converted(file, document(DOCUMENTS[2]), "json"))
    kept["answers"] |= answers
    return json.dumps(kept).encode()


def test_json_of_our_own_is_judged_as_it_stands(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_bytes(changed_json(file, **{"32": [{"code": "HELT_NEDSATT", "from": "2026-11-20", "to": "2026-11-31"}]}))
    assert main(["convert", str(file), "--to", "xml", "-o", "-"]) == 1
    assert capsys.readouterr().err == f"{file}: 32: INVALID_FORMAT: Ange ett giltigt datum.\n"


def is_unreadable(file: Path, content: bytes, said: pytest.CaptureFixture[str]) -> bool:
    file.write_bytes(content)
    code = main(["convert", str(file), "--to", "xml", "-o", str(file.with_suffix(".out"))])
    told = said.readouterr().err
    return code == 2 and told.startswith(f"webcert: {file}: not a certificate") and "1212" not in told


@pytest.mark.parametrize(
    "content",
    [b"{", b"{}", b'{"intyg": 1, "answers": {}}', b'{"intyg": {"id": "191212121212"}}', b'{"a":' * 100_000, b"{\xff"],
)
def test_json_that_is_no_certificate_is_unreadable(content: bytes, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_unreadable(file, content, capsys)
    assert not file.with_suffix(".out").exists()


@pytest.mark.parametrize(
    "answers",
    [{"99": "to no question"}, {"32": "no rows"}, {"32": [{"code": "HELT_NEDSATT"}]}, {"25": 3}, {"25": "\u0000"}, {"6": {"rows": [1]}}],
    ids=str,
)
def test_json_with_answers_of_another_shape_is_unreadable(answers: dict[str, Any], file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_unreadable(file, changed_json(file, **answers), capsys)


def test_missing_files_and_places_that_cannot_be_written_are_told(tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(file), "--to", "xml", "-o", "-"]) == 2
    assert str(file) in capsys.readouterr().err
    file.write_bytes(VALID)
    assert main(["convert", str(file), "--to", "xml", "-o", str(tmp_path)]) == 2
    assert f"webcert: {tmp_path}: Is a directory" in capsys.readouterr().err
