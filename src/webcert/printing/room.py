"""How much of a text has room in a frame of a paper form, and where it is cut when it has not.

Measured with the widths of the font, line by line as Typst breaks lines, a little too wide rather than too narrow.
The sizes here are those of `templates/paper.typ`.
"""

import re

from webcert.printing.typeface import widths

TEXT, LABEL = 9.5, 8.0
"""Sizes of type, in points."""

GO_ON = "... Se fortsättningsblad!"

_MM = 72 / 25.4
_FIRST, _LINE, _PARAGRAPH = 0.9, 1.16, 1.56
"""The first line with what hangs below it, from line to line, and from paragraph to paragraph, in parts of the type size."""
_KERNING = 1.02
_BOLD = 1.06
_WORD = re.compile(r"[^\s\u200b]+")


def height(text: str, *, width: float, size: float) -> float:
    """How high the text is when set so wide; both in millimetres, the size in points."""
    lines, _ = _lines(text, width, size, float("inf"))
    return lines * size * _LINE / _MM


def cut(text: str, *, width: float, height: float) -> tuple[str, str]:
    """What has room in a frame of those millimetres, and what is left, which may be empty. `GO_ON` has room after what is cut."""
    most = 1 + max(0, int((height * _MM / TEXT - _FIRST) / _LINE))
    used, end = _lines(text, width, TEXT, most)
    return (text, "") if used <= most else (text[:end], text[end:].strip(" \n\u200b"))


def _lines(text: str, width: float, size: float, most: float) -> tuple[float, int]:
    """How many lines the text takes, counted until there are more than `most`; the end of the last word after which `GO_ON` has room."""
    em = width * _MM / size
    blank, mark = _wide(" "), _wide(f" {GO_ON}") * _BOLD
    lines, across, end, before = 1.0, 0.0, 0, 0
    for word in _WORD.finditer(text):
        gap, wide = text[before : word.start()], _wide(word[0])
        breaks = gap.count("\n") if before else 0
        if breaks or across + blank + wide > em:
            lines += _PARAGRAPH / _LINE if breaks > 1 else 1
            across = 0.0
        across += wide + (blank if across and gap.strip("\u200b") else 0)
        if lines > most:
            return lines, end
        if lines + 1 <= most or across + mark <= em:
            end = word.end()
        before = word.end()
    return lines, end


def _wide(word: str) -> float:
    return sum(map(widths().__getitem__, word)) * _KERNING
