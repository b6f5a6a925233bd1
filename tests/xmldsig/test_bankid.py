"""BankID's signatures: what the known structure takes, and everything that it refuses; chains and OCSP responses. Real keys, no network."""

import base64
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree

from simulators.bankid.orders import Order
from simulators.bankid.signing import Person, Signer
from simulators.pki import Pki
from webcert.vocabulary import clock
from webcert.xmldsig import chain, ocsp
from webcert.xmldsig.bankid import Signed, signed_in
from webcert.xmldsig.enveloped import BadSignature, Flaw
from webcert.xmldsig.keys import certificates

TOLVAN = Person("191212121212", "Tolvan", "Tolvansson")
TEXT, BOUND = "Läkarintyg för sjukpenning", '{"digest":"x"}'


class Sample(NamedTuple):
    """A signature as BankID gives it back, with the OCSP response, and the authority above the signer's issuer."""

    document: str
    ocsp_response: bytes
    root: x509.Certificate

    @property
    def signed(self) -> Signed:
        return signed_in(self.document.encode())

    @property
    def issuer(self) -> x509.Certificate:
        return chain.issuer_of(self.signed.signer, trusted=[self.root], between=self.signed.chain, at=clock.now())


@pytest.fixture(scope="module")
def sign(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Signs, with one of the stand-in's flaws or none."""
    folder: Path = tmp_path_factory.mktemp("pki")
    signer = Signer(Pki(folder))
    visible, hidden = (base64.b64encode(text.encode()).decode() for text in (TEXT, BOUND))

    def signed(flaw: str = "") -> Sample:
        order = Order("", TOLVAN.number, visible, hidden, "", "", "", 0, 1, "pending", "", None, "")
        done = json.loads(signer.sign(order, TOLVAN, flaw))
        (root,) = certificates(folder / "bankid-root.crt")
        return Sample(base64.b64decode(done["signature"]).decode(), base64.b64decode(done["ocspResponse"]), root)

    return signed


@pytest.fixture(scope="module")
def sample(sign: Callable[[str], Sample]) -> Sample:
    return sign("")


def test_what_was_signed_and_by_whom(sample: Sample) -> None:
    assert sample.signed.visible.decode() == TEXT
    assert sample.signed.hidden.decode() == BOUND
    assert sample.signed.personal_id == TOLVAN.number


def test_an_independent_reader_agrees(sample: Sample) -> None:
    root = etree.fromstring(sample.document.encode())
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    certificate = base64.b64decode(root.findtext(".//{*}X509Certificate", ""))
    context.key = xmlsec.Key.from_memory(certificate, xmlsec.constants.KeyDataFormatCertDer)
    context.verify(root)


CHANGES: dict[str, tuple[str, str, Flaw]] = {
    "no signed data": (r"<Object>.*</Object>", "<Object></Object>", Flaw.WRAPPING),
    "signed data twice": (r"(<Object>)(.*)(</Object>)", r"\1\2\2\3", Flaw.WRAPPING),
    "a second object": (r"(<Object>.*</Object>)", r"\1<Object></Object>", Flaw.WRAPPING),
    "another id": (r'Id="bidSignedData"', 'Id="bidSignedData2"', Flaw.WRAPPING),
    "signed data not vouched for": (r'<Reference Type=.*?</Reference>(<Reference URI="#bidKey.*?</Reference>)', r"\1\1", Flaw.WRAPPING),
    "certificates not vouched for": (r'<Reference URI="#bidKeyInfo">.*?</Reference>', "", Flaw.WRAPPING),
    "a stylesheet": (r'(<Transform) Algorithm="[^"]*"', r'\1 Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"', Flaw.ALGORITHM),
    "a second transform": (r"(<Transform .*?</Transform>)", r"\1\1", Flaw.ALGORITHM),
    "a transform with content": (r"(<Transform [^>]*>)", r"\1<XPath>/</XPath>", Flaw.ALGORITHM),
    "sha-1": (r"xmlenc#sha256", "xmldsig#sha1", Flaw.ALGORITHM),
    "another way to write": (r"REC-xml-c14n-20010315", "REC-xml-c14n-20010315#WithComments", Flaw.ALGORITHM),
    "a key instead of certificates": (r"<X509Data>.*</X509Data>", "<KeyValue></KeyValue>", Flaw.MISSING),
    "a document type": (r"<Signature ", "<!DOCTYPE x []><Signature ", Flaw.INVALID),
    "another text": (r"(<usrVisibleData[^>]*>)[^<]*", r"\1aGVq", Flaw.INVALID),
    "two texts": (r"(<usrVisibleData.*</usrVisibleData>)", r"\1\1", Flaw.INVALID),
    "another value": (r"<SignatureValue>....", "<SignatureValue>AAAA", Flaw.INVALID),
    "a broken value": (r"<SignatureValue>..", "<SignatureValue>??", Flaw.INVALID),
    "a broken certificate": (r"<X509Certificate>....", "<X509Certificate>AAAA", Flaw.INVALID),
    "a name space in scope": (r"<Signature ", '<Signature xmlns:x="urn:x" ', Flaw.INVALID),
    "another root": (r"<(/?)Signature\b(?!Value|Method)", r"<\1Signed", Flaw.WRAPPING),
    "no XML": (r".*", "x", Flaw.INVALID),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_document_of_another_shape_or_content_is_refused(sample: Sample, change: str) -> None:
    pattern, replacement, flaw = CHANGES[change]
    changed = re.sub(pattern, replacement, sample.document, count=0 if change == "another root" else 1, flags=re.S)
    assert changed != sample.document
    with pytest.raises(BadSignature) as refused:
        signed_in(changed.encode())
    assert refused.value.flaw == flaw


def test_the_signer_comes_from_the_trusted_authority_over_the_one_between(sample: Sample) -> None:
    assert sample.issuer == sample.signed.chain[1]
    nearest = sample.issuer
    assert chain.issuer_of(sample.signed.signer, trusted=[nearest], at=clock.now()) == nearest, "it may be trusted itself"


def test_no_chain_without_what_stands_between(sample: Sample) -> None:
    with pytest.raises(chain.Untrusted):
        chain.issuer_of(sample.signed.signer, trusted=[sample.root], at=clock.now())


@pytest.mark.parametrize("away", [timedelta(days=-9000), timedelta(days=4000)])
def test_no_chain_at_another_time(sample: Sample, away: timedelta) -> None:
    with pytest.raises(chain.Untrusted):
        chain.issuer_of(sample.signed.signer, trusted=[sample.root], between=sample.signed.chain, at=clock.now() + away)


def test_somebody_elses_authority_with_the_same_name_is_not_it(sample: Sample, tmp_path: Path) -> None:
    twin = Pki(tmp_path).authority("twin", "Test BankID Root CA").certificate
    assert twin.subject == sample.root.subject
    with pytest.raises(chain.Untrusted):
        chain.issuer_of(sample.signed.signer, trusted=[twin], between=sample.signed.chain, at=clock.now())


def issued(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: tuple[str, ec.EllipticCurvePrivateKey],
    *,
    ca: bool,
    length: int | None = None,
    usage: bool = True,
) -> x509.Certificate:
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, it)]) for it in (name, by[0])]
    flags = dict.fromkeys(
        ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"),
        False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(names[0])
        .issuer_name(names[1])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(1))
        .not_valid_after(clock.now() + timedelta(1))
        .add_extension(x509.BasicConstraints(ca, length if ca else None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, key_cert_sign=usage, **flags), critical=True)
        .sign(by[1], hashes.SHA256())
    )


@pytest.mark.parametrize(
    ("ca", "length", "usage", "trusted"),
    [(True, 1, True, True), (True, None, True, True), (True, 0, True, False), (True, 1, False, False), (False, None, True, False)],
)
def test_an_authority_has_the_right_to_be_one(ca: bool, length: int | None, usage: bool, trusted: bool) -> None:
    root, middle, person = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    above = issued("root", root, ("root", root), ca=ca, length=length, usage=usage)
    between = issued("middle", middle, ("root", root), ca=True, length=0)
    signer = issued("person", person, ("middle", middle), ca=False)
    if trusted:
        assert chain.issuer_of(signer, trusted=[above], between=[between], at=clock.now()) == between
    else:
        with pytest.raises(chain.Untrusted):
            chain.issuer_of(signer, trusted=[above], between=[between], at=clock.now())


def test_a_person_issues_nothing(sample: Sample) -> None:
    person, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    signer = issued("person", person, ("person", person), ca=False)
    forged = issued("other", other, ("person", person), ca=False)
    with pytest.raises(chain.Untrusted):
        chain.issuer_of(forged, trusted=[signer], at=clock.now())


def test_the_authority_says_that_the_certificate_is_good(sample: Sample) -> None:
    assert len(ocsp.require_good(sample.ocsp_response, certificate=sample.signed.signer, issuer=sample.issuer, at=clock.now())) == 32


@pytest.mark.parametrize(
    ("flaw", "refusal"), [("revoked", ocsp.Revoked), ("ocsp-unknown", ocsp.BadResponse), ("ocsp-forged", ocsp.BadResponse)]
)
def test_the_authority_does_not_say_so(sign: Callable[[str], Sample], flaw: str, refusal: type[Exception]) -> None:
    sample = sign(flaw)
    with pytest.raises(refusal):
        ocsp.require_good(sample.ocsp_response, certificate=sample.signed.signer, issuer=sample.issuer, at=clock.now())


def test_a_response_about_another_certificate_or_of_another_time_says_nothing(sample: Sample) -> None:
    signer, issuer = sample.signed.signer, sample.issuer
    for certificate, at in ((issuer, clock.now()), (signer, clock.now() + timedelta(hours=1)), (signer, clock.now() - timedelta(hours=1))):
        with pytest.raises(ocsp.BadResponse):
            ocsp.require_good(sample.ocsp_response, certificate=certificate, issuer=issuer, at=at)


@pytest.mark.parametrize("place", [0, 40, 120, -40, -1])
def test_a_response_that_was_changed_says_nothing(sample: Sample, place: int) -> None:
    changed = bytearray(sample.ocsp_response)
    changed[place] ^= 1
    with pytest.raises(ocsp.BadResponse):
        ocsp.require_good(bytes(changed), certificate=sample.signed.signer, issuer=sample.issuer, at=clock.now())
