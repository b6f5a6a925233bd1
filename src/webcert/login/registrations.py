"""Our registrations with identity providers: one for employees (`siths`), one for e-legitimation (`eleg`); and our own key.

Where each stands in the settings is said here once. Source: reference/login-and-signing.md §2.1–2.2.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.urls import reverse

from webcert.login.saml import identities
from webcert.login.saml.response import Asserted
from webcert.staff.identity import Identity
from webcert.xmldsig.keys import Credential, certificates, credential

_TEN_YEARS = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is always so of a registration: its name in addresses and settings, what users call it, who logs in with it."""

    name: str
    label: str
    identity: Callable[[Asserted, str], Identity]
    asks_for_hsa_id: bool
    requests_contexts: bool
    """The SITHS provider compares exactly and must be told every level that we accept; at the other, naming them hinders single sign-on."""


KINDS = {
    kind.name: kind
    for kind in (
        Kind("siths", "SITHS-kort", identities.employee, asks_for_hsa_id=True, requests_contexts=True),
        Kind("eleg", "e-legitimation", identities.person, asks_for_hsa_id=False, requests_contexts=False),
    )
}


@dataclass(frozen=True, slots=True)
class Registration:
    """One registration as this installation has it. `metadata` is empty when it is not set up for SAML."""

    kind: Kind
    metadata: str
    metadata_certificate: Path | None
    provider: str
    entity_id: str
    contexts: tuple[str, ...]

    @property
    def name(self) -> str:
        """In addresses and in the database."""
        return self.kind.name

    @property
    def is_published(self) -> bool:
        """Whether the provider's metadata are fetched from an address, and not read from a file."""
        return self.metadata.startswith(("http:", "https:"))

    @property
    def acs(self) -> str:
        """Where the provider sends its responses."""
        return absolute("assertion-consumer", self.name)


def registration(name: str) -> Registration:
    """The registration with that name, `siths` or `eleg`. Raises KeyError."""
    kind, chosen = KINDS[name], settings.WEBCERT
    return Registration(
        kind=kind,
        metadata=getattr(chosen, f"{name}_metadata") or "",
        metadata_certificate=getattr(chosen, f"{name}_metadata_certificate"),
        provider=getattr(chosen, f"{name}_provider") or "",
        entity_id=getattr(chosen, f"{name}_entity_id") or absolute("our-metadata", name),
        contexts=getattr(chosen, f"{name}_contexts"),
    )


def configured() -> tuple[Registration, ...]:
    """The registrations that are set up for SAML."""
    return tuple(each for each in map(registration, KINDS) if each.metadata)


def skew() -> timedelta:
    """How much the provider's clock may differ from ours."""
    return timedelta(seconds=settings.WEBCERT.saml_skew_seconds)


def longest_age() -> timedelta:
    """How long ago a user may have proven who she is to the provider."""
    return timedelta(minutes=settings.WEBCERT.login_longest_age_minutes)


def logout_address() -> str:
    """Where providers send what concerns single logout."""
    return absolute("single-logout")


def absolute(name: str, *arguments: str) -> str:
    """The whole address of a page of ours."""
    return f"{settings.WEBCERT.public_url}{reverse(name, args=arguments)}"


def own_credential() -> Credential:
    """The key that we sign with: the given one, else one that is made and kept in the data folder. Raises UnreadableKey, OSError."""
    chosen = settings.WEBCERT
    if chosen.saml_key and chosen.saml_certificate:
        return _read(chosen.saml_key, chosen.saml_certificate)
    kept = chosen.data_folder / "saml.pem"
    if not kept.exists():
        _make(kept)
    return _read(kept, kept)


def coming_certificates() -> tuple[x509.Certificate, ...]:
    """Of the keys that we are going to sign with, when one is about to take the place of another. Raises UnreadableKey, OSError."""
    file = settings.WEBCERT.saml_coming_certificate
    return certificates(file) if file else ()


_read = cache(credential)


def _make(path: Path) -> None:
    """A new key with a certificate that nobody vouches for: a provider trusts it because it stands in our metadata."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"), x509.NameAttribute(NameOID.COMMON_NAME, "Webcert")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + _TEN_YEARS)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    keep_secret(path, pem + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))


def keep_secret(path: Path, content: bytes) -> None:
    """Keep the content for its owner only, unless another process has kept its own first."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
