"""Signatures that stand inside what they sign: SAML messages, metadata, the messages of the signing service.

One strict profile; whatever departs from it is refused before any key is tried. What was signed is given back from the very
bytes that were digested, so that nothing else can be read by mistake. Source: reference/login-and-signing.md §2.5 steps 3–5.
"""

import base64
import hmac
from collections.abc import Iterable
from copy import deepcopy
from enum import StrEnum

from cryptography import x509
from lxml import etree

from webcert.riv import xml
from webcert.xmldsig import algorithms
from webcert.xmldsig.algorithms import DIGESTS, ENVELOPED, EXCLUSIVE_C14N, SIGNATURES
from webcert.xmldsig.keys import Credential, as_text

DS = "http://www.w3.org/2000/09/xmldsig#"
SIGNATURE = f"{{{DS}}}Signature"

_INCLUSIVE = f"{{{EXCLUSIVE_C14N}}}InclusiveNamespaces"
_IDS = ("ID", "Id", "id", "{http://www.w3.org/XML/1998/namespace}id")


class Flaw(StrEnum):
    """Why a signature does not count."""

    MISSING = "SIGNATURE_MISSING"
    WRAPPING = "SIGNATURE_WRAPPING"
    ALGORITHM = "ALGORITHM"
    UNTRUSTED_KEY = "SIGNATURE_UNTRUSTED_KEY"
    INVALID = "SIGNATURE_INVALID"


class BadSignature(Exception):
    """The element is not signed by anybody who is trusted. Never carries its content."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


def verified(element: etree._Element, trusted: Iterable[x509.Certificate], holder: etree._Element | None = None) -> etree._Element:
    """What was signed of `element`, without the signature, as the root of a tree of its own. Read nothing else.

    The signature stands directly in `holder`, which is the element itself unless said otherwise. It refers to the element by its ID,
    or to the whole document when the element is the root and has none. Only the public keys of `trusted` count: what the signature
    says of keys is not read, and the certificates' dates are not, since those who hand them out vouch for the keys. Raises BadSignature.
    """
    document = deepcopy(element.getroottree())
    require_unique_ids(document)
    signed, place = _in(document, element), _in(document, element if holder is None else holder)
    signature = _only(place, SIGNATURE, Flaw.MISSING)
    info, reference = _parts(signature, _address(signed))
    method, expected, value = _attribute(info, "SignatureMethod"), _octets(reference, "DigestValue"), _octets(signature, "SignatureValue")
    signed_info = _canonical(info, _prefixes(_only(info, f"{{{DS}}}CanonicalizationMethod")))
    prefixes = _prefixes(reference.findall(f"{{{DS}}}Transforms/*")[1])
    _take_out(signature)
    content = _canonical(signed, prefixes)
    if not hmac.compare_digest(algorithms.digest(_attribute(reference, "DigestMethod"), content), expected):
        raise BadSignature(Flaw.INVALID)
    if not any(algorithms.is_signature(method, certificate.public_key(), value, signed_info) for certificate in trusted):
        raise BadSignature(Flaw.UNTRUSTED_KEY)
    return xml.parse(content)


def sign(element: etree._Element, by: Credential, holder: etree._Element | None = None, position: int = 0) -> None:
    """Sign the element: the signature becomes the child at that position of `holder`, else of the element itself."""
    content = _canonical(element, ())
    signature = etree.Element(SIGNATURE, nsmap={"ds": DS})
    (element if holder is None else holder).insert(position, signature)
    info = _child(signature, "SignedInfo")
    _child(info, "CanonicalizationMethod", Algorithm=EXCLUSIVE_C14N)
    method = _child(info, "SignatureMethod")
    reference = _child(info, "Reference", URI=_address(element))
    transforms = _child(reference, "Transforms")
    for algorithm in (ENVELOPED, EXCLUSIVE_C14N):
        _child(transforms, "Transform", Algorithm=algorithm)
    _child(reference, "DigestMethod", Algorithm=algorithms.SHA256)
    _child(reference, "DigestValue").text = base64.b64encode(algorithms.digest(algorithms.SHA256, content)).decode()
    method.set("Algorithm", algorithms.signature_algorithm(by.key))
    _child(signature, "SignatureValue").text = base64.b64encode(algorithms.signature_of(by.key, _canonical(info, ()))).decode()
    data = _child(_child(signature, "KeyInfo"), "X509Data")
    _child(data, "X509Certificate").text = as_text(by.certificate)


def require_unique_ids(document: etree._ElementTree) -> None:
    """Raise BadSignature when two elements answer to the same id, whatever kind of attribute says it."""
    ids = [value for element in document.iter(etree.Element) for name in _IDS if (value := element.get(name)) is not None]
    if len(ids) != len(set(ids)):
        raise BadSignature(Flaw.WRAPPING)


def _parts(signature: etree._Element, address: str) -> tuple[etree._Element, etree._Element]:
    """SignedInfo and its one Reference, when the signature has exactly the shape of the profile."""
    if [child.tag for child in signature if child.tag != f"{{{DS}}}KeyInfo"] != [f"{{{DS}}}SignedInfo", f"{{{DS}}}SignatureValue"]:
        raise BadSignature(Flaw.WRAPPING)
    info = signature[0]
    reference = _only(info, f"{{{DS}}}Reference")
    if reference.get("URI") != address:
        raise BadSignature(Flaw.WRAPPING)
    transforms = [transform.get("Algorithm") for transform in reference.findall(f"{{{DS}}}Transforms/*")]
    asked = (_attribute(info, "CanonicalizationMethod"), _attribute(info, "SignatureMethod"), _attribute(reference, "DigestMethod"))
    if transforms != [ENVELOPED, EXCLUSIVE_C14N] or asked[0] != EXCLUSIVE_C14N or asked[1] not in SIGNATURES or asked[2] not in DIGESTS:
        raise BadSignature(Flaw.ALGORITHM)
    return info, reference


def _address(element: etree._Element) -> str:
    """How a Reference points at the element."""
    if id := element.get("ID"):
        return f"#{id}"
    if element.getparent() is not None:
        raise BadSignature(Flaw.WRAPPING)
    return ""


def _in(document: etree._ElementTree, element: etree._Element) -> etree._Element:
    """The copy of the element in the copy of its document."""
    found = document.find(element.getroottree().getelementpath(element))
    assert found is not None
    return found


def _only(parent: etree._Element, tag: str, missing: Flaw = Flaw.INVALID) -> etree._Element:
    children = parent.findall(tag)
    if len(children) != 1:
        raise BadSignature(Flaw.WRAPPING if children else missing)
    return children[0]


def _attribute(parent: etree._Element, name: str) -> str:
    return _only(parent, f"{{{DS}}}{name}").get("Algorithm", "")


def _octets(parent: etree._Element, name: str) -> bytes:
    try:
        return base64.b64decode("".join((_only(parent, f"{{{DS}}}{name}").text or "").split()), validate=True)
    except ValueError:
        raise BadSignature(Flaw.INVALID) from None


def _prefixes(method: etree._Element) -> tuple[str, ...]:
    """The name-space prefixes that exclusive canonicalisation treats as the inclusive one does; any other parameter is refused."""
    if any(child.tag != _INCLUSIVE for child in method) or len(method) > 1:
        raise BadSignature(Flaw.ALGORITHM)
    return tuple(method[0].get("PrefixList", "").split()) if len(method) else ()


def _canonical(element: etree._Element, prefixes: tuple[str, ...]) -> bytes:
    try:
        return etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False, inclusive_ns_prefixes=prefixes)
    except etree.C14NError:  # what has no canonical form, such as a relative address for a name space, cannot have been signed
        raise BadSignature(Flaw.INVALID) from None


def _take_out(signature: etree._Element) -> None:
    """Without the signature, but with the white space after it, which is signed."""
    parent, before = signature.getparent(), signature.getprevious()
    assert parent is not None
    if before is not None:
        before.tail = (before.tail or "") + (signature.tail or "")
    else:
        parent.text = (parent.text or "") + (signature.tail or "")
    parent.remove(signature)


def _child(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{DS}}}{name}", attributes)
