"""`webcert check FILE…`: judge certificates by the rules of their type and version, which it recognises by itself."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from webcert.certificate_types.received import Verdict, judge_all
from webcert.riv.xml import SIZE_LIMIT, UnreadableXml
from webcert.vocabulary.clock import today

VALID, NOT_VALID, UNREADABLE = 0, 1, 2
"""Exit codes; with several files the worst of theirs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and how to tell what was found."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="XML with one or several certificates, in whatever message")
    parser.add_argument("--json", action="store_true", help="tell it as JSON, one object for each certificate")


def run(options: argparse.Namespace) -> int:
    """Tell, for each certificate, that it is valid or its problems: question, kind and text."""
    findings = [finding for file in options.files for finding in _found(file)]
    if options.json:
        print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            finding.tell()
    return max(finding.exit_code for finding in findings)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A certificate in a file with its verdict, or why the file has none. `number` counts from 1; None when it is alone in the file."""

    file: Path
    verdict: Verdict | None
    number: int | None = None
    error: str = ""

    @property
    def name(self) -> str:
        return str(self.file) if self.number is None else f"{self.file}[{self.number}]"

    @property
    def exit_code(self) -> int:
        if self.verdict is None:
            return UNREADABLE
        return VALID if self.verdict.valid else NOT_VALID

    def tell(self) -> None:
        if self.verdict is None:
            print(f"webcert: {self.file}: {self.error}", file=sys.stderr)
        else:
            print("\n".join(problem_lines(self.name, self.verdict)) or f"{self.name}: valid")

    def as_json(self) -> dict[str, Any]:
        type = self.verdict and self.verdict.type
        return {
            "file": str(self.file),
            "number": self.number,
            "type": type.external_code if type else None,
            "version": self.verdict.intyg.version if self.verdict and type else None,
            "valid": self.exit_code == VALID,
            "problems": [asdict(problem) for problem in self.verdict.problems] if self.verdict else [],
            "error": self.error or None,
        }


def _found(file: Path) -> list[_Finding]:
    try:
        verdicts = judge_all(read_bytes(file), today=today())
    except UnreadableXml as error:
        return [_Finding(file, None, error=str(error))]
    except OSError as error:
        return [_Finding(file, None, error=error.strerror or "cannot be read")]
    alone = len(verdicts) == 1
    return [_Finding(file, verdict, None if alone else number) for number, verdict in enumerate(verdicts, start=1)]


def read_bytes(file: Path) -> bytes:
    """The file's content, or as much of it as shows that it is too large. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def problem_lines(name: str, verdict: Verdict) -> Iterator[str]:
    """One line for each problem, beginning with the file's name as compilers do."""
    return (f"{name}: {problem.question}: {problem.kind}: {problem.text}" for problem in verdict.problems)
