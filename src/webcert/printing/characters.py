"""Which characters the print can show, and what stands for the others.

PDF/A forbids characters without a glyph, so a text is made printable before it is set; nothing that somebody typed may stop a print.
"""

import re
import unicodedata
from functools import cache

from webcert.printing.typeface import code_points

UNKNOWN = "◊"
"""Stands for a character that the fonts lack; the print then says so at its end."""

_LONGEST_WORD = 40
_UNBROKEN = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
_ORDINARY = re.compile("[\n -~¡-¬®-ÿ]*")
"""What most texts consist of, which needs no other characters: Latin 1 without what is invisible in it."""
_NEW_LINE = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def printable(text: str) -> str:
    """The text in characters that the fonts have: å is one character, new lines are \\n, `UNKNOWN` stands for what is missing.

    A word longer than 40 characters gets places where it may be broken, so that it cannot run off the paper.
    """
    shown = text if _ORDINARY.fullmatch(text) else unicodedata.normalize("NFC", _NEW_LINE.sub("\n", text)).translate(_glyphs())
    return shown if len(shown) <= _LONGEST_WORD else _UNBROKEN.sub(lambda word: word[0] + "\u200b", shown)


class _Glyphs(dict[int, int | str]):
    """For `str.translate`: a character with a glyph stays, the others are decided when they come."""

    def __missing__(self, point: int) -> str:
        if unicodedata.category(chr(point)) == "Zs":
            return " "
        return "" if _is_invisible(point) else UNKNOWN


@cache
def _glyphs() -> _Glyphs:
    return _Glyphs({point: point for point in covered()} | {ord("\n"): "\n", ord("\t"): " "})


def _is_invisible(point: int) -> bool:
    return unicodedata.category(chr(point)) in {"Cc", "Cf", "Cs"} or point in _VARIATION_SELECTORS


@cache
def covered() -> frozenset[int]:
    """The visible characters that every font file of the print has a glyph for."""
    return frozenset(point for point in code_points() if not _is_invisible(point))
