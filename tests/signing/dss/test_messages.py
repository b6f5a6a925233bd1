"""The messages to and from the signing service: what is asked for is what the reference says, and no answer is believed too easily."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from signxml.verifier import XMLVerifier

from shared import shared
from simulators.pki import Pki
from webcert.signing.dss import request, response
from webcert.signing.dss.names import HSA_ID, C, D
from webcert.signing.dss.request import Asked
from webcert.signing.dss.response import Doubt, NotSigned, Service
from webcert.xmldsig import keys
from webcert.xmldsig.certificates import Trust, signature_of, verify, with_signature


def _file(name: str) -> Path:
    return shared(f"data/signatures/dss/{name}")


def given(name: str) -> bytes:
    """What that file of the generated examples holds."""
    return _file(name).read_bytes()


def known() -> dict[str, Any]:
    index: dict[str, Any] = json.loads(given("index.json"))
    return index


def asked() -> Asked:
    ticket = known()["ticket"]
    return Asked(
        id=ticket["requestId"],
        task=ticket["signTaskId"],
        signed_info=given("signed-info.c14n.xml"),
        attribute=HSA_ID,
        signer=ticket["userHsaId"],
        type_name="Läkarintyg för sjukpenning",
        certificate_id=ticket["intygsId"],
        requester="https://webcert.example.invalid/metadata",
        service="https://signservice.example.invalid/metadata",
        provider="https://idp.example.invalid/saml/sign/oob",
        answer_to=ticket["audience"],
    )


def service() -> Service:
    return Service(keys.certificates(_file("sign-service.pem")), Trust(keys.certificates(_file("user-ca.pem"))))


def now() -> datetime:
    return datetime.fromisoformat(known()["ticket"]["verifyAt"])


ANSWERS = [
    "response-ok.xml",
    "response-ok-der.xml",
    "response-tampered.xml",
    "response-unsigned.xml",
    "response-rogue-service.xml",
    "response-other-request-id.xml",
    "response-signer-certificate-other-person.xml",
    "response-user-cancel.xml",
]
DOUBTS = {
    "response-tampered.xml": Doubt.SIGNATURE,
    "response-unsigned.xml": Doubt.SIGNATURE,
    "response-rogue-service.xml": Doubt.SIGNATURE,
    "response-other-request-id.xml": Doubt.OTHER_REQUEST,
    "response-signer-certificate-other-person.xml": Doubt.OTHER_SIGNER,
    "response-user-cancel.xml": Doubt.STATUS,
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_of_the_shared_material_gets_its_verdict(name: str) -> None:
    listed = known()["responses"]
    assert set(ANSWERS) == set(listed)
    document = given(name)
    if listed[name]["accept"]:
        assert len(response.read(document, asked=asked(), service=service(), now=now()).value) == 64
        return
    with pytest.raises(NotSigned) as refused:
        response.read(document, asked=asked(), service=service(), now=now())
    assert refused.value.doubt == DOUBTS[name]
    assert refused.value.cancelled == (listed[name]["ticketStatus"] == "AVBRUTEN")


@pytest.mark.parametrize("name", ["response-ok.xml", "response-ok-der.xml"])
def test_what_comes_of_it_is_the_signed_certificate(name: str) -> None:
    signed = response.read(given(name), asked=asked(), service=service(), now=now())
    unsigned = given("certificate-unsigned.xml")
    (verdict,) = verify(with_signature(unsigned, signature_of(asked().signed_info, signed.value, signed.signer)), service().trust)
    assert verdict.valid, verdict.checks
    (expected,) = verify(given("certificate-signed.xml"), service().trust)
    assert expected.valid


@pytest.mark.parametrize("late", [timedelta(minutes=11), timedelta(minutes=-5)])
def test_an_answer_of_another_time_is_not_taken(late: timedelta) -> None:
    with pytest.raises(NotSigned, match="TIME"):
        response.read(given("response-ok.xml"), asked=asked(), service=service(), now=now() + late)


@pytest.mark.parametrize(
    ("changed", "doubt"),
    [
        ({"task": "another"}, "OTHER_TASK"),
        ({"signed_info": b"something else"}, "OTHER_TASK"),
        ({"signer": "TSTNMT2321000156-107Q"}, "OTHER_SIGNER"),
        ({"attribute": "urn:oid:1.2.752.29.4.13"}, "OTHER_SIGNER"),
    ],
)
def test_an_answer_to_something_else_is_not_taken(changed: dict[str, Any], doubt: str) -> None:
    facts = {name: getattr(asked(), name) for name in Asked.__slots__} | changed
    with pytest.raises(NotSigned, match=doubt):
        response.read(given("response-ok.xml"), asked=Asked(**facts), service=service(), now=now())


def test_signers_of_an_authority_that_is_not_trusted_are_not_taken(tmp_path: Any) -> None:
    other = Pki(tmp_path).authority("ca", "Another CA").certificate
    strict = Service(service().certificates, Trust((other,)))
    with pytest.raises(NotSigned, match="UNTRUSTED"):
        response.read(given("response-ok.xml"), asked=asked(), service=strict, now=now())


@pytest.mark.parametrize("document", [b"", b"<a/>", b"<!DOCTYPE a><a/>", b"\xff", b"<a>" * 100])
def test_what_is_no_answer_is_refused(document: bytes) -> None:
    with pytest.raises(NotSigned):
        response.read(document, asked=asked(), service=service(), now=now())


def test_the_request_is_as_the_reference_says_and_signed(tmp_path: Any) -> None:
    made = Pki(tmp_path).self_signed("requester", "Requester")
    document = request.written(asked(), now=now(), by=keys.Credential(made.key, made.certificate))
    found = XMLVerifier().verify(document, x509_cert=made.certificate, expect_references=1)
    assert not isinstance(found, list)
    assert found.signed_xml is not None
    ours, example = etree.fromstring(document), etree.fromstring(given("sign-request.xml"))
    assert outline(ours) == outline(example)
    assert ours.findtext(f".//{C}ToBeSignedBytes") == example.findtext(f".//{C}ToBeSignedBytes")
    signature = ours.find(f"{D}OptionalInputs")
    assert signature is not None
    assert signature[1].tag.endswith("Signature")


def test_nothing_of_the_patient_is_shown_at_the_service(tmp_path: Any) -> None:
    assert "1212" not in request._shown(asked()).replace(asked().certificate_id, "")


def outline(root: etree._Element) -> list[tuple[str, list[str]]]:
    """Every element with its attributes' names, but for the signature, whose order of attributes is another's."""
    return [
        (str(element.tag), sorted(map(str, element.attrib))) for element in root.iter(etree.Element) if "xmldsig" not in str(element.tag)
    ]
