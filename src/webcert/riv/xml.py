"""The only place that parses XML from outside: bytes in, element tree out, or `UnreadableXml`.

No document type, no entities, no network, a size limit. What the elements mean is said elsewhere. Source:
reference/security-and-audit.md §5.
"""

import codecs
import re

from lxml import etree

SIZE_LIMIT = 5 * 1024 * 1024
"""Bytes; the largest document that is read unless the caller says otherwise."""

_DEPTH_LIMIT = 64
_DECLARED_ENCODING = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class UnreadableXml(ValueError):
    """The bytes are no XML that we read. The message says why and in which line, and never repeats the content."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"{reason} (line {line})")
        self.reason = reason
        self.line = line


def parse(data: bytes, *, limit: int = SIZE_LIMIT, instructions: bool = False) -> etree._Element:
    """The root of the UTF-8 document `data`, without comments and processing instructions.

    Comments are dropped so that an element's text is always whole: `1<!-- -->2` reads `12`. Processing instructions are kept when
    they are asked for, by whoever has to know that they are there.
    Raises UnreadableXml when the document is larger than `limit` bytes, in another encoding, has a document type,
    is nested deeper than 64 elements, or is not well-formed.
    """
    if len(data) > limit:
        raise UnreadableXml(f"larger than {limit} bytes")
    data = data.removeprefix(codecs.BOM_UTF8)
    _require_utf8(data)
    # Refused wherever it stands, also in a CDATA section where it would be harmless: no message of ours has reason to say it.
    if b"<!DOCTYPE" in data:
        raise UnreadableXml("a document type is not allowed")
    try:
        root = etree.fromstring(data, _parser(instructions))
    except etree.XMLSyntaxError as error:
        raise UnreadableXml("not well-formed", error.lineno) from None
    _require_shallow(root)
    return root


def _parser(instructions: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=not instructions,
    )


def _require_utf8(data: bytes) -> None:
    declared = _DECLARED_ENCODING.match(data)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise UnreadableXml("declared in another encoding than UTF-8")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableXml("not UTF-8") from None


def _require_shallow(root: etree._Element) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEPTH_LIMIT:
            raise UnreadableXml(f"nested deeper than {_DEPTH_LIMIT} elements")
