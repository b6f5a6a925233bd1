"""Single logout and metadata against the shared material; what we write ourselves, read by another implementation."""

import base64
import zlib
from contextlib import nullcontext
from copy import deepcopy
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import xmlsec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from login.samples import FIXTURE_TIME, FOLDER, now, provider
from shared import shared
from webcert.login.saml import messages, metadata
from webcert.login.saml.metadata import BadMetadata
from webcert.login.saml.names import new_id
from webcert.login.saml.response import Reason, Rejected
from webcert.riv import xml
from webcert.staff.identity import ProviderSession
from webcert.xmldsig.enveloped import verified
from webcert.xmldsig.keys import Credential, as_text, certificate_of, certificates
from xmldsig.test_enveloped import P256, P384, RSA

SLO = "https://webcert.example.invalid/logout/saml2/slo"


def logout(file: str, **changes: Any) -> messages.LogoutRequest:
    told = {"provider": provider("siths"), "address": SLO, "skew": timedelta(seconds=60), "now": FIXTURE_TIME} | changes
    return messages.read_logout_request(shared(f"{FOLDER}/logout/{file}").read_bytes(), **told)


def test_a_signed_logout_request_names_the_session() -> None:
    assert logout("idp-logout-request-signed.xml") == messages.LogoutRequest("_lo1", "_transient-4711", ("sess-1",))


@pytest.mark.parametrize(
    ("file", "changes", "reason"),
    [
        ("idp-logout-request-unsigned.xml", {}, Reason.SIGNATURE_MISSING),
        ("idp-logout-request-signed.xml", {"address": "https://other.example.invalid/"}, Reason.RECIPIENT),
        ("idp-logout-request-signed.xml", {"now": FIXTURE_TIME + timedelta(minutes=10)}, Reason.EXPIRED),
        ("idp-logout-request-signed.xml", {"now": FIXTURE_TIME - timedelta(minutes=10)}, Reason.NOT_YET_VALID),
    ],
)
def test_a_logout_request_that_is_not_in_order_is_refused(file: str, changes: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(Rejected) as refused:
        logout(file, **changes)
    assert refused.value.reason is reason


def test_another_provider_cannot_log_out() -> None:
    with pytest.raises(Rejected) as refused:
        logout("idp-logout-request-signed.xml", provider=provider("eleg"))
    assert refused.value.reason is Reason.SIGNATURE_UNTRUSTED_KEY


def test_signed_metadata_tell_where_the_provider_is_and_its_keys() -> None:
    idp = provider("siths")
    assert idp.entity_id == "https://idp-siths.example.invalid/saml"
    assert idp.single_sign_on == "https://idp-siths.example.invalid/sso/redirect"
    assert idp.logout == idp.logout_answers == "https://idp-siths.example.invalid/slo/post"
    assert idp.certificates == certificates(shared(f"{FOLDER}/keys/idp-siths.cert.pem"))


@pytest.mark.parametrize(
    ("file", "key", "text"),
    [
        ("metadata-fixture/idp-siths-tampered.xml", "idp-siths", "SIGNATURE_INVALID"),
        ("metadata-fixture/idp-siths.xml", "idp-eleg", "SIGNATURE_UNTRUSTED_KEY"),
        ("metadata-published/2026-qa-idp-siths-inera.xml", "idp-siths", "SIGNATURE_MISSING"),
    ],
)
def test_metadata_that_are_not_signed_by_whom_we_trust_are_refused(file: str, key: str, text: str) -> None:
    trusted = certificates(shared(f"{FOLDER}/keys/{key}.cert.pem"))
    with pytest.raises(BadMetadata, match=text):
        metadata.read(shared(f"{FOLDER}/{file}").read_bytes(), trusted=trusted, now=now())


@pytest.mark.parametrize("file", ["2019-prod-idp-siths", "2019-prod-idp-eleg", "2026-qa-idp-siths-inera", "2026-test-idp-eleg"])
def test_published_metadata_can_be_used_as_a_file(file: str) -> None:
    idp = metadata.read(shared(f"{FOLDER}/metadata-published/{file}.xml").read_bytes(), trusted=None, now=now())
    assert idp.entity_id.startswith("https://")
    assert idp.single_sign_on.startswith("https://")
    assert idp.logout
    assert idp.certificates


def test_metadata_of_somebody_else_or_of_no_provider_are_refused() -> None:
    document = shared(f"{FOLDER}/metadata-fixture/idp-siths.xml").read_bytes()
    with pytest.raises(BadMetadata, match="exactly one identity provider"):
        metadata.read(document, trusted=None, entity_id="https://other.example.invalid", now=now())
    with pytest.raises(BadMetadata, match="exactly one identity provider"):
        metadata.read(shared(f"{FOLDER}/metadata-fixture/sp-siths.xml").read_bytes(), trusted=None, now=now())
    with pytest.raises(BadMetadata, match="was valid until 2040"):
        metadata.read(document, trusted=None, now=now() + timedelta(days=365 * 20))
    with pytest.raises(BadMetadata, match="not well-formed"):
        metadata.read(b"<", trusted=None, now=now())


def test_our_own_metadata_are_signed_and_say_what_the_published_ones_say() -> None:
    ours = metadata.write(entity_id="https://w/siths", acs="https://w/acs", logout="https://w/slo", asks_for_hsa_id=True, by=RSA)
    read = verified(xml.parse(ours), [RSA.certificate])
    published = xml.parse(shared(f"{FOLDER}/metadata-fixture/sp-siths.xml").read_bytes())
    for path in ("AssertionConsumerService/@index", "RequestedAttribute/@Name", "RequestedAttribute/@isRequired"):
        wanted = f"//*[local-name() = '{path.partition('/')[0]}']/{path.partition('/')[2]}"
        assert read.xpath(wanted) == published.xpath(wanted)
    assert read.xpath("string(//*[local-name() = 'AssertionConsumerService']/@Location)") == "https://w/acs"
    without = metadata.write(entity_id="https://w/eleg", acs="https://w/acs", logout="https://w/slo", asks_for_hsa_id=False, by=RSA)
    assert b"RequestedAttribute" not in without


def test_while_our_key_is_changed_both_are_published() -> None:
    known: dict[str, Any] = {"entity_id": "https://w/siths", "acs": "https://w/acs", "logout": "https://w/slo", "asks_for_hsa_id": True}
    read = verified(xml.parse(metadata.write(**known, by=RSA, coming=[P256.certificate])), [RSA.certificate])
    published = read.xpath("//*[local-name() = 'KeyDescriptor'][@use = 'signing']//*[local-name() = 'X509Certificate']/text()")
    assert list(map(certificate_of, published)) == [RSA.certificate, P256.certificate]


@pytest.mark.parametrize(("by", "good"), [(RSA, True), (P256, True), (P384, False)], ids=["former", "coming", "somebody else's"])
def test_while_a_provider_changes_its_key_both_are_good(by: Credential, good: bool) -> None:
    described = xml.parse(shared(f"{FOLDER}/metadata-fixture/idp-siths.xml").read_bytes())
    (key,) = described.xpath("//*[local-name() = 'KeyDescriptor']")
    for credential in (RSA, P256):
        key.addnext(other := deepcopy(key))
        other.xpath(".//*[local-name() = 'X509Certificate']")[0].text = as_text(credential.certificate)
    idp = metadata.read(etree.tostring(described), trusted=None, now=now())
    message = messages.logout_request(messages.Head(new_id(), now(), idp.entity_id, SLO), ProviderSession("siths", "someone", "s-1"))
    told: dict[str, Any] = {"provider": idp, "address": SLO, "skew": timedelta(seconds=60), "now": now()}
    with nullcontext() if good else pytest.raises(Rejected, match="UNTRUSTED_KEY"):
        assert messages.read_logout_request(base64.b64decode(messages.posted(message, by)), **told).name_id == "someone"


def head(destination: str) -> messages.Head:
    return messages.Head(new_id(), now(), "https://w/siths", destination)


def test_a_login_request_goes_by_redirection_with_its_levels_and_its_signature() -> None:
    contexts = ("http://id.sambi.se/loa/loa3", "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient")
    request = messages.login_request(head("https://idp/sso"), acs="https://w/acs", contexts=contexts, asks_for_hsa_id=True)
    address = messages.redirection(request, location="https://idp/sso?x=1", relay_state="a&b", by=RSA)
    query = urlsplit(address).query
    parts = {name: values[0] for name, values in parse_qs(query).items()}
    assert (parts["x"], parts["RelayState"]) == ("1", "a&b")
    signed = query.removeprefix("x=1&").partition("&Signature=")[0].encode()
    RSA.certificate.public_key().verify(base64.b64decode(parts["Signature"]), signed, PKCS1v15(), hashes.SHA256())  # type: ignore[union-attr, call-arg]
    sent = xml.parse(zlib.decompress(base64.b64decode(parts["SAMLRequest"]), wbits=-15))
    assert sent.xpath("//*[local-name() = 'AuthnContextClassRef']/text()") == list(contexts)
    assert sent.xpath("string(//*[local-name() = 'RequestedAuthnContext']/@Comparison)") == "exact"
    assert (sent.get("AssertionConsumerServiceURL"), sent.get("AttributeConsumingServiceIndex")) == ("https://w/acs", "1")
    assert (sent.get("ForceAuthn"), sent.get("IsPassive")) == (None, None)


def test_without_levels_none_are_asked_for() -> None:
    request = messages.login_request(head("https://idp/sso"), acs="https://w/acs", contexts=(), asks_for_hsa_id=False)
    assert "RequestedAuthnContext" not in etree.tostring(request).decode()


@pytest.mark.parametrize(
    "message",
    [
        messages.logout_request(head("https://idp/slo"), ProviderSession("siths", "_name", "sess-1")),
        messages.logout_response(head("https://idp/slo"), to="_lo1"),
    ],
)
def test_what_we_send_of_logout_is_signed(message: etree._Element) -> None:
    root = etree.fromstring(base64.b64decode(messages.posted(message, RSA)))
    assert [etree.QName(child).localname for child in root][:2] == ["Issuer", "Signature"]
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(RSA.certificate.public_bytes(Encoding.PEM), xmlsec.KeyFormat.CERT_PEM)
    context.verify(xmlsec.tree.find_node(root, xmlsec.Node.SIGNATURE))
