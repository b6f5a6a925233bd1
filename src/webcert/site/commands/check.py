"""`webcert check FILE…`: judge certificates by the rules of their type and version, which it recognises by itself."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from webcert.certificate_types.received import Verdict, judge_all
from webcert.site.commands import findings
from webcert.site.commands.findings import Finding
from webcert.vocabulary.clock import today


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, and how to tell what was found."""
    findings.add_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Tell, for each certificate, that it is valid or its problems: question, kind and text."""
    found = findings.found(options.files, partial(judge_all, today=today()))
    return findings.tell(found, as_json=options.json, lines=_lines, details=_details)


def problem_lines(name: str, verdict: Verdict) -> Iterator[str]:
    """One line for each problem, beginning with the file's name as compilers do."""
    return (f"{name}: {problem.question}: {problem.kind}: {problem.text}" for problem in verdict.problems)


def _lines(name: str, verdict: Verdict) -> list[str]:
    return list(problem_lines(name, verdict)) or [f"{name}: valid"]


def _details(finding: Finding[Verdict]) -> dict[str, Any]:
    verdict = finding.verdict
    type = verdict and verdict.type
    return {
        "type": type.external_code if type else None,
        "version": verdict.intyg.version if verdict and type else None,
        "problems": [asdict(problem) for problem in verdict.problems] if verdict else [],
    }
