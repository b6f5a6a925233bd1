"""The identity providers as their metadata describe them now: fetched once an hour, kept in the database, verified before each use.

Source: reference/login-and-signing.md §2.1 (exact keys from metadata, no other path to trust).
"""

from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import httpx
import structlog
from django.conf import settings

from webcert.login.models import ProviderMetadata
from webcert.login.registrations import Registration
from webcert.login.saml import metadata
from webcert.login.saml.metadata import BadMetadata, Provider
from webcert.vocabulary import clock
from webcert.xmldsig.keys import UnreadableKey, certificates

log = structlog.get_logger("webcert.login")

FRESH = timedelta(hours=1)
LARGEST = 5 * 1024 * 1024


class ProviderUnavailable(Exception):
    """The provider cannot be used now: its metadata cannot be had, or are not to be trusted."""


def provider_of(registration: Registration) -> Provider:
    """The registration's identity provider. Raises ProviderUnavailable.

    Metadata that have grown old are fetched anew; if that fails the former ones serve as long as they are valid.
    """
    if not registration.is_published:
        return _read(registration, _file(Path(registration.metadata)))
    kept = ProviderMetadata.objects.filter(registration=registration.name).first()
    if kept and clock.now() - kept.fetched_at < FRESH:
        return _read(registration, bytes(kept.document))
    try:
        return refresh(registration)
    except ProviderUnavailable as problem:
        if kept is None:
            raise
        log.warning("provider metadata not renewed", registration=registration.name, problem=str(problem))
        return _read(registration, bytes(kept.document))


def refresh(registration: Registration) -> Provider:
    """Fetch the metadata and keep them when they are in order. Raises ProviderUnavailable."""
    document = _fetched(registration.metadata)
    provider = _read(registration, document)
    ProviderMetadata.objects.update_or_create(registration=registration.name, defaults={"document": document, "fetched_at": clock.now()})
    return provider


def _fetched(address: str) -> bytes:
    try:
        with httpx.stream("GET", address, timeout=settings.WEBCERT.outside_timeout_seconds, trust_env=False) as answer:
            answer.raise_for_status()
            content = bytearray()
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise ProviderUnavailable(f"metadata larger than {LARGEST} bytes")
            return bytes(content)
    except httpx.HTTPError as error:
        raise ProviderUnavailable(f"metadata cannot be fetched: {type(error).__name__}") from None


def _file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ProviderUnavailable(f"{path}: {error.strerror}") from None


def _read(registration: Registration, document: bytes) -> Provider:
    if registration.metadata_certificate is None and registration.is_published:
        raise ProviderUnavailable(f"no certificate is given for whom signs the metadata of {registration.name}")
    try:
        provider = _parsed(document, registration.metadata_certificate, registration.provider)
    except (BadMetadata, UnreadableKey, OSError) as problem:
        raise ProviderUnavailable(f"metadata of {registration.name}: {problem}") from None
    if provider.valid_until and provider.valid_until <= clock.now():
        raise ProviderUnavailable(f"metadata of {registration.name} are no longer valid")
    return provider


@lru_cache(maxsize=8)
def _parsed(document: bytes, certificate: Path | None, entity_id: str) -> Provider:
    """Verified once for each document in each process."""
    trusted = None if certificate is None else certificates(certificate)
    return metadata.read(document, trusted=trusted, entity_id=entity_id, now=clock.now())
