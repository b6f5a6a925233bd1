"""Certificates as they stand in XML."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from webcert.xmldsig.keys import UnreadableKey, certificate_of


def der() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, "SE2321000990-2001")])
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    return builder.not_valid_before(begun).not_valid_after(begun + timedelta(days=9)).sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_whatever_octet_is_changed_it_can_be_read_whole_or_not_at_all() -> None:
    good, refused = der(), 0
    for at in range(len(good)):
        for octet in (0x00, 0xFF):
            changed = base64.b64encode(good[:at] + bytes([octet]) + good[at + 1 :]).decode()
            try:
                read = certificate_of(changed)
            except UnreadableKey:
                refused += 1
                continue
            assert list(read.subject) is not None
            assert read.not_valid_before_utc
            assert read.public_key()
    assert refused > 50


@pytest.mark.parametrize("text", ["", "å", "!", "AAAA", "MIIB"])
def test_what_is_no_certificate_is_told_so(text: str) -> None:
    with pytest.raises(UnreadableKey):
        certificate_of(text)
