"""No personal identity number reaches a log line, by whatever way it tries."""

import json
import logging
import os
import subprocess
import sys
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from running import SOURCE
from webcert.site.log_stream import LogStream
from webcert.site.logs import MASK, mask_numbers, masked

NUMBERS = ["191212121212", "19121212-1212", "19121212+1212", "1212121212", "121212-1212", "121212+1212", "197010632391"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("surroundings", ["{}", "patient {} hittades", "id={},", '{{"id":"{}"}}', "/patient/{}/intyg", "pnr{}x"])
def test_a_number_is_masked_wherever_it_stands(number: str, surroundings: str) -> None:
    line = masked(surroundings.format(number))
    assert number not in line
    assert MASK in line


@pytest.mark.parametrize(
    "text",
    [
        "SE2321000990-2001",
        "TSTNMT2321000156-1079",
        "2026-11-21T23:31:50.520123Z",
        "1f6d4d9e-7a0f-4b53-9d1c-0b6ad1cf3a11",
        "1f6d4d9e-7a0f-4b53-9d1c-191212121212",
        "svar 12345678",
        "13 siffror 1234567890123",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert masked(text) == text


@given(st.from_regex(r"(19|20)?\d{6}[-+]?\d{4}", fullmatch=True), st.text(alphabet="abcåäö /:?=&\"'{}\n", max_size=20))
def test_any_ten_or_twelve_digits_are_masked(number: str, around: str) -> None:
    assert number not in masked(around + number + around)


def test_values_are_masked_however_deep() -> None:
    event = {
        "event": "x",
        "people": [{"id": "191212121212"}, ("191212121212", 191212121212)],
        "error": ValueError("191212121212"),
        "ms": 1.5,
    }
    shown = mask_numbers(None, "info", dict(event))
    assert "1912121212" not in str(shown)
    assert shown["ms"] == 1.5


PROGRAM = """
import logging, structlog
from webcert.site import logs
logs.configure({form!r}, "prov")
structlog.get_logger("a").info("hej 191212121212", patient="19121212-1212")
logging.getLogger("b").warning("också %s", "191212121212")
try:
    raise ValueError("191212121212")
except ValueError:
    structlog.get_logger("c").exception("trasigt")
    logging.getLogger("d").exception("trasigt")
"""


@pytest.mark.parametrize("form", ["console", "json"])
def test_every_way_into_the_log_is_masked(form: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(form=form)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert "12121212" not in told.stdout
    assert told.stdout.count("Traceback") == 2
    if form == "json":
        lines = [json.loads(line) for line in told.stdout.splitlines()]
        assert [line["process"] for line in lines] == ["prov"] * 4
        assert lines[0]["event"] == f"hej {MASK}"


@pytest.mark.parametrize("form", ["console", "json"])
def test_the_supervisor_masks_what_other_programs_say(form: Literal["console", "json"], capsys: pytest.CaptureFixture[str]) -> None:
    LogStream(form).write("postgres", "DETAIL: Key (patient_id)=(191212121212)")
    shown = capsys.readouterr().out
    assert "postgres" in shown
    assert "1912" not in shown


def test_django_tells_no_raw_paths() -> None:
    assert not logging.getLogger("django.request").isEnabledFor(logging.ERROR)
