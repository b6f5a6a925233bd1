"""Dates as people type them and as certificates write them (`åååå-mm-dd`)."""

import re
from datetime import date

ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TYPED = re.compile(r"([12]\d{3})[-/. ]?(\d{1,2})[-/. ]?(\d{1,2})")
_COMPACT = re.compile(r"([12]\d{3})(\d{2})(\d{2})")

EARLIEST = date(1900, 1, 1)
LATEST = date(2099, 12, 12)
"""A date in a certificate lies strictly between these (reference/certificates/fk7804.md §6)."""


def parse_date(text: str) -> date | None:
    """The day that `text` names in the form åååå-mm-dd, or None when it is no such day. The last day there is, 31 December 9999, is
    none either, so that every day has a next one."""
    if not ISO.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day < date.max else None


def normalise_date(text: str) -> str:
    """`text` as åååå-mm-dd when it is a real day written as åååå-mm-dd, ååååmmdd, åååå/mm/dd or the like; else unchanged.

    Source: reference/ui.md §3.7.
    """
    if parse_date(text):
        return text
    match = _COMPACT.fullmatch(text.strip()) or _TYPED.fullmatch(text.strip())
    if not match:
        return text
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return text
