"""`webcert convert FILE --to xml|json|html|pdf -o OUT`: one certificate in another form.

Reads XML in every form that `webcert check` judges, or the JSON that it writes itself. Only valid certificates are converted, so
that no answer is lost on the way; signatures are not taken along.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
from pydantic import TypeAdapter

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.received import Verdict, judge, judge_all, judge_intyg, readable, received_context
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import evaluate
from webcert.forms.reading import read
from webcert.riv.intyg import Intyg
from webcert.riv.intyg_xml import register_certificate
from webcert.riv.xml import UnreadableXml
from webcert.site.commands.check import problem_lines
from webcert.site.commands.findings import GOOD, NOT_GOOD, UNREADABLE, read_bytes
from webcert.ui.formatting import FILTERS
from webcert.vocabulary.clock import now, today

_INTYG = TypeAdapter(Intyg)


class _Unreadable(Exception):
    """The file is no certificate that can be read; the message repeats nothing of its content."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, to what, and where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="certificates as XML, or JSON written by --to json")
    parser.add_argument("--to", choices=_WRITERS, required=True)
    parser.add_argument("--number", type=int, metavar="N", help="which certificate, counted from 1, when the file holds several")
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="file to write, or - for standard output")


def run(options: argparse.Namespace) -> int:
    """Write the certificate. Like `webcert check`, gives 1 when it is not valid and 2 when it cannot be read; then nothing is written."""
    try:
        verdict = _judged(read_bytes(options.file), options.number)
        if verdict.type is None or not verdict.valid:
            print("\n".join(problem_lines(str(options.file), verdict)), file=sys.stderr)
            return NOT_GOOD
        _write(_WRITERS[options.to](verdict.type, verdict), options.output)
    except (UnreadableXml, _Unreadable) as error:
        print(f"webcert: {options.file}: {error}", file=sys.stderr)
        return UNREADABLE
    except OSError as error:
        print(f"webcert: {error.filename or options.output}: {error.strerror}", file=sys.stderr)
        return UNREADABLE
    return GOOD


def _judged(data: bytes, number: int | None) -> Verdict:
    verdicts = (_judged_json(data),) if data.lstrip()[:1] == b"{" else judge_all(data, today=today())
    if number is None and len(verdicts) > 1:
        raise _Unreadable(f"holds {len(verdicts)} certificates; choose one with --number")
    chosen = 1 if number is None else number
    if not 1 <= chosen <= len(verdicts):
        raise _Unreadable(f"has no certificate number {number}")
    return readable(verdicts[chosen - 1])


def _judged_json(data: bytes) -> Verdict:
    """Our JSON is judged twice: its answers as they stand, then the document that they make."""
    try:
        kept = json.loads(data)
        header = _INTYG.validate_python(kept["intyg"] | {"svar": ()})
        first = judge_intyg(header, today=today())
        if first.type is None:
            return first
        form, context = first.type.form(header.version), received_context(today())
        answers = dict(kept["answers"])
        if answers.keys() - form.by_id.keys():
            raise ValueError("an answer to no question")
        evaluation = evaluate(form, answers, context)
        if not evaluation.complete:
            return Verdict(header, first.type, answers, evaluation, evaluation.problems)
        return judge(register_certificate(replace(header, svar=to_svar(form, answers, context))), today=today())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # The elements trust the shape of stored answers; a file from outside has none that can be trusted.
        raise _Unreadable("not a certificate in the JSON of `webcert convert`") from None


def _as_xml(type: CertificateType, verdict: Verdict) -> bytes:
    """The certificate as we would have written it."""
    svar = to_svar(type.form(verdict.intyg.version), verdict.answers, received_context(today()))
    return register_certificate(replace(verdict.intyg, type_name=type.contract_name or type.name, svar=svar)) + b"\n"


def _as_json(type: CertificateType, verdict: Verdict) -> bytes:
    """Everything but the svar as `intyg`, and the answers by question."""
    header = _INTYG.dump_python(verdict.intyg, mode="json", exclude={"svar", "faults"})
    return json.dumps({"intyg": header, "answers": verdict.answers}, ensure_ascii=False, indent=2).encode() + b"\n"


def _as_html(type: CertificateType, verdict: Verdict) -> bytes:
    """A page of its own, without anything to fetch."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    environment.filters |= FILTERS
    sections = read(type.form(verdict.intyg.version), verdict.answers, received_context(today()))
    return environment.get_template("convert.jinja").render(type=type, intyg=verdict.intyg, sections=sections).encode() + b"\n"


def _as_pdf(type: CertificateType, verdict: Verdict) -> bytes:
    """The same print as from the page of a signed certificate."""
    from webcert.printing.contents import print_of_document
    from webcert.printing.pdf import certificate_pdf

    return certificate_pdf(print_of_document(type, verdict.intyg, verdict.answers, printed_at=now()))


_WRITERS: dict[str, Callable[[CertificateType, Verdict], bytes]] = {"xml": _as_xml, "json": _as_json, "html": _as_html, "pdf": _as_pdf}


def _write(content: bytes, output: str) -> None:
    if output == "-":
        sys.stdout.buffer.write(content)
    else:
        Path(output).write_bytes(content)
