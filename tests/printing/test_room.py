"""How much of a text has room: measured as Typst sets it, never too little, and nothing lost where it is cut."""

import io

import pypdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from webcert.printing.characters import printable
from webcert.printing.room import LABEL, TEXT, cut, height
from webcert.printing.typeface import FONTS

WIDTH = 176.0
PT = 72 / 25.4
FONT = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
SETTING = """
#import sys: inputs
#set page(width: eval(inputs.width) * 1mm, height: auto, margin: 0mm)
#set text(font: "Source Sans Pro", size: eval(inputs.size) * 1pt, lang: "sv")
#set par(leading: 0.5em, spacing: 0.9em)
#for paragraph in inputs.text.split(regex("\n(?: *\n)+")) { par(paragraph.split("\n").join(linebreak())) }
"""

words = st.text(st.sampled_from("abcdeiilmnoprsttuvåäöAEMW.,0123456789-"), min_size=1, max_size=14)
texts = st.lists(st.tuples(words, st.sampled_from([" "] * 12 + ["\n", "\n\n"])), min_size=1, max_size=300).map(
    lambda pairs: "".join(word + gap for word, gap in pairs).strip()
)


def set_height(text: str, width: float, size: float) -> float:
    """How high Typst sets the text, in points, from the top of the first capital to the last base line."""
    inputs = {"text": text, "width": str(width), "size": str(size)}
    pdf = typst.Compiler(SETTING.encode(), font_paths=FONT).compile(format="pdf", sys_inputs=inputs)
    assert isinstance(pdf, bytes)
    return float(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox.height)


@settings(max_examples=60, deadline=None)
@given(text=texts, width=st.sampled_from([WIDTH, 108.0]), size=st.sampled_from([TEXT, LABEL]))
def test_a_text_is_never_higher_than_it_was_measured(text: str, width: float, size: float) -> None:
    assert set_height(text, width, size) <= height(text, width=width, size=size) * PT + 0.01


@given(text=texts, room=st.floats(5, 60))
def test_nothing_is_lost_where_a_text_is_cut(text: str, room: float) -> None:
    shown, rest = cut(text, width=WIDTH, height=room)

    assert (shown + rest).split() == text.split() or f"{shown} {rest}".split() == text.split()
    assert height(shown, width=WIDTH, size=TEXT) <= max(room, 5) + 1


@settings(max_examples=40, deadline=None)
@given(text=texts, room=st.floats(5, 60))
def test_what_is_shown_has_room(text: str, room: float) -> None:
    shown, rest = cut(text, width=WIDTH, height=room)

    if shown:
        assert set_height(f"{shown} ... Se fortsättningsblad!" if rest else shown, WIDTH, TEXT) <= room * PT + 0.01


@pytest.mark.parametrize("text", ["", " ", "\n\n", "ord", "a" * 500, "å" * 41, "医生 🤒"])
def test_odd_texts_can_be_cut(text: str) -> None:
    shown, rest = cut(printable(text), width=WIDTH, height=6)

    assert (shown + rest).replace("\u200b", "").split() == printable(text).replace("\u200b", "").split()


def test_a_short_text_is_not_cut() -> None:
    assert cut("en rad", width=WIDTH, height=5) == ("en rad", "")
