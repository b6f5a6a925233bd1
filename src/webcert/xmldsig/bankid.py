"""BankID's own signatures: an XML signature around what the person saw and what was bound to it, with her certificate inside.

The structure is the one that is publicly known (docs/decisions); whatever departs from it is refused before any key is tried.
Digests are computed here, nothing that the document says is executed.
"""

import base64
import hmac
from collections.abc import Container
from copy import deepcopy
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import NameOID
from lxml import etree

from webcert.riv import xml
from webcert.xmldsig import algorithms
from webcert.xmldsig.algorithms import DIGESTS, SIGNATURES
from webcert.xmldsig.enveloped import DS, SIGNATURE, BadSignature, Flaw, require_unique_ids
from webcert.xmldsig.keys import certificate_of

TYPES = "http://www.bankid.com/signature/v1.0.0/types"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"

SIZE_LIMIT = 512 * 1024
"""Bytes. What is signed has at most 40,000 and 200,000 characters, the rest is certificates."""

_SIGNED_DATA, _KEY_INFO = f"{{{TYPES}}}bankIdSignedData", f"{{{DS}}}KeyInfo"


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed, and by whom: the text that she saw, what was bound to it unseen, and certificates of which the first is hers."""

    visible: bytes
    hidden: bytes
    chain: tuple[x509.Certificate, ...]

    @property
    def signer(self) -> x509.Certificate:
        """The certificate whose key has signed."""
        return self.chain[0]

    @property
    def personal_id(self) -> str:
        """The signer's personal identity number, of 12 digits; empty when the certificate does not name exactly one."""
        numbers = self.signer.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
        return str(numbers[0].value) if len(numbers) == 1 else ""


def signed_in(document: bytes) -> Signed:
    """What the key of the first certificate in the document has signed. Whether that certificate is trusted is asked of `chain.py`.

    Raises BadSignature.
    """
    try:
        signature = xml.parse(document, limit=SIZE_LIMIT)
        info, value, keys, data = _parts(signature)
        chain = tuple(map(certificate_of, (element.text or "" for element in keys.findall(f"{{{DS}}}X509Data/{{{DS}}}X509Certificate"))))
        if not chain:
            raise BadSignature(Flaw.MISSING)
        _require_digests(info, {"#bidSignedData": data, "#bidKeyInfo": keys})
        if not algorithms.is_signature(_algorithm(info, "SignatureMethod", SIGNATURES), chain[0].public_key(), value, _canonical(info)):
            raise BadSignature(Flaw.INVALID)
        return Signed(_content(data, "usrVisibleData"), _content(data, "usrNonVisibleData"), chain)
    except (ValueError, UnsupportedAlgorithm) as error:  # unreadable XML, base64 or key
        raise BadSignature(Flaw.INVALID) from error


def _parts(signature: etree._Element) -> tuple[etree._Element, bytes, etree._Element, etree._Element]:
    """SignedInfo, the signature's value, KeyInfo and the signed data, when the document has exactly the known shape."""
    require_unique_ids(signature.getroottree())
    names = ["SignedInfo", "SignatureValue", "KeyInfo", "Object"]
    if signature.tag != SIGNATURE or [child.tag for child in signature] != [f"{{{DS}}}{name}" for name in names]:
        raise BadSignature(Flaw.WRAPPING)
    info, value, keys, holder = signature
    if [child.tag for child in holder] != [_SIGNED_DATA] or (holder[0].get("Id"), keys.get("Id")) != ("bidSignedData", "bidKeyInfo"):
        raise BadSignature(Flaw.WRAPPING)
    return info, _octets(value), keys, holder[0]


def _require_digests(info: etree._Element, referred: dict[str, etree._Element]) -> None:
    """Raise BadSignature unless SignedInfo vouches for each of these elements, and for nothing else."""
    names = ["CanonicalizationMethod", "SignatureMethod", *["Reference"] * len(referred)]
    if [child.tag for child in info] != [f"{{{DS}}}{name}" for name in names]:
        raise BadSignature(Flaw.WRAPPING)
    references = {reference.get("URI", ""): reference for reference in list(info)[2:]}
    if references.keys() != referred.keys():
        raise BadSignature(Flaw.WRAPPING)
    _algorithm(info, "CanonicalizationMethod", {C14N})
    for address, reference in references.items():
        if [child.tag for child in reference] != [f"{{{DS}}}{name}" for name in ("Transforms", "DigestMethod", "DigestValue")]:
            raise BadSignature(Flaw.WRAPPING)
        if len(reference[0]) != 1:
            raise BadSignature(Flaw.ALGORITHM)
        _algorithm(reference[0], "Transform", {C14N})
        digest = algorithms.digest(_algorithm(reference, "DigestMethod", DIGESTS), _canonical(referred[address]))
        if not hmac.compare_digest(digest, _octets(reference[2])):
            raise BadSignature(Flaw.INVALID)


def _algorithm(parent: etree._Element, name: str, allowed: Container[str]) -> str:
    element = parent.find(f"{{{DS}}}{name}")
    algorithm = "" if element is None or len(element) else element.get("Algorithm", "")
    if algorithm not in allowed:
        raise BadSignature(Flaw.ALGORITHM)
    return algorithm


def _canonical(element: etree._Element) -> bytes:
    """The element's inclusive canonical form: with all name spaces that are in scope where it stands."""
    alone = etree.Element(element.tag, dict(element.attrib), nsmap=element.nsmap)  # type: ignore[arg-type, misc]  # None is a prefix
    alone.text = element.text
    alone.extend(deepcopy(list(element)))
    try:
        return etree.tostring(alone, method="c14n", exclusive=False, with_comments=False)
    except etree.C14NError:
        raise BadSignature(Flaw.INVALID) from None


def _octets(element: etree._Element) -> bytes:
    return base64.b64decode("".join((element.text or "").split()), validate=True)


def _content(data: etree._Element, name: str) -> bytes:
    found = data.findall(f"{{{TYPES}}}{name}")
    if len(found) > 1:
        raise BadSignature(Flaw.WRAPPING)
    return _octets(found[0]) if found else b""
