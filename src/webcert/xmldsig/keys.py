"""Keys and certificates as files and as they stand in XML."""

import base64
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from webcert.xmldsig.algorithms import PrivateKey


class UnreadableKey(ValueError):
    """What should be a key or a certificate is not. Never carries its content."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A private key with the certificate of its public half."""

    key: PrivateKey
    certificate: x509.Certificate


def credential(key_file: Path, certificate_file: Path) -> Credential:
    """The credential in two PEM files. Raises UnreadableKey, also when the two do not belong together, and OSError."""
    try:
        key = load_pem_private_key(key_file.read_bytes(), None)
    except (ValueError, TypeError):
        raise UnreadableKey(f"{key_file} is not a private key in PEM without a password") from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise UnreadableKey(f"{key_file} is neither an RSA key nor one on an elliptic curve")
    (certificate, *_) = certificates(certificate_file)
    if certificate.public_key() != key.public_key():
        raise UnreadableKey(f"{certificate_file} belongs to another key than {key_file}")
    return Credential(key, certificate)


def certificates(file: Path) -> tuple[x509.Certificate, ...]:
    """All certificates in a PEM file. Raises UnreadableKey when there is none, and OSError."""
    try:
        return tuple(x509.load_pem_x509_certificates(file.read_bytes()))
    except ValueError:
        raise UnreadableKey(f"{file} has no certificate in PEM") from None


def certificate_of(text: str) -> x509.Certificate:
    """The certificate in the text of an X509Certificate element. Raises UnreadableKey."""
    try:
        read = x509.load_der_x509_certificate(base64.b64decode("".join(text.split()), validate=True))
        _look_into(read)
    except (ValueError, x509.InvalidVersion, UnsupportedAlgorithm):
        raise UnreadableKey("not a certificate that we can read") from None
    return read


def _look_into(certificate: x509.Certificate) -> None:
    """Fail now for what would else be found out when it is asked for: names and the key are read only then."""
    _ = certificate.subject, certificate.issuer, certificate.not_valid_before_utc, certificate.not_valid_after_utc
    certificate.public_key()


def as_text(certificate: x509.Certificate) -> str:
    """The certificate for an X509Certificate element."""
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
