"""What a signature of a certificate covers: its canonical bytes and their digest.

The signature itself is made elsewhere. Source: reference/integration/07-signing-xml.md §G2.
"""

import base64
import hashlib

from lxml import etree

from webcert.riv.xml import UnreadableXml

NOT_SIGNED = frozenset({"skickatTidpunkt", "relation", "status", "underskrift", "Signature"})
"""Elements that may come and go without touching the signature. Until 2018 the Signature stood directly in the certificate."""


def canonical(root: etree._Element, certificate_id: str) -> bytes:
    """The signed form of the certificate with the id in the message: names without namespace, unsigned parts and blank text left out,
    exclusive C14N. Raises UnreadableXml when the message has no such certificate, or more than one."""
    found = [element for element in root.iter("{*}intyg", "{*}lakarutlatande") if _id_of(element) == certificate_id]
    if len(found) != 1:
        raise UnreadableXml("not exactly one certificate with the id")
    return etree.tostring(_stripped(found[0]), method="c14n", exclusive=True, with_comments=False)


def digest(root: etree._Element, certificate_id: str) -> str:
    """SHA-256 of the canonical bytes, in base64: the DigestValue of a signature."""
    return base64.b64encode(hashlib.sha256(canonical(root, certificate_id)).digest()).decode()


def _id_of(element: etree._Element) -> str:
    return (element.findtext("{*}intygs-id/{*}extension") or element.findtext("{*}lakarutlatande-id") or "").strip()


def _stripped(element: etree._Element) -> etree._Element:
    copy = etree.Element(_local(element), {str(name): str(value) for name, value in element.attrib.items()})
    copy.text = _unless_blank(element.text)
    for child in element.iterchildren(etree.Element):
        if _local(child) not in NOT_SIGNED:
            copy.append(_stripped(child))
        _append_text(copy, _unless_blank(child.tail))
    return copy


def _append_text(element: etree._Element, text: str | None) -> None:
    """Put text last in the element, also when what stood before it was left out."""
    if text and len(element):
        element[-1].tail = (element[-1].tail or "") + text
    elif text:
        element.text = (element.text or "") + text


def _unless_blank(text: str | None) -> str | None:
    return text if text and text.strip() else None


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2]
