"""The stand-ins' own keys and certificates: made at the first start, kept beside the store, so that what was signed stays verifiable.

Nobody but the demo and the tests trusts the authorities here. Everything is PEM: `NAME.crt`, and `NAME.key` that only its owner reads.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID

_SINCE = datetime(2010, 1, 1, tzinfo=UTC)
"""Since when every certificate is valid: examples say that they were signed years ago."""

_TEN_YEARS = timedelta(days=3650)

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True)
class Credential:
    """A private key with its certificate, and where they lie."""

    key: Key
    certificate: x509.Certificate
    key_path: Path
    certificate_path: Path


def ec_key() -> Key:
    """A new key on P-256."""
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key() -> Key:
    """A new RSA key of 3072 bits."""
    return rsa.generate_private_key(public_exponent=65537, key_size=3072)


def subject(common_name: str, *, serial_number: str = "", given_name: str = "", surname: str = "") -> x509.Name:
    """A name in Sweden. `serial_number` is the HSA-id or the personal identity number of the holder."""
    parts = {
        NameOID.COUNTRY_NAME: "SE",
        NameOID.COMMON_NAME: common_name,
        NameOID.SERIAL_NUMBER: serial_number,
        NameOID.GIVEN_NAME: given_name,
        NameOID.SURNAME: surname,
    }
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts.items() if text])


class Pki:
    """The folder with everything. What is asked for is made once."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def authority(self, name: str, common_name: str, issuer: Credential | None = None) -> Credential:
        """One that issues others: a root that signs itself, or what the `issuer` has put below it."""
        return self._kept(name) or self._keep(name, *self._made(ec_key(), subject(common_name), issuer, authority=True))

    def self_signed(self, name: str, common_name: str) -> Credential:
        """A key that is trusted by itself, as those in metadata are: RSA, since not everybody reads other signatures."""
        return self._kept(name) or self._keep(name, *self._made(rsa_key(), subject(common_name), None))

    def issued(
        self, name: str, holder: x509.Name, issuer: Credential, *, hosts: tuple[str, ...] = (), purpose: x509.ObjectIdentifier | None = None
    ) -> Credential:
        """A certificate from the authority, for a person, a client or, with `hosts`, a server; good for that purpose only, if given."""
        return self._kept(name) or self._keep(name, *self._made(ec_key(), holder, issuer, hosts=hosts, purpose=purpose))

    def unkept(self, holder: x509.Name, issuer: Credential, key: Key) -> x509.Certificate:
        """A certificate for a key that is used once and forgotten, as a signing service's are."""
        return self._made(key, holder, issuer)[1]

    def _made(
        self,
        key: Key,
        holder: x509.Name,
        issuer: Credential | None,
        *,
        authority: bool = False,
        hosts: tuple[str, ...] = (),
        purpose: x509.ObjectIdentifier | None = None,
    ) -> tuple[Key, x509.Certificate]:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(holder)
            .issuer_name(issuer.certificate.subject if issuer else holder)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_SINCE)
            .not_valid_after(now + _TEN_YEARS)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority and issuer else None), critical=True)
            .add_extension(_usage(authority), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        if issuer:
            identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
            builder = builder.add_extension(identifier, critical=False)
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
        if purpose:
            builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        signer: CertificateIssuerPrivateKeyTypes = issuer.key if issuer else key
        return key, builder.sign(signer, hashes.SHA256())

    def _kept(self, name: str) -> Credential | None:
        key_path, certificate_path = self._paths(name)
        if not (key_path.exists() and certificate_path.exists()):
            return None
        key = load_pem_private_key(key_path.read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey)
        return Credential(key, x509.load_pem_x509_certificate(certificate_path.read_bytes()), key_path, certificate_path)

    def _keep(self, name: str, key: Key, certificate: x509.Certificate) -> Credential:
        key_path, certificate_path = self._paths(name)
        _write(key_path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        _write(certificate_path, certificate.public_bytes(Encoding.PEM))
        return Credential(key, certificate, key_path, certificate_path)

    def _paths(self, name: str) -> tuple[Path, Path]:
        return self._folder / f"{name}.key", self._folder / f"{name}.crt"


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner only."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.replace(path)
