"""`webcert erase`: erase a certificate on the authority's decision: the first call tells and gives a code, the second erases."""

import argparse
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from webcert.site.commands import django_with_database
from webcert.vocabulary.clock import SWEDEN

if TYPE_CHECKING:
    from webcert.certificates.erasing import Erasure

DONE, REFUSED = 0, 1
"""Exit codes. The first step, which only tells, is done too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which certificate, on whose decision, by whom."""
    parser.add_argument("certificate", type=UUID, metavar="ID", help="the certificate's id (Intygs-ID)")
    parser.add_argument("--decision", required=True, type=_words, metavar="TEXT", help="the authority and its reference; it is kept")
    parser.add_argument("--operator", required=True, type=_words, metavar="HSA-ID", help="who answers for it; is kept")
    parser.add_argument("--code", default="", metavar="CODE", help="the code that the first call gave, which erases")


def run(options: argparse.Namespace) -> int:
    """Tell, or do; gives the exit code."""
    with django_with_database("erase"):
        from webcert.certificates import erasing
        from webcert.certificates.errors import NotConfirmed, NotFound

        who = {"decision": options.decision, "operator": options.operator}
        try:
            if not options.code:
                for line in _told(erasing.prepared(options.certificate, **who)):
                    print(line)
                return DONE
            erasing.erase(options.certificate, code=options.code, **who)
        except NotFound:
            print("webcert: there is no such certificate", file=sys.stderr)
            return REFUSED
        except NotConfirmed:
            print("webcert: the code is for another decision or operator, or the certificate has changed since", file=sys.stderr)
            return REFUSED
    print("erased")
    return DONE


def _told(erasure: "Erasure") -> Iterator[str]:
    created = erasure.created_at.astimezone(SWEDEN)
    yield f"{erasure.type} {erasure.version}, {erasure.status}, created {created:%Y-%m-%d %H:%M}"
    if erasure.signed_at:
        yield f"signed {erasure.signed_at.astimezone(SWEDEN):%Y-%m-%d %H:%M}"
    yield f"unit {erasure.unit}"
    if erasure.sent_to:
        yield f"sent to {erasure.sent_to}, who keeps it unless told otherwise"
    if erasure.followers:
        yield f"certificates that follow from it, which stay and lose the link: {erasure.followers}"
    yield f"Nothing is erased yet. To erase it for good, give the same command with --code {erasure.code}"


def _words(text: str) -> str:
    if not text.strip() or len(text) > 200:
        raise argparse.ArgumentTypeError("should be 1 to 200 characters")
    return text.strip()
