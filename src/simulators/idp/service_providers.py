"""The service providers that the identity providers know: by metadata that somebody has left here, else fetched from their entity id."""

import base64
from dataclasses import dataclass

import httpx
from cryptography import x509
from lxml import etree

from simulators.store import Store

_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_CERTIFICATE = "/{http://www.w3.org/2000/09/xmldsig#}X509Certificate"


@dataclass(frozen=True)
class ServiceProvider:
    """Who it is, where it takes responses and messages of logout, and the certificate of its key."""

    entity_id: str
    acs: tuple[str, ...]
    logout: str
    certificate: x509.Certificate


async def service_provider(store: Store, entity_id: str) -> ServiceProvider | None:
    """The service provider with that entity id, which is the address of its metadata unless these have been left here."""
    row = store.row("SELECT metadata FROM service_provider WHERE entity_id = ?", entity_id)
    if row:
        return _read(row["metadata"])
    if not entity_id.startswith(("http://", "https://")):
        return None
    try:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            answer = await client.get(entity_id)
            answer.raise_for_status()
    except httpx.HTTPError:
        return None
    return _read(answer.content)


def leave(store: Store, metadata: bytes) -> ServiceProvider:
    """Remember the metadata."""
    found = _read(metadata)
    store.change("INSERT OR REPLACE INTO service_provider VALUES (?, ?)", found.entity_id, metadata)
    return found


def _read(metadata: bytes) -> ServiceProvider:
    root = etree.fromstring(metadata, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    logout = root.find(f".//{_MD}SingleLogoutService")
    certificate = root.find(f"{_MD}SPSSODescriptor/{_CERTIFICATE}")
    assert certificate is not None
    return ServiceProvider(
        entity_id=root.get("entityID", ""),
        acs=tuple(found.get("Location", "") for found in root.iter(f"{_MD}AssertionConsumerService")),
        logout="" if logout is None else logout.get("Location", ""),
        certificate=x509.load_der_x509_certificate(base64.b64decode(certificate.text or "")),
    )
