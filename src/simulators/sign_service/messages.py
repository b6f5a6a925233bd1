"""The signing service's messages: a SignRequest read, a SignResponse written and signed.

Source: OASIS DSS 1.0 with the Swedish e-ID extension, version 1.4.
"""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # the stubs lack it
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidInput, InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import XMLVerifier

from simulators.idp.messages import ASSERTION, DS
from simulators.idp.service_providers import ServiceProvider
from simulators.pki import Credential, Pki, ec_key, subject
from simulators.xml import Refused, parsed

DSS = "urn:oasis:names:tc:dss:1.0:core:schema"
CSIG = "http://id.elegnamnden.se/csig/1.1/dss-ext/ns"
PROFILE = "http://id.elegnamnden.se/csig/1.1/dss-ext/profile"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
LEVEL = "http://id.sambi.se/loa/loa3"
_MAJOR = "urn:oasis:names:tc:dss:1.0:resultmajor:"

D = ElementMaker(namespace=DSS, nsmap={"dss": DSS, "csig": CSIG, "saml": ASSERTION})
C = ElementMaker(namespace=CSIG)
A = ElementMaker(namespace=ASSERTION)
S = ElementMaker(namespace=DS, nsmap={"ds": DS})
_C, _D, _A = f"{{{CSIG}}}", f"{{{DSS}}}", f"{{{ASSERTION}}}"


@dataclass(frozen=True)
class SignRequest:
    """What somebody asks for."""

    id: str
    requester: str
    answer_to: str
    attribute: str
    signer: str
    provider: str
    task: str
    to_be_signed: bytes
    message: str
    ends: datetime


def requester_of(document: bytes) -> str:
    """Who says that he asks. Raises Refused."""
    return parsed(document).findtext(f".//{_C}SignRequester", "")


def read(document: bytes, by: ServiceProvider) -> SignRequest:
    """The request, which the service provider has signed and whose time is not out. Raises Refused."""
    try:
        found = XMLVerifier().verify(document, x509_cert=by.certificate)
    except (InvalidSignature, InvalidInput) as error:
        raise Refused(f"Förfrågans signatur stämmer inte: {error}") from None
    assert not isinstance(found, list)
    root = found.signed_xml
    assert root is not None
    signer = root.find(f".//{_C}Signer/{_A}Attribute")
    conditions, task = root.find(f".//{_A}Conditions"), root.find(f".//{_C}SignTaskData")
    if signer is None or conditions is None or task is None or root.findtext(f".//{_C}RequestedSignatureAlgorithm") != ECDSA_SHA256:
        raise Refused("Förfrågan saknar något.")
    request = SignRequest(
        id=root.get("RequestID", ""),
        requester=by.entity_id,
        answer_to=root.findtext(f".//{_A}Audience", ""),
        attribute=signer.get("Name", ""),
        signer=signer.findtext(f"{_A}AttributeValue", ""),
        provider=root.findtext(f".//{_C}IdentityProvider", ""),
        task=task.get("SignTaskId", ""),
        to_be_signed=base64.b64decode(task.findtext(f"{_C}ToBeSignedBytes", "")),
        message=base64.b64decode(root.findtext(f".//{_C}Message", "")).decode(),
        ends=datetime.fromisoformat(conditions.get("NotOnOrAfter", "")),
    )
    if datetime.now(UTC) >= request.ends:
        raise Refused("Tiden för förfrågan har gått ut.")
    return request


def signed(request: SignRequest, name: str, flaw: str, *, pki: Pki, authority: Credential, service: Credential) -> bytes:
    """The answer that the user has signed; with a flaw when the stand-in is told so."""
    who = "SE2321000990-0000" if flaw == "wrong-user" else request.signer
    signer, value = sign_as(who, name, request.to_be_signed, pki=pki, authority=authority)
    chain = [signer, authority.certificate]
    root = _answer(request, "Success", at=datetime.now(UTC) - timedelta(hours=1 if flaw == "late" else 0))
    extension = root.find(f"{_D}OptionalOutputs/{_C}SignResponseExtension")
    assert extension is not None
    extension.append(_who_signed(request, who))
    extension.append(C.SignatureCertificateChain(*(C.X509Certificate(_base64(each.public_bytes(Encoding.DER))) for each in chain)))
    task = C.SignTaskData(
        C.ToBeSignedBytes(_base64(request.to_be_signed)),
        C.Base64Signature(_base64(value if flaw == "der" else _side_by_side(value)), Type=ECDSA_SHA256),
        SignTaskId=request.task,
        SigType="XML",
    )
    root.append(D.SignatureObject(D.Other(C.SignTasks(task))))
    document = _signed(root, service)
    return document.replace(b"</csig:AssertionRef>", b"x</csig:AssertionRef>") if flaw == "tampered" else document


def sign_as(who: str, name: str, octets: bytes, *, pki: Pki, authority: Credential) -> tuple[x509.Certificate, bytes]:
    """The signature (DER) of that person, by a key that is used once, and the certificate that tells whose it is."""
    key = ec_key()
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    given, _, surname = name.partition(" ")
    certificate = pki.unkept(subject(name, serial_number=who, given_name=given, surname=surname), authority, key)
    return certificate, key.sign(octets, ec.ECDSA(hashes.SHA256()))


def refusal(request: SignRequest, minor: str, service: Credential) -> bytes:
    """The answer that nothing has been signed."""
    return _signed(_answer(request, "RequesterError", minor), service)


def _answer(request: SignRequest, major: str, minor: str = "", at: datetime | None = None) -> etree._Element:
    told = (at or datetime.now(UTC)).isoformat(timespec="milliseconds")
    result = D.Result(D.ResultMajor(_MAJOR + major), *([D.ResultMinor(minor)] if minor else []))
    outputs = D.OptionalOutputs(C.SignResponseExtension(C.ResponseTime(told), Version="1.4"), S.Signature(Id="placeholder"))
    made: etree._Element = D.SignResponse(result, outputs, Profile=PROFILE, RequestID=request.id)
    return made


def _who_signed(request: SignRequest, who: str) -> etree._Element:
    context = C.ContextInfo(
        C.IdentityProvider(request.provider),
        C.AuthenticationInstant(datetime.now(UTC).isoformat(timespec="milliseconds")),
        A.AuthnContextClassRef(LEVEL),
        C.AssertionRef("_assertion"),
    )
    told = A.AttributeStatement(A.Attribute(A.AttributeValue(who), Name=request.attribute))
    made: etree._Element = C.SignerAssertionInfo(context, told)
    return made


def _signed(root: etree._Element, by: Credential) -> bytes:
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return etree.tostring(signer.sign(root, key=by.key, cert=[by.certificate]))


def _side_by_side(der: bytes) -> bytes:
    return b"".join(number.to_bytes(32) for number in decode_dss_signature(der))


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
