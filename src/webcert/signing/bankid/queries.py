"""Whether a certificate that has been signed with BankID is proven to be: judged anew from what is stored, without asking anybody."""

from dataclasses import dataclass
from datetime import datetime

from cryptography.x509.oid import NameOID

from webcert.certificates.models import Certificate, Signature
from webcert.certificates.signatures import Judgement
from webcert.riv.intyg import Intyg
from webcert.riv.xml import UnreadableXml
from webcert.signing.bankid import evidence
from webcert.signing.bankid.evidence import Doubt, NotProven
from webcert.signing.bankid.installed import authorities
from webcert.signing.bankid.order import to_be_signed


@dataclass(frozen=True, slots=True)
class Proven:
    """Who has signed, as her certificate names her, when that was, and who has issued the certificate."""

    name: str
    at: datetime
    issuer: str


def judgement(certificate: Certificate, signature: Signature, _intyg: Intyg) -> Judgement:
    """The judgement for whoever shows the certificate; the doubt is its flaw."""
    try:
        found = proven(bytes(certificate.signed_xml or b""), bytes(signature.evidence))
    except NotProven as not_proven:
        return Judgement(not_proven.doubt)
    return Judgement(signer=found.name)


def proven(document: bytes, stored: bytes) -> Proven:
    """What the stored evidence proves of the certificate in the message. Raises NotProven, also for a message that cannot be read."""
    given = evidence.read(stored)
    try:
        asked = to_be_signed(document)
    except UnreadableXml:
        raise NotProven(Doubt.ANOTHER_CERTIFICATE) from None
    signer = evidence.require_signed(given, asked, authorities=authorities())
    name = " ".join(str(part.value) for oid in (NameOID.GIVEN_NAME, NameOID.SURNAME) for part in signer.subject.get_attributes_for_oid(oid))
    return Proven(name, given.received_at, signer.issuer.rfc4514_string())
