"""docs/security.md points at what there is, and covers every chapter."""

import re

import pytest

from running import SOURCE
from security.test_threats import THREATS

ROOT = SOURCE.parent
TEXT = (ROOT / "docs" / "security.md").read_text()

POINTED_AT = sorted(set(re.findall(r"`((?:src|tests|docs)/[\w/.-]+)`", TEXT)))


@pytest.mark.parametrize("path", POINTED_AT)
def test_what_is_pointed_at_exists(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_line_of_the_checklist_has_its_evidence_or_says_why_not() -> None:
    lines = [line for line in TEXT.splitlines() if re.match(r"\| [●◐○–] \|", line)]
    assert len(lines) > 50
    for line in lines:
        mark, _, evidence = (cell.strip() for cell in line.strip("|").split("|"))
        assert mark in "○–" or "`" in evidence or "below" in evidence, line


def test_every_chapter_is_there() -> None:
    chapters = {int(number) for heading in re.findall(r"^(?:###|V17) ?.*$", TEXT, re.M) for number in re.findall(r"V(\d+)", heading)}
    assert chapters == set(range(1, 18))


def test_a_threat_that_is_named_as_answered_is_so() -> None:
    for number in set(re.findall(r"\((T\d+)\)", TEXT)):
        assert THREATS[number].answers, number
