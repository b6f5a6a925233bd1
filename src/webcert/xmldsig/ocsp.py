"""What an OCSP response says of a certificate: evidence that it was not revoked when it was used. Nothing is asked here, only read.

Source: RFC 6960 §3.2, §4.2.2; reference/login-and-signing.md §6.9 step 6.
"""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from webcert.xmldsig.chain import has_issued, is_valid

_PATIENCE = timedelta(minutes=5)
"""How far our clock may be from the responder's, and how long after the response the signature may reach us."""


class Revoked(Exception):
    """The certificate was revoked."""


class BadResponse(Exception):
    """The response proves nothing about the certificate. Never says whose it is."""


def require_good(response: bytes, *, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bytes:
    """Return the nonce of the response when its responder says that the certificate was good at that moment.

    The responder is the issuer or somebody with a certificate for this from the issuer. Raises Revoked or BadResponse.
    """
    try:
        answer = ocsp.load_der_ocsp_response(response)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise BadResponse("the responder could not tell")
        _require_about(answer, certificate, issuer)
        _require_fresh(answer, at)
        _require_signed(answer, issuer, at)
        status, nonce = answer.certificate_status, answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension, UnsupportedAlgorithm) as error:
        raise BadResponse("unreadable, or without nonce") from error
    if status is ocsp.OCSPCertStatus.REVOKED:
        raise Revoked
    if status is not ocsp.OCSPCertStatus.GOOD:
        raise BadResponse("the responder does not know the certificate")
    return nonce


def _require_about(answer: ocsp.OCSPResponse, certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    asked = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, answer.hash_algorithm).build()
    if (answer.serial_number, answer.issuer_key_hash, answer.issuer_name_hash) != (
        asked.serial_number,
        asked.issuer_key_hash,
        asked.issuer_name_hash,
    ):
        raise BadResponse("about another certificate")


def _require_fresh(answer: ocsp.OCSPResponse, at: datetime) -> None:
    moment = at.astimezone(UTC)
    until = answer.next_update_utc or answer.produced_at_utc
    if not (answer.this_update_utc - _PATIENCE <= moment <= until + _PATIENCE):
        raise BadResponse("of another time")


def _require_signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate, at: datetime) -> None:
    entrusted = [it for it in answer.certificates if _may_respond(it) and has_issued(issuer, it) and is_valid(it, at)]
    if not any(_has_signed(responder, answer) for responder in (issuer, *entrusted)):
        raise BadResponse("not signed by anybody whom the issuer trusts with it")


def _may_respond(certificate: x509.Certificate) -> bool:
    try:
        return ExtendedKeyUsageOID.OCSP_SIGNING in certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False


def _has_signed(responder: x509.Certificate, answer: ocsp.OCSPResponse) -> bool:
    key, hash = responder.public_key(), answer.signature_hash_algorithm
    if hash is None or hash.digest_size < 32:
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, PKCS1v15(), hash)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(hash))
        else:
            return False
    except InvalidSignature:
        return False
    return True
