"""The structure of a PDF as a screen reader goes through it."""

from collections.abc import Iterator
from typing import Any

import pypdf


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
