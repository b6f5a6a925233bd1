"""Makes broken and hostile messages of good ones: by bytes, and by the tree of elements so that most of what is read stays in place."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from random import Random

from lxml import etree

TEXTS = (
    *("", " ", "\t\n", "0", "-1", "1e999", "99999999999999999999", "true", "NaN", "%s%n", "{0}", "../../etc/passwd", "'; DROP TABLE x;--"),
    *("2026-02-30", "0000-00-00", "9999-12-31T23:59:60Z", "2026-11-21T10:00:00+99:99", "191212121212", "SE2321000990-1001"),
    *("å̈\u202e\ufeff", "\U0001f9ea" * 50, "x" * 100_000, "A" * 70_000 + "!", "&lt;script&gt;", "<script>", "]]>", "--", "urn:riv:x"),
)
"""Put where a text or a value of an attribute stood."""

CHUNKS = (
    *(b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"<!doctype a>", b"&x;", b"&#0;", b"&#x110000;", b"<![CDATA[", b"]]>", b"<!--", b"-->"),
    *(b"<?xml?>", b"<?x y?>", b"<?x y?>z", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b'encoding="UTF-7"', b" xmlns=''"),
    *(b' xmlns:a="a" a:b="c"', b"<a>" * 70, b"</a>", b"<"),
    b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
)
"""Put anywhere among the bytes."""

NAMES = ("x", "Signature", "intyg", "svar", "delsvar", "Assertion", "{urn:x}Body", "{http://schemas.xmlsoap.org/soap/envelope/}Fault")


def mutated(seeds: Sequence[bytes], random: Random) -> bytes:
    """One of the seeds, changed in one to six ways; the same for the same state of `random`."""
    data = random.choice(seeds)
    if random.random() < 0.6:
        data = _tree_changed(data, random)
    if random.random() < 0.5:
        for _ in range(random.randint(1, 3)):
            data = random.choice(_BYTES)(data, seeds, random)
    return data


def _tree_changed(data: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return data
    for _ in range(random.randint(1, 3)):
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if elements:
            random.choice(_TREE)(random.choice(elements), random.choice(elements), random)
    return etree.tostring(root)


def _text(one: etree._Element, _other: etree._Element, random: Random) -> None:
    one.text = random.choice(TEXTS)


def _attribute(one: etree._Element, _other: etree._Element, random: Random) -> None:
    name = random.choice([*one.attrib, "id", "ID", "{urn:x}y"])
    one.set(name, random.choice(TEXTS))


def _lost_attributes(one: etree._Element, _other: etree._Element, _random: Random) -> None:
    one.attrib.clear()


def _lost(one: etree._Element, _other: etree._Element, _random: Random) -> None:
    if (parent := one.getparent()) is not None:
        parent.remove(one)


def _twice(one: etree._Element, _other: etree._Element, random: Random) -> None:
    for _ in range(random.choice((1, 1, 1, 50))):
        one.addnext(deepcopy(one))


def _moved(one: etree._Element, other: etree._Element, _random: Random) -> None:
    if one is not other and one not in other.iterancestors():
        other.append(deepcopy(one))


def _renamed(one: etree._Element, other: etree._Element, random: Random) -> None:
    one.tag = random.choice((*NAMES, other.tag))


def _deep(one: etree._Element, _other: etree._Element, random: Random) -> None:
    for _ in range(random.choice((1, 30, 200))):
        one = etree.SubElement(one, one.tag)


def _comment(one: etree._Element, _other: etree._Element, random: Random) -> None:
    one.insert(0, random.choice((etree.Comment("x"), etree.ProcessingInstruction("x", "y"))))


_TREE: tuple[Callable[[etree._Element, etree._Element, Random], None], ...] = (
    _text, _text, _text, _attribute, _attribute, _lost_attributes, _lost, _lost, _twice, _moved, _renamed, _deep, _comment
)  # fmt: skip


def _flipped(data: bytes, _seeds: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.randbytes(1) + data[at + 1 :]


def _inserted(data: bytes, _seeds: Sequence[bytes], random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(CHUNKS) + data[at:]


def _cut(data: bytes, _seeds: Sequence[bytes], random: Random) -> bytes:
    start, end = sorted(random.randrange(len(data) + 1) for _ in range(2))
    return data[:start] if random.random() < 0.3 else data[:start] + data[end:]


def _repeated(data: bytes, _seeds: Sequence[bytes], random: Random) -> bytes:
    start = random.randrange(len(data) + 1)
    chunk = data[start : start + random.randint(1, 200)]
    return data[:start] + chunk * random.choice((2, 2, 500)) + data[start:]


def _spliced(data: bytes, seeds: Sequence[bytes], random: Random) -> bytes:
    other = random.choice(seeds)
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


_BYTES = (_flipped, _flipped, _inserted, _cut, _repeated, _spliced)
