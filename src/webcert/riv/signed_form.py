"""What a signature of a certificate covers: its canonical bytes and their digest.

The signature itself is made elsewhere. Source: reference/integration/07-signing-xml.md §G2.
"""

import base64
import hashlib
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from webcert.riv.documents import CERTIFICATES
from webcert.riv.xml import UnreadableXml

NOT_SIGNED = frozenset({"skickatTidpunkt", "relation", "status", "underskrift", "Signature"})
"""Elements that may come and go without touching the signature. Until 2018 the Signature stood directly in the certificate."""

_WHITE_SPACE = " \t\r\n"
"""What XML calls so. A no-break space is text, and signed."""


def canonical(root: etree._Element, certificate_id: str) -> bytes:
    """The signed form of the certificate with the id in the message: names without namespace, unsigned parts and blank text left out,
    exclusive C14N. Raises UnreadableXml when the message has no such certificate, more than one, or one without a canonical form
    (such as with a relative address for a namespace)."""
    found = [element for id, element in certificates_in(root) if id == certificate_id]
    if len(found) != 1:
        raise UnreadableXml("not exactly one certificate with the id")
    return canonical_of(found[0])


def certificates_in(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Whatever is called a certificate in the message and has an id, with that id. Of the older contracts too, which have no signature."""
    return ((id, element) for element in root.iter(*CERTIFICATES) if (id := _id_of(element)))


def canonical_of(certificate: etree._Element) -> bytes:
    """The signed form of this very element, wherever it stands. Raises UnreadableXml when it has none."""
    try:
        return etree.tostring(_stripped(certificate), method="c14n", exclusive=True, with_comments=False, with_tail=False)
    except etree.C14NError:
        raise UnreadableXml("no canonical form") from None


def digest(root: etree._Element, certificate_id: str) -> str:
    """SHA-256 of the canonical bytes, in base64: the DigestValue of a signature."""
    return base64.b64encode(hashlib.sha256(canonical(root, certificate_id)).digest()).decode()


def _id_of(element: etree._Element) -> str:
    texts = (element.findtext(path) for path in ("{*}intygs-id/{*}extension", "{*}lakarutlatande-id", "{*}intygsId"))
    attributes = (id.get("extension") for id in element.iterfind("{*}utlatande-id"))
    return next(filter(None, (*texts, *attributes)), "").strip()


def _stripped(certificate: etree._Element) -> etree._Element:
    """A copy without name spaces, blank text and what is not signed. Text on both sides of what is left out becomes one."""
    copy = deepcopy(certificate)
    for node in copy.iter():
        if node.text and not node.text.strip(_WHITE_SPACE):
            node.text = None
        if node.tail and not node.tail.strip(_WHITE_SPACE):
            node.tail = None
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
    etree.strip_elements(copy, *NOT_SIGNED, with_tail=False)
    etree.strip_tags(copy, etree.ProcessingInstruction)
    etree.cleanup_namespaces(copy)
    return copy
