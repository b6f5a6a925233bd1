"""`webcert check FILE…`: judge RegisterCertificate documents by the rules of their certificate type."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from webcert.certificate_types.received import Judged, check_document
from webcert.riv.xml import SIZE_LIMIT, UnreadableXml
from webcert.vocabulary.clock import today

ALL_VALID, SOME_NOT_VALID, UNREADABLE = 0, 1, 2
"""Exit codes, the worst of all files."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and how to tell what was found."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="RegisterCertificate XML, bare or in a SOAP envelope")
    parser.add_argument("--json", action="store_true", help="tell it as JSON, one object for each file")


def run(options: argparse.Namespace) -> int:
    """Print, for each file, that it is valid or its problems: question, kind and text. 1 when some is not valid, 2 when some is unreadable."""
    verdicts = [_judged(file) for file in options.files]
    if options.json:
        print(json.dumps([verdict.as_json() for verdict in verdicts], ensure_ascii=False, indent=2))
    else:
        for verdict in verdicts:
            print("\n".join(verdict.lines()), file=sys.stderr if verdict.error else sys.stdout)
    return max(verdict.exit_code for verdict in verdicts)


def read_bytes(file: Path) -> bytes:
    """The file, or as much of it as shows that it is too large. Raises OSError."""
    with file.open("rb") as stream:
        return stream.read(SIZE_LIMIT + 1)


def problem_lines(file: Path, judged: Iterable[Judged]) -> Iterable[str]:
    """A line for each problem, with the file first."""
    return (f"{file}: {problem.question}: {problem.kind}: {problem.text}" for one in judged for problem in one.problems)


@dataclass(frozen=True, slots=True)
class _Verdict:
    file: Path
    judged: tuple[Judged, ...] = ()
    error: str = ""

    @property
    def exit_code(self) -> int:
        if self.error:
            return UNREADABLE
        return ALL_VALID if all(one.valid for one in self.judged) else SOME_NOT_VALID

    def lines(self) -> Iterable[str]:
        if self.error:
            return (f"webcert: {self.file}: {self.error}",)
        return tuple(problem_lines(self.file, self.judged)) or (f"{self.file}: valid",)

    def as_json(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "valid": self.exit_code == ALL_VALID,
            "error": self.error or None,
            "types": [one.type.external_code if one.type else None for one in self.judged],
            "problems": [asdict(problem) for one in self.judged for problem in one.problems],
        }


def _judged(file: Path) -> _Verdict:
    try:
        return _Verdict(file, check_document(read_bytes(file), today()))
    except UnreadableXml as error:
        return _Verdict(file, error=str(error))
    except OSError as error:
        return _Verdict(file, error=(error.strerror or "cannot be read").lower())
