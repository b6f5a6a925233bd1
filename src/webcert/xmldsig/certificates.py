"""Signatures of certificates: written into the exact bytes of a document, and verified from nothing but the bytes.

Each check is made by our own code and has a verdict of its own. Source: reference/login-and-signing.md §6.7, §6.9.
"""

import base64
import hmac
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from webcert.riv import signed_form, xml
from webcert.vocabulary.clock import SWEDEN
from webcert.xmldsig import algorithms, chain
from webcert.xmldsig.enveloped import DS, SIGNATURE
from webcert.xmldsig.keys import UnreadableKey, as_text, certificate_of
from webcert.xmldsig.profile import SIGNED_BLOCK, Flaw, NotTaken, canonical, require_profile
from webcert.xmldsig.structure import is_sound


class Check(StrEnum):
    """What is asked of a signature, in this order."""

    POLICY = "policy"
    REFERENCES = "references"
    VALUE = "signatureValue"
    TRUSTED = "certificateTrusted"
    TIMELY = "certificateTimely"
    SIGNER = "signerMatches"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one certificate. A check that is not among `checks` could not be made, since an earlier one failed."""

    certificate_id: str
    checks: dict[Check, Flaw | None]
    issuer_id: str = ""
    signed_at: datetime | None = None
    signer: x509.Certificate | None = None

    @property
    def valid(self) -> bool:
        """Whether every check was made and passed."""
        return all(check in self.checks for check in Check) and self.flaw is None

    @property
    def flaw(self) -> Flaw | None:
        """The first flaw that was found."""
        return next(filter(None, self.checks.values()), None)

    @property
    def is_signed(self) -> bool:
        """Whether there is a signature at all."""
        return self.flaw is not Flaw.SIGNATURE_MISSING


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose certificates count: the authorities, and those that may stand between them and a signer."""

    authorities: tuple[x509.Certificate, ...] = ()
    between: tuple[x509.Certificate, ...] = field(default=())

    def vouches_for(self, signer: x509.Certificate, at: datetime) -> bool:
        """Whether an authority has issued the certificate, for signing, over authorities that were valid at that moment."""
        key = signer.public_key()
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < algorithms.SHORTEST_RSA_KEY:
            return False
        within = min(max(at, signer.not_valid_before_utc), signer.not_valid_after_utc)
        try:
            chain.issuer_of(signer, trusted=self.authorities, between=self.between, at=within)
        except chain.Untrusted:
            return False
        return _may_sign(signer)


def signature_of(signed_info: bytes, value: bytes, signer: x509.Certificate) -> bytes:
    """The signature as it stands in a certificate; `value` in the form that XML signatures have."""
    return b"".join(
        (
            f'<u:underskrift xmlns:u="{etree.QName(SIGNED_BLOCK).namespace}"><ds:Signature xmlns:ds="{DS}">'.encode(),
            signed_info,
            b"<ds:SignatureValue>" + base64.b64encode(value) + b"</ds:SignatureValue>",
            f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{as_text(signer)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>".encode(),
            b"</ds:Signature></u:underskrift>",
        )
    )


def with_signature(document: bytes, signature: bytes) -> bytes:
    """The document with the signature as the last thing in its certificate; every other byte is as it was.

    `document` is a serialised message with one certificate.
    """
    end = document.rindex(b"</", 0, document.rindex(b"intyg>"))
    return document[:end] + signature + document[end:]


def verify(document: bytes, trust: Trust, *, known_as: Collection[str] = ()) -> tuple[Verification, ...]:
    """The verdict on each certificate in the message. `known_as`: other ids that the issuer's own certificate may have.

    Raises UnreadableXml when it cannot be read, or carries no certificate.
    """
    if b"<!DOCTYPE" in document:
        return (Verification("", {Check.POLICY: Flaw.DTD_FORBIDDEN}),)
    root = xml.parse(document, instructions=True)
    found = tuple(_verified(id, certificate, root, trust, known_as) for id, certificate in signed_form.certificates_in(root))
    if not found:
        raise xml.UnreadableXml("no certificate in it")
    return found


def signer_ids(signer: x509.Certificate) -> tuple[str, ...]:
    """The HSA-id or personal identity number in the signer's certificate: one, or the certificate names nobody."""
    return tuple(str(number.value) for number in signer.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER))


def _verified(id: str, certificate: etree._Element, root: etree._Element, trust: Trust, known_as: Collection[str]) -> Verification:
    issuer = (certificate.findtext("{*}skapadAv/{*}personal-id/{*}extension") or "").strip()
    signed_at = _moment(certificate.findtext("{*}signeringstidpunkt") or "")
    try:
        _require_alone(certificate, root)
        signature = _signature_of(certificate)
        require_profile(signature, id)
        signer = certificate_of(signature.findtext(f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate") or "")
    except NotTaken as error:
        return Verification(id, {Check.POLICY: error.flaw}, issuer, signed_at)
    except UnreadableKey:
        return Verification(id, {Check.POLICY: Flaw.KEYINFO_MISSING}, issuer, signed_at)
    ids = signer_ids(signer)
    checks: dict[Check, Flaw | None] = {
        Check.POLICY: None,
        Check.REFERENCES: _digest_flaw(certificate, signature),
        Check.VALUE: _value_flaw(signature, signer),
        Check.TRUSTED: None if signed_at and trust.vouches_for(signer, signed_at) else Flaw.CERTIFICATE_UNTRUSTED,
        Check.TIMELY: None if signed_at and chain.is_valid(signer, signed_at) else Flaw.CERTIFICATE_NOT_VALID_AT_SIGNING,
        Check.SIGNER: None if len(ids) == 1 and ids[0] in (issuer, *known_as) else Flaw.SIGNER_MISMATCH,
        Check.STRUCTURE: None if is_sound(certificate) else Flaw.SCHEMA_INVALID,
    }
    return Verification(id, checks, issuer, signed_at, signer)


def _require_alone(certificate: etree._Element, root: etree._Element) -> None:
    """A RegisterCertificate message has one certificate, and no certificate stands in another; lists may have several beside each other."""
    inside = [element for element in certificate.iter("{*}intyg") if element is not certificate]
    messages = list(certificate.iterancestors("{*}RegisterCertificate"))
    if inside or any(True for _ in certificate.iterancestors("{*}intyg")):
        raise NotTaken(Flaw.SIGNED_ELEMENT_IS_NOT_THE_DOCUMENT)
    if messages and len(list(messages[-1].iter("{*}intyg"))) != 1:
        raise NotTaken(Flaw.SIGNED_ELEMENT_IS_NOT_THE_DOCUMENT)


def _signature_of(certificate: etree._Element) -> etree._Element:
    """The one signature, where it has to be: alone in the last element, or (early 2018) that element itself."""
    found = list(certificate.iter(SIGNATURE))
    if not found:
        raise NotTaken(Flaw.SIGNATURE_MISSING)
    last = certificate[-1]
    place = last if last.tag == SIGNATURE else last[0] if last.tag == SIGNED_BLOCK and len(last) == 1 else None
    if len(found) != 1 or found[0] is not place:
        raise NotTaken(Flaw.SIGNATURE_MISPLACED)
    if any(True for _ in place.iter(etree.ProcessingInstruction)):
        raise NotTaken(Flaw.SIGNATURE_MALFORMED)
    return place


def _digest_flaw(certificate: etree._Element, signature: etree._Element) -> Flaw | None:
    reference = signature[0][2]
    expected = _octets(reference[2])
    try:
        actual = algorithms.digest(reference[1].get("Algorithm", ""), signed_form.canonical_of(certificate))
    except xml.UnreadableXml:
        return Flaw.REFERENCE_DIGEST_MISMATCH
    return None if expected is not None and hmac.compare_digest(actual, expected) else Flaw.REFERENCE_DIGEST_MISMATCH


def _value_flaw(signature: etree._Element, signer: x509.Certificate) -> Flaw | None:
    key, value = signer.public_key(), _octets(signature[1])
    if value is None or not algorithms.is_encoded(key, value):
        return Flaw.SIGNATURE_VALUE_ENCODING
    method = signature[0][1].get("Algorithm", "")
    made = algorithms.is_signature(method, key, value, canonical(signature[0]), shortest=1024)  # how short is a matter of trust
    return None if made else Flaw.SIGNATURE_VALUE_INVALID


def _octets(element: etree._Element) -> bytes | None:
    try:
        return base64.b64decode("".join((element.text or "").split()), validate=True)
    except ValueError:
        return None


def _may_sign(signer: x509.Certificate) -> bool:
    try:
        usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except (ValueError, x509.DuplicateExtension):
        return False
    return usage.digital_signature or usage.content_commitment


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=SWEDEN)
