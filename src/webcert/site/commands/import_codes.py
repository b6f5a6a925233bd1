"""`webcert import icd10 FILE…` and `webcert import ksh97 FILE…`: bring in a code list and tell what became of it."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from webcert.site.commands import django_with_database

if TYPE_CHECKING:
    from webcert.code_systems.actions import Report

_SYSTEMS = {"icd10": "ICD_10_SE", "ksh97": "KSH_97_P"}
_MOST_CODES = 12
"""A line of codes is cut after this many; the whole lists differ in hundreds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which system, all files of the list, and a name for the edition."""
    parser.add_argument("system", choices=_SYSTEMS)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="official TSV, digitN.txt or .ANS; all files of one list")
    parser.add_argument("--name", help="what to call the edition, such as “ICD-10-SE 2026”; otherwise system and day")


def run(options: argparse.Namespace) -> int:
    """Import and print the report; 1 when the list was refused, and then nothing has changed."""
    with django_with_database("import"):
        from webcert.code_systems.actions import import_edition
        from webcert.code_systems.lists import Refused

        try:
            report = import_edition(_SYSTEMS[options.system], options.files, options.name)
        except Refused as refused:
            print(f"webcert: refused, nothing changed: {refused}", file=sys.stderr)
            return 1
    print("\n".join(_told(report)))
    return 0


def _told(report: "Report") -> Iterator[str]:
    for file in report.files:
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in file.outcomes.items())
        yield f"{file.name} ({file.layout}): {file.rows} rows: {outcomes}"
        if file.foreign:
            yield f"  not used: {_shortened(file.foreign)}"
    if report.unchanged:
        yield f"{report.edition}: {report.codes} codes, already in force and the same; nothing changed"
        return
    yield f"{report.edition}: {report.codes} codes, now in force"
    for change, codes in [("added", report.added), ("removed", report.removed), ("new title", report.retitled)]:
        if codes:
            yield f"  {len(codes)} {change}: {_shortened(codes)}"


def _shortened(items: tuple[str, ...]) -> str:
    return ", ".join(items[:_MOST_CODES]) + (" …" if len(items) > _MOST_CODES else "")
