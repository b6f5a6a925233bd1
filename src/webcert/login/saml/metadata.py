"""Metadata: the identity provider's, signed by whom we were told to trust, and our own.

Source: reference/login-and-signing.md §2.1–2.2; OASIS saml-metadata-2.0.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from lxml import etree

from webcert.login.saml.names import (
    AUTHN_METHOD,
    EMPLOYEE_HSA_ID,
    METADATA,
    POST,
    PROTOCOL,
    REDIRECT,
    SIGNING_PROVIDER,
    TRANSIENT,
    URI_FORMAT,
    M,
    moment,
    text_of,
)
from webcert.riv import xml
from webcert.xmldsig.enveloped import DS, BadSignature, sign, verified
from webcert.xmldsig.keys import Credential, UnreadableKey, as_text, certificate_of

_CERTIFICATE = f"{{{DS}}}KeyInfo/{{{DS}}}X509Data/{{{DS}}}X509Certificate"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

REQUESTED = (("employeeHsaId", EMPLOYEE_HSA_ID), ("authnMethod", AUTHN_METHOD), ("identityProviderForSign", SIGNING_PROVIDER))
"""What we ask the SITHS provider to tell of a user."""


class BadMetadata(Exception):
    """The metadata cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider: who it is, where it is reached, the certificates whose keys it signs with.

    `logout` is empty when it takes no single logout by POST; `logout_answers` is where it wants answers to its own requests.
    """

    entity_id: str
    single_sign_on: str
    logout: str
    logout_answers: str
    certificates: tuple[x509.Certificate, ...]
    valid_until: datetime | None


def read(document: bytes, *, trusted: Sequence[x509.Certificate] | None, entity_id: str = "", now: datetime) -> Provider:
    """The identity provider that the metadata describe; `entity_id` chooses one of several.

    `trusted` are the certificates of whom may sign it, or None for a file that needs no signature since the operator put it there.
    Raises BadMetadata.
    """
    try:
        root = xml.parse(document)
        root = root if trusted is None else verified(root, trusted)
    except (xml.UnreadableXml, BadSignature) as error:
        raise BadMetadata(str(error)) from None
    entities = [found for found in root.iter(f"{M}EntityDescriptor") if entity_id in ("", found.get("entityID"))]
    if len(entities) != 1 or (role := entities[0].find(f"{M}IDPSSODescriptor")) is None:
        raise BadMetadata("does not describe exactly one identity provider that could be meant")
    provider = _provider(entities[0], role, _valid_until((root, entities[0], role)))
    if not provider.single_sign_on or not provider.certificates:
        raise BadMetadata("lacks a key, or an address for login by redirection")
    if provider.valid_until and provider.valid_until <= now:
        raise BadMetadata(f"was valid until {provider.valid_until:%Y-%m-%d %H:%M}")
    return provider


def _provider(entity: etree._Element, role: etree._Element, valid_until: datetime | None) -> Provider:
    logout = _service(role, "SingleLogoutService", POST)
    return Provider(
        entity_id=entity.get("entityID", ""),
        single_sign_on=_service(role, "SingleSignOnService", REDIRECT)[0],
        logout=logout[0],
        logout_answers=logout[1] or logout[0],
        certificates=_certificates(role),
        valid_until=valid_until,
    )


def _service(role: etree._Element, name: str, binding: str) -> tuple[str, str]:
    """Where the service takes messages, and where it takes answers when that is elsewhere."""
    for service in role.findall(f"{M}{name}"):
        if service.get("Binding") == binding:
            return service.get("Location", ""), service.get("ResponseLocation", "")
    return "", ""


def _certificates(role: etree._Element) -> tuple[x509.Certificate, ...]:
    keys = (key for key in role.findall(f"{M}KeyDescriptor") if key.get("use") in (None, "signing"))
    try:
        return tuple(certificate_of(text_of(found)) for key in keys for found in key.findall(_CERTIFICATE))
    except UnreadableKey:
        raise BadMetadata("has a certificate that cannot be read") from None


def _valid_until(elements: Sequence[etree._Element]) -> datetime | None:
    try:
        limits = [moment(limit) for element in elements if (limit := element.get("validUntil"))]
    except ValueError:
        raise BadMetadata("has a time that cannot be read") from None
    return min(limits, default=None)


def write(
    *, entity_id: str, acs: str, logout: str, asks_for_hsa_id: bool, by: Credential, coming: Sequence[x509.Certificate] = ()
) -> bytes:
    """Our own metadata for one registration, signed. `coming` are certificates of keys that we are going to sign with."""
    id = f"_{hashlib.sha256(entity_id.encode()).hexdigest()[:40]}"
    root = etree.Element(f"{M}EntityDescriptor", {"entityID": entity_id, "ID": id}, nsmap={"md": METADATA, "ds": DS})
    role = etree.SubElement(
        root,
        f"{M}SPSSODescriptor",
        {"protocolSupportEnumeration": PROTOCOL, "AuthnRequestsSigned": "true", "WantAssertionsSigned": "true"},
    )
    for certificate in (by.certificate, *coming):
        key = etree.SubElement(role, f"{M}KeyDescriptor", {"use": "signing"})
        data = etree.SubElement(etree.SubElement(key, f"{{{DS}}}KeyInfo"), f"{{{DS}}}X509Data")
        etree.SubElement(data, f"{{{DS}}}X509Certificate").text = as_text(certificate)
    etree.SubElement(role, f"{M}SingleLogoutService", {"Binding": POST, "Location": logout, "ResponseLocation": logout})
    etree.SubElement(role, f"{M}NameIDFormat").text = TRANSIENT
    consumer = {"Binding": POST, "Location": acs, "index": "1", "isDefault": "true"}
    etree.SubElement(role, f"{M}AssertionConsumerService", consumer)
    if asks_for_hsa_id:
        _ask_for_attributes(role)
    sign(root, by)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _ask_for_attributes(role: etree._Element) -> None:
    service = etree.SubElement(role, f"{M}AttributeConsumingService", {"index": "1"})
    etree.SubElement(service, f"{M}ServiceName", {_LANGUAGE: "sv"}).text = "Webcert"
    for friendly, name in REQUESTED:
        attributes = {"FriendlyName": friendly, "Name": name, "NameFormat": URI_FORMAT, "isRequired": "true"}
        etree.SubElement(service, f"{M}RequestedAttribute", attributes)
