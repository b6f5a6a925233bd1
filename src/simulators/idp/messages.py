"""SAML messages as an identity provider reads and writes them."""

import base64
import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from lxml import etree
from lxml.builder import ElementMaker  # type: ignore[import-not-found]  # the stubs lack it
from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidInput, InvalidSignature
from signxml.signer import XMLSigner
from signxml.verifier import XMLVerifier

from simulators.idp.providers import Provider, User
from simulators.idp.service_providers import ServiceProvider
from simulators.pki import Credential
from simulators.xml import Refused, parsed

ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"
DS = "http://www.w3.org/2000/09/xmldsig#"
_STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"

A = ElementMaker(namespace=ASSERTION, nsmap={"saml": ASSERTION})
P = ElementMaker(namespace=PROTOCOL, nsmap={"samlp": PROTOCOL, "saml": ASSERTION})
M = ElementMaker(namespace=METADATA, nsmap={"md": METADATA})
D = ElementMaker(namespace=DS, nsmap={"ds": DS})


@dataclass(frozen=True)
class LoginRequest:
    """What a service provider asks for."""

    id: str
    issuer: str
    acs: str
    levels: tuple[str, ...]


def read_login_request(query: str) -> tuple[LoginRequest, str, bytes, bytes]:
    """From a redirection's query: the request, its relay state, the bytes that are signed, and the signature. Raises Refused."""
    parts = {name: values[0] for name, values in parse_qs(query).items()}
    try:
        root = parsed(zlib.decompress(base64.b64decode(parts["SAMLRequest"]), wbits=-15))
        signature = base64.b64decode(parts["Signature"])
    except (KeyError, ValueError, zlib.error) as error:
        raise Refused(f"Förfrågan går inte att läsa: {error}") from None
    if parts.get("SigAlg") != _RSA_SHA256:
        raise Refused("Förfrågan är inte signerad med rsa-sha256.")
    request = LoginRequest(
        id=root.get("ID", ""),
        issuer=root.findtext(f"{{{ASSERTION}}}Issuer", ""),
        acs=root.get("AssertionConsumerServiceURL", ""),
        levels=tuple(level.text or "" for level in root.iter(f"{{{ASSERTION}}}AuthnContextClassRef")),
    )
    return request, parts.get("RelayState", ""), query.partition("&Signature=")[0].encode(), signature


def require_signed(by: ServiceProvider, content: bytes, signature: bytes) -> None:
    """Raise Refused when the service provider has not signed the bytes."""
    key = by.certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise Refused("Tjänstens nyckel är ingen RSA-nyckel.")
    try:
        key.verify(signature, content, PKCS1v15(), hashes.SHA256())
    except Exception:
        raise Refused("Förfrågans signatur stämmer inte.") from None


def read_logout(document: bytes, by: ServiceProvider) -> etree._Element:
    """The signed request or answer of the service provider. Raises Refused."""
    try:
        found = XMLVerifier().verify(parsed(document), x509_cert=by.certificate, id_attribute="ID")
    except (InvalidSignature, InvalidInput) as error:
        raise Refused(f"Meddelandets signatur stämmer inte: {error}") from None
    assert not isinstance(found, list)
    assert found.signed_xml is not None
    return found.signed_xml


def issuer_of(document: bytes) -> str:
    """Who says that the message is his."""
    return parsed(document).findtext(f"{{{ASSERTION}}}Issuer", "")


def response(
    provider: Provider, entity_id: str, user: User, request: LoginRequest, level: str, method: str, name_id: str, by: Credential
) -> bytes:
    """That the user is who she is."""
    now = datetime.now(UTC)
    until = _written(now + timedelta(minutes=5))
    assertion = A.Assertion(
        A.Issuer(entity_id),
        _place_of_signature(),
        A.Subject(
            A.NameID(name_id, Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
            A.SubjectConfirmation(
                A.SubjectConfirmationData(InResponseTo=request.id, NotOnOrAfter=until, Recipient=request.acs),
                Method="urn:oasis:names:tc:SAML:2.0:cm:bearer",
            ),
        ),
        A.Conditions(A.AudienceRestriction(A.Audience(request.issuer)), NotBefore=_written(now - timedelta(minutes=1)), NotOnOrAfter=until),
        A.AuthnStatement(
            A.AuthnContext(A.AuthnContextClassRef(level)), AuthnInstant=_written(now), SessionIndex=name_id.replace("_name", "_session")
        ),
        A.AttributeStatement(*(_attribute(name, value) for name, value in _told(provider, entity_id, user, level, method).items())),
        ID=_new_id(),
        IssueInstant=_written(now),
        Version="2.0",
    )
    root = _response(entity_id, request, f"{_STATUS}Success")
    root.append(_signed(assertion, by))
    return etree.tostring(root)


def refusal(entity_id: str, request: LoginRequest, by: Credential) -> bytes:
    """That the user was not logged in."""
    root = _response(entity_id, request, f"{_STATUS}Responder", f"{_STATUS}AuthnFailed")
    root.insert(1, _place_of_signature())
    return etree.tostring(_signed(root, by))


def logout_request(entity_id: str, destination: str, name_id: str, by: Credential) -> bytes:
    """That the session of that name has ended."""
    root = P.LogoutRequest(
        A.Issuer(entity_id), _place_of_signature(), A.NameID(name_id), P.SessionIndex(name_id.replace("_name", "_session")),
        ID=_new_id(), Version="2.0", IssueInstant=_written(datetime.now(UTC)), Destination=destination,
    )  # fmt: skip
    return etree.tostring(_signed(root, by))


def logout_response(entity_id: str, destination: str, to: str, by: Credential) -> bytes:
    """The answer to a request for logout."""
    root = P.LogoutResponse(
        A.Issuer(entity_id), _place_of_signature(), P.Status(P.StatusCode(Value=f"{_STATUS}Success")),
        ID=_new_id(), Version="2.0", IssueInstant=_written(datetime.now(UTC)), Destination=destination, InResponseTo=to,
    )  # fmt: skip
    return etree.tostring(_signed(root, by))


def metadata(entity_id: str, base: str, by: Credential) -> bytes:
    """The provider's metadata, signed."""
    binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-"
    key = D.KeyInfo(D.X509Data(D.X509Certificate(as_text(by))))
    root = M.EntityDescriptor(
        _place_of_signature(),
        M.IDPSSODescriptor(
            M.KeyDescriptor(key, use="signing"),
            M.SingleLogoutService(Binding=f"{binding}POST", Location=f"{base}/slo"),
            M.NameIDFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:transient"),
            M.SingleSignOnService(Binding=f"{binding}Redirect", Location=f"{base}/sso"),
            WantAuthnRequestsSigned="true",
            protocolSupportEnumeration=PROTOCOL,
        ),
        ID=_new_id(),
        entityID=entity_id,
        validUntil=_written(datetime.now(UTC) + timedelta(days=30)),
    )
    return etree.tostring(_signed(root, by))


def new_name() -> str:
    """A name for one login, of no use anywhere else."""
    return f"_name{secrets.token_hex(12)}"


def as_text(by: Credential) -> str:
    """The certificate as metadata write it."""
    return "".join(by.certificate_path.read_text().split("-----")[2].split())


def _told(provider: Provider, entity_id: str, user: User, level: str, method: str) -> dict[str, str]:
    if provider.name == "siths":
        return {
            "http://sambi.se/attributes/1/employeeHsaId": user.id,
            "urn:sambi:names:attribute:authnMethod": level,
            "urn:identityProviderForSign": entity_id,
        }
    given, _, surname = user.name.partition(" ")
    return {
        "Subject_SerialNumber": user.id,
        "Subject_GivenName": given,
        "Subject_Surname": surname,
        "Subject_CommonName": user.name,
        "Subject_CountryName": "SE",
        "SecurityLevelDescription": level.rpartition(":")[2],
        "LoginMethod": method,
    }


def _attribute(name: str, value: str) -> etree._Element:
    made: etree._Element = A.Attribute(A.AttributeValue(value), Name=name)
    return made


def _response(entity_id: str, request: LoginRequest, code: str, inner: str = "") -> etree._Element:
    status = P.StatusCode(*([P.StatusCode(Value=inner)] if inner else []), Value=code)
    made: etree._Element = P.Response(
        A.Issuer(entity_id),
        P.Status(status),
        ID=_new_id(),
        Version="2.0",
        IssueInstant=_written(datetime.now(UTC)),
        Destination=request.acs,
        InResponseTo=request.id,
    )
    return made


def _place_of_signature() -> etree._Element:
    made: etree._Element = D.Signature(Id="placeholder")
    return made


def _signed(root: etree._Element, by: Credential) -> etree._Element:
    signer = XMLSigner(
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0,
    )
    return signer.sign(root, key=by.key, cert=[by.certificate], reference_uri=root.get("ID"), id_attribute="ID")


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _new_id() -> str:
    return f"_{secrets.token_hex(16)}"
