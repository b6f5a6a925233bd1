"""What may stand where in a signed certificate, so that nothing in it escapes its signature.

Names lose their namespaces before the digest is made, and some elements are left out of it wherever they stand. The official schema
closes that door; this is the part of it that matters here, since the product runs without the schema. Source:
reference/login-and-signing.md §6.7 ("Consequences"), §6.9 step 8.
"""

import re

from lxml import etree

from webcert.riv.intyg_xml import CORE, TYPES
from webcert.riv.signed_form import NOT_SIGNED

_ORDER = re.compile(
    "intygs-id (mottagare )*typ version signeringstidpunkt (skickatTidpunkt )?patient skapadAv "
    "(relation )*(status )*(svar )*(underskrift |Signature )?"
)
"""The children of a certificate, each name followed by a space."""

_NAMESPACES = re.compile(rf"{re.escape(CORE)}(\.\d+)?|{re.escape(TYPES)}")
"""The contract's own and those of its extensions."""


def is_sound(certificate: etree._Element) -> bool:
    """Whether everything in the certificate stands where the schema has it, as far as signatures are concerned.

    An instruction divides a text, and not everybody who reads it puts it together again.
    """
    if any(True for _ in certificate.iter(etree.ProcessingInstruction)):
        return False
    children = list(certificate.iterchildren(etree.Element))
    if not _ORDER.fullmatch("".join(f"{_local(child)} " for child in children)) or _has_odd_attributes(certificate):
        return False
    elements = [element for child in children if _local(child) not in NOT_SIGNED for element in child.iter(etree.Element)]
    return all(map(_is_in_its_place, {element.tag for element in elements})) and not any(map(_has_odd_attributes, elements))


def _is_in_its_place(tag: str) -> bool:
    name = etree.QName(tag)
    return bool(_NAMESPACES.fullmatch(name.namespace or "")) and name.localname not in NOT_SIGNED


def _has_odd_attributes(element: etree._Element) -> bool:
    """`xsi:type`, `xml:space` and their like change what an element is, and are not written by anybody."""
    return any(str(name).startswith("{") for name, _ in element.items())


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
