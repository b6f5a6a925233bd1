"""What the print's font files tell: which characters they have, and how wide these are. Reads the tables of the OpenType specification."""

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
REGULAR = FONTS / "SourceSansPro-Regular.ttf"


@cache
def code_points() -> frozenset[int]:
    """The characters that every font file of the print has a glyph for."""
    return frozenset.intersection(*(frozenset(code for code, _glyph in _glyphs(file.read_bytes())) for file in FONTS.glob("*.ttf")))


class _Widths(dict[str, float]):
    """Whatever the font lacks is as wide as the type is high."""

    def __missing__(self, character: str) -> float:
        return 1.0


@cache
def widths() -> Mapping[str, float]:
    """Character → its width in the regular font, in parts of the type size; 1 for what the font lacks."""
    font = REGULAR.read_bytes()
    tables = _tables(font)
    (per_em,) = struct.unpack_from(">H", font, tables["head"] + 18)
    (measured,) = struct.unpack_from(">H", font, tables["hhea"] + 34)
    advances = [advance for advance, _bearing in struct.iter_unpack(">Hh", font[tables["hmtx"] :][: 4 * measured])]
    return _Widths({chr(code): advances[min(glyph, measured - 1)] / per_em for code, glyph in _glyphs(font)})


def _tables(font: bytes) -> dict[str, int]:
    """Name of a table → where it begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4s4xI", font, 12 + 16 * i) for i in range(count))
    return {name.decode(): start for name, start in entries}


def _glyphs(font: bytes) -> Iterator[tuple[int, int]]:
    """Character and number of its glyph, from the font's table for full Unicode ("cmap", format 12)."""
    cmap = _tables(font)["cmap"]
    (encodings,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = {(platform, encoding): offset for platform, encoding, offset in struct.iter_unpack(">HHI", font[cmap + 4 :][: 8 * encodings])}
    full_unicode = cmap + offsets[3, 10]
    (groups,) = struct.unpack_from(">I", font, full_unicode + 12)
    for first, last, glyph in struct.iter_unpack(">III", font[full_unicode + 16 :][: 12 * groups]):
        yield from ((code, glyph + code - first) for code in range(first, last + 1))
