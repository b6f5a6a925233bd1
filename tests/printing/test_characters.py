"""Texts made printable: what stays, what is composed, what is replaced and what is left out."""

import unicodedata

import pytest

from webcert.printing.characters import _ORDINARY, UNKNOWN, covered, printable


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Åsa Öhrn, é, ß, µ, ≥ 5 °C, ½, €, α, Ж", "Åsa Öhrn, é, ß, µ, ≥ 5 °C, ½, €, α, Ж"),
        ("A\u030asa O\u0308hrn", "Åsa Öhrn"),
        ("rad\r\nrad\rrad\u2028rad\x0brad", "rad\nrad\nrad\nrad\nrad"),
        ("kolumn\tkolumn\u2003ord", "kolumn kolumn ord"),
        ("osyn\x00ligt\x07\u200d\ufeff\ufe0f", "osynligt"),
        ("feber 🤒!", f"feber {UNKNOWN}!"),
        ("医生", UNKNOWN * 2),
    ],
)
def test_printable(written: str, shown: str) -> None:
    assert printable(written) == shown


def test_only_words_that_cannot_fit_get_places_to_break() -> None:
    assert printable("a" * 40) == "a" * 40
    assert printable("a" * 90) == "\u200b".join(("a" * 40, "a" * 40, "a" * 10))


def test_the_characters_of_most_texts_are_all_covered() -> None:
    ordinary = {chr(point) for point in range(0x250) if _ORDINARY.fullmatch(chr(point))}

    assert {ord(character) for character in ordinary - {"\n"}} <= covered()
    assert all(unicodedata.is_normalized("NFC", one + other) for one in "aå" for other in ordinary)
