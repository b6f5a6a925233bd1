"""The structure of a PDF as a screen reader goes through it."""

from collections.abc import Iterator
from typing import Any

import pypdf
from pypdf.generic import ContentStream

_BEGIN, _END, _SHOW_TEXT = {b"BMC", b"BDC"}, b"EMC", {b"Tj", b"TJ", b"'", b'"'}


def tags(reader: pypdf.PdfReader) -> list[tuple[str, Any]]:
    """The structure elements in reading order: (kind, element)."""
    return list(_below(reader.root_object["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[tuple[str, Any]]:
    element = element.get_object()
    if not isinstance(element, dict):
        return
    if "/S" in element:
        yield element["/S"], element
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        yield from _below(child)


def outside_structure(page: pypdf.PageObject) -> int:
    """How many pieces of text on the page are neither in the structure nor marked as an artifact (header, footer, watermark)."""
    depth = lost = 0
    for _operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        depth += (operator in _BEGIN) - (operator == _END)
        lost += operator in _SHOW_TEXT and not depth
    return lost


def fonts(reader: pypdf.PdfReader) -> dict[str, Any]:
    """Name → font, of all pages."""
    every = (font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values())
    return {font["/BaseFont"]: font for font in every}


def is_embedded(font: Any) -> bool:
    """Whether the file carries the font, and can tell which characters its glyphs are."""
    descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
    return bool(descriptor.keys() & {"/FontFile2", "/FontFile3"}) and "/ToUnicode" in font
