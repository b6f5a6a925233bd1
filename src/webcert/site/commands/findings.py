"""What the commands that judge files share: a finding for each document in each file, told in lines or as JSON, and an exit code."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from webcert.riv.xml import SIZE_LIMIT, UnreadableXml

GOOD, NOT_GOOD, UNREADABLE = 0, 1, 2
"""Exit codes; with several documents the worst of theirs."""


class Judged(Protocol):
    """What is found out about a document."""

    @property
    def valid(self) -> bool: ...


J = TypeVar("J", bound=Judged)


@dataclass(frozen=True, slots=True)
class Finding(Generic[J]):
    """A document in a file with its verdict, or why there is none. `number` counts from 1; None when it is alone in the file."""

    file: Path
    verdict: J | None
    number: int | None = None
    error: str = ""

    @property
    def name(self) -> str:
        return str(self.file) if self.number is None else f"{self.file}[{self.number}]"

    @property
    def exit_code(self) -> int:
        if self.verdict is None:
            return UNREADABLE
        return GOOD if self.verdict.valid else NOT_GOOD

    def as_json(self) -> dict[str, Any]:
        """What is told to machines of every finding."""
        return {"file": str(self.file), "number": self.number, "valid": self.exit_code == GOOD, "error": self.error or None}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and how to tell what was found."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="XML with one or several certificates, in whatever message")
    parser.add_argument("--json", action="store_true", help="tell it as JSON, one object for each certificate")


def found(files: Iterable[Path], judge: Callable[[bytes], Sequence[J | UnreadableXml]]) -> list[Finding[J]]:
    """A finding for each document; a file that cannot be read, or is not as it should be, has one that says why."""
    return [finding for file in files for finding in _found_in(file, judge)]


def _found_in(file: Path, judge: Callable[[bytes], Sequence[J | UnreadableXml]]) -> Iterator[Finding[J]]:
    try:
        verdicts = judge(read_bytes(file))
    except UnreadableXml as error:
        yield Finding(file, None, error=str(error))
        return
    except OSError as error:
        yield Finding(file, None, error=error.strerror or "cannot be read")
        return
    for number, verdict in enumerate(verdicts, start=1):
        place = None if len(verdicts) == 1 else number
        if isinstance(verdict, UnreadableXml):
            yield Finding(file, None, place, str(verdict))
        else:
            yield Finding(file, verdict, place)


def tell(
    findings: Sequence[Finding[J]],
    *,
    as_json: bool,
    lines: Callable[[str, J], Iterable[str]],
    details: Callable[[Finding[J]], dict[str, Any]],
) -> int:
    """Print them for people, in the `lines` of a name and a verdict, or for machines, with their `details`. Gives the exit code."""
    if as_json:
        print(json.dumps([finding.as_json() | details(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            _tell_people(finding, lines)
    return max(finding.exit_code for finding in findings)


def _tell_people(finding: Finding[J], lines: Callable[[str, J], Iterable[str]]) -> None:
    if finding.verdict is None:
        print(f"webcert: {finding.name}: {finding.error}", file=sys.stderr)
    else:
        print("\n".join(lines(finding.name, finding.verdict)))


def read_bytes(file: Path) -> bytes:
    """The file's content, or as much of it as shows that it is too large. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)
