"""`webcert audit verify` and `webcert audit search`: whether the access log is what it was, and what it says."""

import argparse
import getpass
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from webcert.site.commands import django_with_database
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId

if TYPE_CHECKING:
    from webcert.audit.models import AuditEntry

INTACT, NOT_INTACT, WRONG_NUMBER = 0, 1, 2
"""Exit codes."""

_NOTE = re.compile(r"\d{1,18}(:[0-9a-f]{8}){8}")
_WIDTHS = {"time": 19, "activity": 8, "user": 22, "unit": 22, "level": 36, "patient": 12, "remark": 0}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and for a search whose and when."""
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    verify = tasks.add_parser("verify", help="find changed, missing and inserted entries and broken seals; exit 0 intact, 1 not")
    verify.add_argument(
        "--noted", type=_note, metavar="SEAL", help="a seal as the log told it (“access log sealed”); it must still be there"
    )
    search = tasks.add_parser("search", help="print entries in the order of time")
    search.add_argument("--patient", type=_dash, metavar="-", help="one patient's; the number is asked for, or read from standard input")
    search.add_argument("--user", metavar="HSA-ID", help="one user's")
    search.add_argument("--unit", metavar="HSA-ID", help="what was done on one unit")
    search.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DATE", help="from this day on")
    search.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DATE", help="up to this day, and with it")
    search.add_argument("--json", action="store_true", help="one JSON object on a line for each entry")


def run(options: argparse.Namespace) -> int:
    """Do the task; gives its exit code."""
    return _verify(options) if options.task == "verify" else _search(options)


def _verify(options: argparse.Namespace) -> int:
    with django_with_database("audit"):
        from django.db import connection, transaction

        from webcert.audit.queries import standing
        from webcert.audit.verification import flaws

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            found = 0
            for flaw in flaws(options.noted or ""):
                print(flaw)
                found += 1
            now = standing()
    print(f"{found} flaws" if found else "intact")
    print(f"sealed up to {now.last.note}" if now.last else "nothing is sealed yet")
    print(f"{now.unsealed} entries wait to be sealed, {now.undelivered} seals to be delivered")
    return NOT_INTACT if found else INTACT


def _search(options: argparse.Namespace) -> int:
    try:
        patient = _asked_for() if options.patient else None
    except InvalidPersonalId as error:
        print(f"webcert: --patient: {error}", file=sys.stderr)
        return WRONG_NUMBER
    with django_with_database("audit"):
        from webcert.audit.queries import search

        entries = search(
            patient_id=patient,
            user_id=options.user,
            unit_id=options.unit,
            start=options.first and _midnight(options.first),
            end=options.last and _midnight(options.last + timedelta(days=1)),
        )
        found = (_told(entry, with_patient=patient is not None) for entry in entries.iterator())
        for line in _lines(found, as_json=options.json):
            print(line)
    return 0


def _lines(found: Iterator[dict[str, str]], *, as_json: bool) -> Iterator[str]:
    for number, told in enumerate(found):
        if as_json:
            yield json.dumps(told, ensure_ascii=False)
        else:
            if number == 0:
                yield _row({name: name for name in told})
            yield _row(told)


def _row(told: dict[str, str]) -> str:
    return "  ".join(told[name].ljust(width) for name, width in _WIDTHS.items() if name in told).rstrip()


def _told(entry: "AuditEntry", *, with_patient: bool) -> dict[str, str]:
    """What is printed of an entry. Identity numbers are told only to who has asked with one."""
    told = {
        "time": entry.at.astimezone(SWEDEN).isoformat(" ", "seconds")[:19],
        "activity": entry.activity,
        "user": entry.user_id,
        "unit": entry.unit_id,
        "level": entry.level,
        "remark": entry.remark,
    }
    return told | {"patient": entry.patient_id} if with_patient else told


def _asked_for() -> str:
    """The twelve digits, from the terminal without showing them or from standard input: a command line is seen by others and kept."""
    text = getpass.getpass("Personal identity number: ") if sys.stdin.isatty() else sys.stdin.readline()
    return PersonalId.parse(text.strip()).digits


def _dash(text: str) -> bool:
    if text != "-":
        raise argparse.ArgumentTypeError("write - and give the number when asked, or on standard input")
    return True


def _note(text: str) -> str:
    if not _NOTE.fullmatch(text):
        raise argparse.ArgumentTypeError("should be a number and a digest, as “access log sealed” tells them")
    return text


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SWEDEN)
