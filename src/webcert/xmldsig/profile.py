"""The XML signature of a certificate: how its SignedInfo is written, and which ones are taken.

A stylesheet and two XPath filters stand in every such signature. They are recognised, never run: what they select is computed by
`riv/signed_form.py`. Source: reference/login-and-signing.md §6.7 (normative), reference/integration/07-signing-xml.md §G3–G4.
"""

import hashlib
import re
from enum import StrEnum

from lxml import etree

from webcert.riv.xml import UnreadableXml
from webcert.xmldsig.algorithms import DIGESTS, ENVELOPED, EXCLUSIVE_C14N, SIGNATURES
from webcert.xmldsig.enveloped import DS, SIGNATURE

XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"
FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
SIGNED_BLOCK = "{urn:riv:clinicalprocess:healthcond:certificate:3.2}underskrift"

_STYLESHEETS = frozenset(
    {
        "34eb518b1f3a675035744a1a9b5bfc29d099e940dc55c4e4e3bc01ba67a2641e",  # early 2018
        "5aff769d1eabda8ee916d192fc1f85adbccf79a0a6029351011ec59a95a14b8e",  # June to September 2018
        "8b93e05e14b883e0e9a1a1740fbdf32df0acde3497180eb2da6fc09344eb358e",  # since then; the one that is written
    }
)
"""SHA-256 of the exclusive canonical forms of the stylesheets that are known."""

_LEFT_OUT = ("skickatTidpunkt", "relation", "status", "underskrift")
_EARLY_2018 = "34eb518b1f3a675035744a1a9b5bfc29d099e940dc55c4e4e3bc01ba67a2641e"


class Flaw(StrEnum):
    """Why a signature of a certificate does not hold, in the words of the test data."""

    DTD_FORBIDDEN = "DTD_FORBIDDEN"
    SIGNATURE_MISSING = "SIGNATURE_MISSING"
    SIGNED_ELEMENT_IS_NOT_THE_DOCUMENT = "SIGNED_ELEMENT_IS_NOT_THE_DOCUMENT"
    SIGNATURE_MISPLACED = "SIGNATURE_MISPLACED"
    SIGNATURE_MALFORMED = "SIGNATURE_MALFORMED"
    ALGORITHM_NOT_ALLOWED = "ALGORITHM_NOT_ALLOWED"
    TRANSFORM_NOT_ALLOWED = "TRANSFORM_NOT_ALLOWED"
    INTYGS_ID_MISMATCH = "INTYGS_ID_MISMATCH"
    KEYINFO_MISSING = "KEYINFO_MISSING"
    REFERENCE_DIGEST_MISMATCH = "REFERENCE_DIGEST_MISMATCH"
    SIGNATURE_VALUE_ENCODING = "SIGNATURE_VALUE_ENCODING"
    SIGNATURE_VALUE_INVALID = "SIGNATURE_VALUE_INVALID"
    CERTIFICATE_UNTRUSTED = "CERTIFICATE_UNTRUSTED"
    CERTIFICATE_NOT_VALID_AT_SIGNING = "CERTIFICATE_NOT_VALID_AT_SIGNING"
    SIGNER_MISMATCH = "SIGNER_MISMATCH"
    SCHEMA_INVALID = "SCHEMA_INVALID"


class NotTaken(Exception):
    """The signature departs from the profile."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


_PLAIN_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
"""Ids that can stand in an XPath text without a way out of it."""

_INTERSECT = re.compile(r"""//extension\[text\(\) ?= ?'([^']*)'\]/\.\./\.\.""")


def signed_info(certificate_id: str, digest: str, algorithm: str) -> bytes:
    """The canonical octets of the SignedInfo for the certificate with that id and digest (base64): what the signer signs.

    Raises UnreadableXml when the id is none that can stand in the signature.
    """
    if not _PLAIN_ID.fullmatch(certificate_id):
        raise UnreadableXml("an id that cannot be signed")
    return (
        f'<ds:SignedInfo xmlns:ds="{DS}">'
        f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE_C14N}"></ds:CanonicalizationMethod>'
        f'<ds:SignatureMethod Algorithm="{algorithm}"></ds:SignatureMethod>'
        '<ds:Reference URI=""><ds:Transforms>'
        f'<ds:Transform Algorithm="{ENVELOPED}"></ds:Transform>'
        f'<ds:Transform Algorithm="{XSLT}">{_STYLESHEET}</ds:Transform>'
        f"{_filter('intersect', _selection(certificate_id))}{_filter('subtract', _subtraction(_LEFT_OUT))}"
        f'<ds:Transform Algorithm="{EXCLUSIVE_C14N}"></ds:Transform>'
        '</ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    ).encode()


def require_profile(signature: etree._Element, certificate_id: str) -> None:
    """Raise NotTaken unless the signature has exactly the shape of the profile, about the certificate with that id."""
    names = [child.tag for child in signature]
    if names == [f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue")]:
        raise NotTaken(Flaw.KEYINFO_MISSING)
    if signature.tag != SIGNATURE or names != [f"{{{DS}}}{name}" for name in ("SignedInfo", "SignatureValue", "KeyInfo")]:
        raise NotTaken(Flaw.SIGNATURE_MALFORMED)
    canonicalization, method, reference = _children(signature[0], "CanonicalizationMethod", "SignatureMethod", "Reference")
    transforms, digest_method, _ = _children(reference, "Transforms", "DigestMethod", "DigestValue")
    if reference.get("URI") != "":
        raise NotTaken(Flaw.SIGNATURE_MALFORMED)
    if any(len(element) for element in (canonicalization, method, digest_method)):
        raise NotTaken(Flaw.ALGORITHM_NOT_ALLOWED)
    asked = canonicalization.get("Algorithm"), method.get("Algorithm"), digest_method.get("Algorithm")
    if asked[0] != EXCLUSIVE_C14N or asked[1] not in SIGNATURES or asked[2] not in DIGESTS:
        raise NotTaken(Flaw.ALGORITHM_NOT_ALLOWED)
    _require_transforms(transforms, certificate_id)
    canonical(signature[0])
    if len(signature[2].findall(f"{{{DS}}}X509Data/{{{DS}}}X509Certificate")) != 1:
        raise NotTaken(Flaw.KEYINFO_MISSING)


def canonical(element: etree._Element) -> bytes:
    """A part of the signature as it is digested or signed. Raises NotTaken when it has no canonical form."""
    try:
        return etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False)
    except etree.C14NError:
        raise NotTaken(Flaw.SIGNATURE_MALFORMED) from None


def _require_transforms(transforms: etree._Element, certificate_id: str) -> None:
    given = list(transforms)
    algorithms = [transform.get("Algorithm") for transform in given]
    if algorithms not in ([ENVELOPED, XSLT, FILTER, FILTER, EXCLUSIVE_C14N], [ENVELOPED, XSLT, FILTER, EXCLUSIVE_C14N]):
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    if len(given[0]) or len(given[-1]) or any(len(transform) != 1 for transform in given[1:-1]):
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    stylesheet = hashlib.sha256(canonical(given[1][0])).hexdigest()
    if stylesheet not in _STYLESHEETS:
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    subtractions = {_subtraction(_LEFT_OUT)} if stylesheet != _EARLY_2018 else {_subtraction(_LEFT_OUT[:3]), ""}
    if _without_space(_expression(given[3], "subtract") if len(given) == 5 else "") not in map(_without_space, subtractions):
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    selected = _INTERSECT.fullmatch(_expression(given[2], "intersect"))
    if selected is None:
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    if selected[1] != certificate_id:
        raise NotTaken(Flaw.INTYGS_ID_MISMATCH)


def _children(parent: etree._Element, *names: str) -> list[etree._Element]:
    children = list(parent)
    if [child.tag for child in children] != [f"{{{DS}}}{name}" for name in names]:
        raise NotTaken(Flaw.SIGNATURE_MALFORMED)
    return children


def _expression(transform: etree._Element, kind: str) -> str:
    xpath = transform[0]
    if xpath.tag != f"{{{FILTER}}}XPath" or xpath.items() != [("Filter", kind)] or len(xpath):
        raise NotTaken(Flaw.TRANSFORM_NOT_ALLOWED)
    return (xpath.text or "").strip()


def _without_space(expression: str) -> str:
    return "".join(expression.split())


def _selection(certificate_id: str) -> str:
    return f"//extension[text()='{certificate_id}']/../.."


def _subtraction(names: tuple[str, ...]) -> str:
    return "|".join(f"//*[local-name() = '{name}']" for name in names)


def _filter(kind: str, expression: str) -> str:
    return f'<ds:Transform Algorithm="{FILTER}"><f2:XPath xmlns:f2="{FILTER}" Filter="{kind}">{expression}</f2:XPath></ds:Transform>'


_STYLESHEET = (
    '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="1.0">'
    '<xsl:output indent="no" omit-xml-declaration="yes"></xsl:output>'
    '<xsl:strip-space elements="*"></xsl:strip-space>'
    '<xsl:template match="*"><xsl:element name="{local-name(.)}">'
    '<xsl:apply-templates select="node()|@*"></xsl:apply-templates></xsl:element></xsl:template>'
    '<xsl:template match="@*"><xsl:copy></xsl:copy></xsl:template></xsl:stylesheet>'
)
"""The stylesheet that is written, in its canonical form. These very characters are part of what is signed."""
