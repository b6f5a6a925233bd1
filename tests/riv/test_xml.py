"""Hostile and broken documents: reference/security-and-audit.md §5."""

import time
from pathlib import Path

import pytest

from webcert.riv import xml
from webcert.riv.xml import UnreadableXml

BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">%s]><lolz>&lol9;</lolz>""" % b"".join(
    b'<!ENTITY lol%d "%s">' % (n, b"&lol%d;" % (n - 1) * 10 if n > 1 else b"&lol;" * 10) for n in range(1, 10)
)


def test_a_document_is_read_with_or_without_declaration_and_byte_order_mark() -> None:
    for start in (
        b"",
        b"\xef\xbb\xbf",
        b'<?xml version="1.0" encoding="UTF-8"?>',
        b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' ?>\n",
    ):
        assert xml.parse(start + "<a>å</a>".encode()).text == "å"


def test_an_elements_text_is_whole_although_comments_and_instructions_stand_in_it() -> None:
    assert xml.parse(b"<!-- first --><id>SE1<!-- cut -->2<?cut?>3</id>").text == "SE123"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (BILLION_LAUGHS, "document type"),
        (b'<!DOCTYPE a SYSTEM "http://localhost:1/a.dtd"><a/>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        (b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://localhost:1/p"> %p;]><a/>', "document type"),
        (b"<a>&undeclared;</a>", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<a>", "not well-formed"),
        (b"", "not well-formed"),
        (b"hej", "not well-formed"),
        (b"<a>\x00</a>", "not well-formed"),
        (b"<a>\xe5</a>", "not UTF-8"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe5</a>', "another encoding"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-</a>', "another encoding"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "not UTF-8"),
        (b"<a>" * 65 + b"</a>" * 65, "nested deeper"),
        (b"<a>" * 5000 + b"</a>" * 5000, "not well-formed"),
    ],
)
def test_hostile_and_broken_documents_are_refused(document: bytes, reason: str) -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableXml, match=reason):
        xml.parse(document)
    assert time.monotonic() - begun < 1


def test_a_document_larger_than_the_limit_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(UnreadableXml, match="larger than"):
        xml.parse(b"<a>" + b" " * xml.SIZE_LIMIT + b"</a>")
    with pytest.raises(UnreadableXml, match="larger than 3 bytes"):
        xml.parse(b"<a/>", limit=3)


def test_included_files_are_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<secret/>")
    root = xml.parse(b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="%s"/></a>' % secret.as_uri().encode())
    assert root.find(".//secret") is None


def test_a_refusal_tells_the_line_and_never_the_content() -> None:
    with pytest.raises(UnreadableXml) as refused:
        xml.parse(b"<person>\n191212121212 <b></person>")
    assert refused.value.line == 2
    assert "1912" not in str(refused.value)
    assert "person" not in str(refused.value)
