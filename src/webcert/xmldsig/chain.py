"""Whether a certificate comes from an authority that is trusted, over authorities between them, all valid at a given moment.

Only the authorities that we are configured with count; those that a message brings along may stand between. Whether a certificate has
been revoked is asked elsewhere (`ocsp.py`). Source: reference/login-and-signing.md §6.9 step 6; RFC 5280 §6.1.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes

_LONGEST = 4
"""Authorities between a certificate and the trusted one."""

_BROKEN_HASHES = (hashes.MD5, hashes.SHA1)


class Untrusted(Exception):
    """No chain leads from the certificate to a trusted authority. Never says whose certificate it is."""


def issuer_of(
    certificate: x509.Certificate, *, trusted: Iterable[x509.Certificate], between: Iterable[x509.Certificate] = (), at: datetime
) -> x509.Certificate:
    """The certificate's issuer, which is one of the `trusted` or comes from one of them over some `between`. Raises Untrusted."""
    if not is_valid(certificate, at):
        raise Untrusted("not valid at that time")
    anchors, others = tuple(trusted), tuple(between)
    for issuer in (*anchors, *others):
        if _issues(issuer, certificate, below=0) and _leads_up(issuer, anchors, others, at, below=0):
            return issuer
    raise Untrusted("no trusted authority has issued it")


def is_valid(certificate: x509.Certificate, at: datetime) -> bool:
    """Whether the moment is within the certificate's time."""
    return certificate.not_valid_before_utc <= at.astimezone(UTC) <= certificate.not_valid_after_utc


def has_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether the key of `issuer` has signed the certificate, under the issuer's name."""
    try:
        if isinstance(certificate.signature_hash_algorithm, _BROKEN_HASHES):
            return False
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def _leads_up(
    authority: x509.Certificate, anchors: tuple[x509.Certificate, ...], others: tuple[x509.Certificate, ...], at: datetime, below: int
) -> bool:
    if not is_valid(authority, at):
        return False
    if authority in anchors:
        return True
    return below < _LONGEST and any(
        _issues(above, authority, below + 1) and _leads_up(above, anchors, others, at, below + 1) for above in (*anchors, *others)
    )


def _issues(issuer: x509.Certificate, certificate: x509.Certificate, below: int) -> bool:
    """Whether it is an authority that may have `below` others under it, and has issued the certificate."""
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False
    if not (constraints.ca and usage.key_cert_sign):
        return False
    return (constraints.path_length is None or constraints.path_length >= below) and has_issued(issuer, certificate)
