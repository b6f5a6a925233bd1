"""Signatures inside messages: what the strict profile takes, and everything that it refuses. reference/login-and-signing.md §2.5."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from lxml import etree

from shared import shared
from webcert.riv import xml
from webcert.xmldsig.enveloped import DS, BadSignature, Flaw, sign, verified
from webcert.xmldsig.keys import Credential, certificates

MESSAGE = b'<m:Message xmlns:m="urn:m" xmlns:unused="urn:u" ID="_1">\n<m:Issuer>us</m:Issuer> <m:Text>\xc3\xa5</m:Text></m:Message>'


def made(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> Credential:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    return Credential(key, builder.not_valid_before(now).not_valid_after(now + timedelta(1)).sign(key, hashes.SHA256()))


RSA = made(rsa.generate_private_key(65537, 2048))
P256 = made(ec.generate_private_key(ec.SECP256R1()))
P384 = made(ec.generate_private_key(ec.SECP384R1()))
SHORT = made(rsa.generate_private_key(65537, 1024))


def signed(by: Credential = RSA, message: bytes = MESSAGE) -> etree._Element:
    root = xml.parse(message)
    sign(root, by, position=1)
    return xml.parse(etree.tostring(root))


def flaw_of(root: etree._Element, trusted: Credential = RSA) -> Flaw:
    with pytest.raises(BadSignature) as refused:
        verified(root, [trusted.certificate])
    return refused.value.flaw


@pytest.mark.parametrize("by", [RSA, P256, P384])
def test_what_is_signed_is_given_back_without_the_signature(by: Credential) -> None:
    root = verified(signed(by), [RSA.certificate, P256.certificate, P384.certificate])
    assert [child.tag for child in root] == ["{urn:m}Issuer", "{urn:m}Text"]
    assert root.findtext("{urn:m}Text") == "å"
    assert root.getparent() is None


@pytest.mark.parametrize("by", [RSA, P256])
def test_another_implementation_finds_our_signatures_good(by: Credential) -> None:
    root = signed(by)
    xmlsec.tree.add_ids(root, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(by.certificate.public_bytes(Encoding.PEM), xmlsec.KeyFormat.CERT_PEM)
    context.verify(xmlsec.tree.find_node(root, xmlsec.Node.SIGNATURE))


def test_a_document_without_id_is_signed_as_a_whole_and_the_signature_may_stand_further_in() -> None:
    root = xml.parse(b"<r><a>1</a><outputs><b/></outputs></r>")
    sign(root, P256, holder=root[1], position=1)
    assert etree.tostring(verified(root, [P256.certificate], holder=root[1])) == b"<r><a>1</a><outputs><b/></outputs></r>"
    assert flaw_of(root, P256) is Flaw.MISSING


@pytest.mark.parametrize("name", ["response-ok", "response-ok-der"])
def test_the_signing_services_answers_are_verified(name: str) -> None:
    folder = shared("data/signatures/dss")
    root = xml.parse((folder / f"{name}.xml").read_bytes())
    assert verified(root, certificates(folder / "sign-service.pem"), holder=root.find("{*}OptionalOutputs")).tag == root.tag


def test_only_the_given_keys_count_whatever_the_signature_says_of_keys() -> None:
    assert flaw_of(signed(P256), RSA) is Flaw.UNTRUSTED_KEY
    assert flaw_of(signed(made(rsa.generate_private_key(65537, 2048))), RSA) is Flaw.UNTRUSTED_KEY
    assert flaw_of(signed(SHORT), SHORT) is Flaw.UNTRUSTED_KEY
    without = signed()
    without.find(f"{{{DS}}}Signature").remove(without.find(f".//{{{DS}}}KeyInfo"))
    assert verified(without, [RSA.certificate]).get("ID") == "_1"


def test_no_signature_and_a_signature_of_something_else_are_told_apart() -> None:
    assert flaw_of(xml.parse(MESSAGE)) is Flaw.MISSING
    changed = signed()
    changed.find("{urn:m}Text").text = "ä"
    assert flaw_of(changed) is Flaw.INVALID


def element(root: etree._Element, path: str) -> etree._Element:
    return root.find("/".join([".", *(f"{{{DS}}}{name}" for name in path.split("/"))]))


def other_reference(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/Reference").set("URI", "#_2")


def whole_document(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/Reference").set("URI", "")


def two_references(root: etree._Element) -> None:
    info = element(root, "Signature/SignedInfo")
    info.append(xml.parse(etree.tostring(info[-1])))


def two_signatures(root: etree._Element) -> None:
    root.append(xml.parse(etree.tostring(element(root, "Signature"))))


def an_object(root: etree._Element) -> None:
    etree.SubElement(element(root, "Signature"), f"{{{DS}}}Object")


def same_id_twice(root: etree._Element) -> None:
    root.find("{urn:m}Text").set("Id", "_1")


def third_transform(root: etree._Element) -> None:
    etree.SubElement(
        element(root, "Signature/SignedInfo/Reference/Transforms"),
        f"{{{DS}}}Transform",
        Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116",
    )


def only_enveloped(root: etree._Element) -> None:
    transforms = element(root, "Signature/SignedInfo/Reference/Transforms")
    transforms.remove(transforms[1])


def parameter_of_transform(root: etree._Element) -> None:
    etree.SubElement(element(root, "Signature/SignedInfo/Reference/Transforms")[1], "{urn:x}Parameter")


def with_comments(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/CanonicalizationMethod").set("Algorithm", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments")


def hmac_with_the_certificate(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/SignatureMethod").set("Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256")


def sha1_digest(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/Reference/DigestMethod").set("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1")


def no_value(root: etree._Element) -> None:
    element(root, "Signature/SignatureValue").text = None


def not_base64(root: etree._Element) -> None:
    element(root, "Signature/SignedInfo/Reference/DigestValue").text = "!"


def not_even_ascii(root: etree._Element) -> None:
    element(root, "Signature/SignatureValue").text = "å"


def no_canonical_form(root: etree._Element) -> None:
    root.append(etree.fromstring('<x xmlns:relative="a" relative:b="c"/>'))


def short_value(root: etree._Element) -> None:
    element(root, "Signature/SignatureValue").text = base64.b64encode(b"1").decode()


@pytest.mark.parametrize(
    ("spoil", "flaw"),
    [
        (other_reference, Flaw.WRAPPING),
        (whole_document, Flaw.WRAPPING),
        (two_references, Flaw.WRAPPING),
        (two_signatures, Flaw.WRAPPING),
        (an_object, Flaw.WRAPPING),
        (same_id_twice, Flaw.WRAPPING),
        (third_transform, Flaw.ALGORITHM),
        (only_enveloped, Flaw.ALGORITHM),
        (parameter_of_transform, Flaw.ALGORITHM),
        (with_comments, Flaw.ALGORITHM),
        (hmac_with_the_certificate, Flaw.ALGORITHM),
        (sha1_digest, Flaw.ALGORITHM),
        (no_value, Flaw.UNTRUSTED_KEY),
        (short_value, Flaw.UNTRUSTED_KEY),
        (not_base64, Flaw.INVALID),
        (not_even_ascii, Flaw.INVALID),
        (no_canonical_form, Flaw.INVALID),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_what_departs_from_the_profile_is_refused(spoil: Callable[[etree._Element], None], flaw: Flaw) -> None:
    for by in (RSA, P256):
        root = signed(by)
        spoil(root)
        assert flaw_of(root, by) is flaw
