"""What comes back from BankID when a person has signed, and whether it proves that she signed this certificate.

The same judgement is made when the signature comes and whenever somebody asks later, then from what was stored and without the network.
Source: reference/login-and-signing.md §7, §6.9.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from pydantic import TypeAdapter, ValidationError

from webcert.signing.bankid.order import ToBeSigned
from webcert.xmldsig import bankid, chain, ocsp
from webcert.xmldsig.enveloped import BadSignature


class Doubt(StrEnum):
    """Why the evidence does not prove it."""

    UNREADABLE = "UNREADABLE"
    SIGNATURE = "SIGNATURE"
    UNTRUSTED = "UNTRUSTED"
    ANOTHER_TEXT = "ANOTHER_TEXT"
    ANOTHER_CERTIFICATE = "ANOTHER_CERTIFICATE"
    ANOTHER_PERSON = "ANOTHER_PERSON"
    REVOKED = "REVOKED"
    REVOCATION_UNKNOWN = "REVOCATION_UNKNOWN"


class NotProven(Exception):
    """The evidence does not prove that the person signed the certificate. Never names her."""

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt.value)
        self.doubt = doubt


@dataclass(frozen=True, slots=True)
class Evidence:
    """BankID's signature and the OCSP response about the signer's certificate, base64 as they came, and when that was."""

    signature: str
    ocsp_response: str
    received_at: datetime

    def stored(self) -> bytes:
        """The evidence as it is kept beside the certificate."""
        return _EVIDENCE.dump_json(self)


_EVIDENCE = TypeAdapter(Evidence)


def read(stored: bytes) -> Evidence:
    """What `stored` has written. Raises NotProven when it is something else."""
    try:
        return _EVIDENCE.validate_json(stored)
    except ValidationError:
        raise NotProven(Doubt.UNREADABLE) from None


def require_signed(
    evidence: Evidence, asked: ToBeSigned, *, authorities: Iterable[x509.Certificate], personal_id: str | None = None
) -> x509.Certificate:
    """The certificate of the person who has signed exactly what was asked for, when the evidence came. Raises NotProven.

    `authorities` are those that BankID's certificates for persons come from. With a `personal_id` the person must be that one; later,
    when nobody is logged in any more, the text that she signed tells whom she signed as.
    """
    at = evidence.received_at
    try:
        signed = bankid.signed_in(_octets(evidence.signature))
        issuer = chain.issuer_of(signed.signer, trusted=authorities, between=signed.chain[1:], at=at)
        nonce = ocsp.require_good(_octets(evidence.ocsp_response), certificate=signed.signer, issuer=issuer, at=at)
    except BadSignature as bad:
        raise NotProven(Doubt.SIGNATURE) from bad
    except chain.Untrusted as untrusted:
        raise NotProven(Doubt.UNTRUSTED) from untrusted
    except ocsp.Revoked as revoked:
        raise NotProven(Doubt.REVOKED) from revoked
    except ocsp.BadResponse as bad:
        raise NotProven(Doubt.REVOCATION_UNKNOWN) from bad
    if not nonce.startswith(hashlib.sha1(evidence.signature.encode()).digest()):
        raise NotProven(Doubt.REVOCATION_UNKNOWN)
    if not hmac.compare_digest(signed.hidden, asked.hidden):
        raise NotProven(Doubt.ANOTHER_CERTIFICATE)
    if signed.visible != asked.visible.encode():
        raise NotProven(Doubt.ANOTHER_TEXT)
    if personal_id is not None and signed.personal_id != personal_id:
        raise NotProven(Doubt.ANOTHER_PERSON)
    return signed.signer


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise NotProven(Doubt.UNREADABLE) from None
