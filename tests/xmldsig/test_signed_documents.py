"""Certificates that are signed here: an independent library verifies them, and what is changed afterwards is seen.

Source: reference/login-and-signing.md §6.7.
"""

import base64
import contextlib
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
from webcert.riv import signed_form, xml
from webcert.riv.soap import envelope
from webcert.xmldsig import algorithms
from webcert.xmldsig.algorithms import PrivateKey
from webcert.xmldsig.certificates import Check, Trust, signature_of, verify, with_signature
from webcert.xmldsig.enveloped import DS
from webcert.xmldsig.keys import certificates
from webcert.xmldsig.profile import Flaw, signed_info
from webcert.xmldsig.structure import is_sound
from written import DOCUMENTS, document

DOCUMENT = document(DOCUMENTS[0])
KEYS: dict[str, PrivateKey] = {
    "RSA": rsa.generate_private_key(65537, 2048),
    "P-256": ec.generate_private_key(ec.SECP256R1()),
}


def self_signed(key: PrivateKey, serial_number: str) -> x509.Certificate:
    """A certificate that is its own authority, which is enough here."""
    name = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, serial_number)])
    usage = dict.fromkeys(("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=3650))
        .not_valid_after(datetime.now(UTC) + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )


def signed(key: PrivateKey, unsigned: bytes = DOCUMENT) -> tuple[bytes, Trust]:
    """The document signed with the key, by the one who has issued it."""
    root = xml.parse(unsigned)
    id = root.findtext(".//{*}intygs-id/{*}extension") or ""
    signer = self_signed(key, root.findtext(".//{*}personal-id/{*}extension") or "")
    info = signed_info(id, signed_form.digest(root, id), algorithms.signature_algorithm(key))
    return with_signature(unsigned, signature_of(info, algorithms.signature_of(key, info), signer)), Trust((signer,))


def verified_by_libxmlsec(message: bytes, key: PrivateKey) -> bool:
    """The verdict of a library that runs the stylesheet and the filters of the document."""
    root = etree.fromstring(message)
    (node,) = root.iter("{http://www.w3.org/2000/09/xmldsig#}Signature")
    context = xmlsec.SignatureContext()
    pem = self_signed(key, "x").public_bytes(Encoding.PEM)
    context.key = xmlsec.Key.from_memory(pem, xmlsec.KeyFormat.CERT_PEM)
    with contextlib.suppress(xmlsec.Error):
        context.verify(node)
        return True
    return False


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_what_is_signed_here_verifies_here_and_elsewhere(key: PrivateKey) -> None:
    message, trust = signed(key)
    (verification,) = verify(message, trust)
    assert verification.valid, verification.flaw
    assert verified_by_libxmlsec(message, key)
    assert verified_by_libxmlsec(envelope(message, logical_address="2021005521"), key), "and as it is sent"


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS)
def test_a_change_is_seen_here_and_elsewhere(key: PrivateKey) -> None:
    message, trust = signed(key)
    changed = message.replace(b"<c:efternamn", b"<c:efternamn id='x'", 1)
    (verification,) = verify(changed, trust)
    assert verification.flaw == Flaw.REFERENCE_DIGEST_MISMATCH
    assert not verified_by_libxmlsec(changed, key)


def test_only_the_signature_is_added() -> None:
    message, _ = signed(KEYS["P-256"])
    start, end = message.index(b"<u:underskrift"), message.index(b"</u:underskrift>") + len(b"</u:underskrift>")
    assert message[:start] + message[end:] == DOCUMENT
    assert b"xmlns=" not in message, "a stylesheet that inherits a default name space signs nothing at all"


def test_a_number_in_der_becomes_what_xml_signatures_have() -> None:
    key = KEYS["P-256"]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    der = key.sign(b"octets", ec.ECDSA(hashes.SHA256()))
    value = algorithms.encoded(key.public_key(), der)
    assert len(value) == 64
    assert algorithms.encoded(key.public_key(), value) == value
    assert algorithms.is_signature(algorithms.ECDSA_SHA256, key.public_key(), value, b"octets")
    with pytest.raises(ValueError, match=r"\w"):
        algorithms.encoded(key.public_key(), b"neither")


TRICKS = {
    "a second signature": (b"</u:underskrift>", f"<x:Signature xmlns:x='{DS}'/></u:underskrift>".encode(), Flaw.SIGNATURE_MISPLACED),
    "something after the signature": (b"</p:intyg>", b"<c:svar id='1'/></p:intyg>", Flaw.SIGNATURE_MISPLACED),
    "an object in the signature": (b"</ds:KeyInfo>", b"</ds:KeyInfo><ds:Object/>", Flaw.SIGNATURE_MALFORMED),
    "an instruction in what is signed": (b"<ds:SignedInfo ", b"<?x y?><ds:SignedInfo ", Flaw.SIGNATURE_MALFORMED),
    "a text that goes on after an instruction": (b"</c:delsvar>", b"<?x y?>mer</c:delsvar>", Flaw.REFERENCE_DIGEST_MISMATCH),
    "an instruction that hides the rest of a text": (b"</c:delsvar>", b"<?x y?></c:delsvar>", Flaw.SCHEMA_INVALID),
    "a parameter for the canonical form": (b"c14n#\"></ds:Can", b"c14n#\"><ds:x/></ds:Can", Flaw.ALGORITHM_NOT_ALLOWED),
    "a type that changes the element": (b"<c:efternamn", b"<c:efternamn xml:space='preserve'", Flaw.REFERENCE_DIGEST_MISMATCH),
    "a no-break space": (b"<c:efternamn/>", "<c:efternamn>\u00a0</c:efternamn>".encode(), Flaw.REFERENCE_DIGEST_MISMATCH),
    "an answer in another name space": (b"<c:svar id", b"<x:svar xmlns:x='urn:x' id", Flaw.SCHEMA_INVALID),
    "an unsigned element in an answer": (b"</c:svar>", b"<c:relation>x</c:relation></c:svar>", Flaw.SCHEMA_INVALID),
    "an unsigned element among the patient's": (b"<c:fornamn", b"<c:status/><c:fornamn", Flaw.SCHEMA_INVALID),
}  # fmt: skip


@pytest.mark.parametrize("trick", TRICKS)
def test_T2_what_others_do_not_notice(trick: str) -> None:
    message, trust = signed(KEYS["P-256"])
    old, new, flaw = TRICKS[trick]
    assert old in message
    tricked = message.replace(old, new, 1)
    if trick.startswith("an answer"):
        tricked = tricked.replace(b"</c:svar>", b"</x:svar>", 1)
    (verification,) = verify(tricked, trust)
    assert verification.flaw == flaw
    assert not verification.valid


def test_nobody_is_trusted_unless_said() -> None:
    message, _ = signed(KEYS["RSA"])
    (verification,) = verify(message, Trust())
    assert verification.checks[Check.TRUSTED] == Flaw.CERTIFICATE_UNTRUSTED


def test_the_worked_example() -> None:
    """The anchors of §6.8."""
    example = xml.parse(shared("data/signatures/gen-01-rsa-valid.xml").read_bytes())
    id = "741eaa42-904e-59d0-b5bd-d4165483f542"
    assert len(signed_form.canonical(example, id)) == 2840
    info = signed_info(id, signed_form.digest(example, id), algorithms.RSA_SHA256)
    assert (
        base64.b16encode(algorithms.digest(algorithms.SHA256, info)).lower()
        == b"9370fb2e8b12bbfebf9a061fe478da9f769a27b1208e3e9355b3758a79a592df"
    )


def test_the_message_of_the_sign_service_is_made_to_the_octet() -> None:
    unsigned = shared("data/signatures/dss/certificate-unsigned.xml").read_bytes()
    expected = shared("data/signatures/dss/certificate-signed.xml").read_bytes()
    octets = shared("data/signatures/dss/signed-info.c14n.xml").read_bytes()
    root, id = xml.parse(unsigned), "58aad04e-5bd2-5f10-909e-cd9b90783052"
    assert signed_info(id, signed_form.digest(root, id), algorithms.ECDSA_SHA256) == octets
    (verification,) = verify(expected, Trust(certificates(shared("data/signatures/dss/user-ca.pem"))))
    assert verification.valid
    assert verification.signer
    value = base64.b64decode(xml.parse(expected).findtext(".//{*}SignatureValue") or "")
    made = with_signature(unsigned, signature_of(octets, value, verification.signer))
    (again,) = verify(made, Trust(certificates(shared("data/signatures/dss/user-ca.pem"))))
    assert again.valid


@pytest.mark.parametrize("folder", ["data/signatures", "data/samples/lisjp"])
def test_no_sound_document_is_taken_for_an_odd_one(folder: str) -> None:
    odd = {
        file.name
        for file in shared(folder).rglob("*.xml")
        if not file.name.startswith("gen-20")
        for certificate in etree.fromstring(file.read_bytes()).iter("{*}intyg")
        if certificate.find("{*}intygs-id") is not None and not is_sound(certificate)
    }
    assert odd <= {"gen-23-smuggled-status-in-svar.xml"}
