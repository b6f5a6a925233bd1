"""What we send to an identity provider, and what it may send by itself: requests for login, and single logout both ways.

Source: reference/login-and-signing.md §2.2, §2.7; OASIS saml-bindings-2.0 §3.4.
"""

import base64
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from lxml import etree

from webcert.login.saml.metadata import Provider
from webcert.login.saml.names import ASSERTION, POST, PROTOCOL, SUCCESS, TRANSIENT, A, P, moment, text_of, written
from webcert.login.saml.response import SIZE_LIMIT, Reason, Rejected
from webcert.riv import xml
from webcert.staff.identity import ProviderSession
from webcert.xmldsig import algorithms
from webcert.xmldsig.enveloped import BadSignature, sign, verified
from webcert.xmldsig.keys import Credential

NEWEST = timedelta(minutes=5)
"""A message of logout that is older than so has been kept by somebody."""


@dataclass(frozen=True, slots=True)
class Head:
    """What begins every message: its id, when it is written, from whom and to which address."""

    id: str
    now: datetime
    issuer: str
    destination: str

    def element(self, name: str, **attributes: str) -> etree._Element:
        """The message with nothing but its head."""
        told = {"ID": self.id, "Version": "2.0", "IssueInstant": written(self.now), "Destination": self.destination}
        root = etree.Element(f"{P}{name}", told | attributes, nsmap={"samlp": PROTOCOL, "saml": ASSERTION})
        etree.SubElement(root, f"{A}Issuer").text = self.issuer
        return root


def login_request(head: Head, *, acs: str, contexts: tuple[str, ...], asks_for_hsa_id: bool) -> etree._Element:
    """A request for login at one of the levels `contexts` (none: whatever the provider has). Single sign-on is welcome."""
    attributes = {"AssertionConsumerServiceURL": acs, "ProtocolBinding": POST}
    if asks_for_hsa_id:
        attributes["AttributeConsumingServiceIndex"] = "1"
    root = head.element("AuthnRequest", **attributes)
    etree.SubElement(root, f"{P}NameIDPolicy", {"Format": TRANSIENT, "AllowCreate": "true"})
    if contexts:
        requested = etree.SubElement(root, f"{P}RequestedAuthnContext", {"Comparison": "exact"})
        for context in contexts:
            etree.SubElement(requested, f"{A}AuthnContextClassRef").text = context
    return root


def redirection(message: etree._Element, *, location: str, relay_state: str, by: Credential) -> str:
    """The address that brings a request to the provider by redirection, with its signature."""
    deflated = zlib.compress(etree.tostring(message), wbits=-15)
    parts = {
        "SAMLRequest": base64.b64encode(deflated).decode(),
        "RelayState": relay_state,
        "SigAlg": algorithms.signature_algorithm(by.key),
    }
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in parts.items())
    signature = base64.b64encode(algorithms.signature_of(by.key, query.encode())).decode()
    return f"{location}{'&' if '?' in location else '?'}{query}&Signature={quote(signature, safe='')}"


def posted(message: etree._Element, by: Credential) -> str:
    """The signed message as the field of a form carries it."""
    sign(message, by, position=1)
    return base64.b64encode(etree.tostring(message)).decode()


def logout_request(head: Head, session: ProviderSession) -> etree._Element:
    """A request that the provider ends the session."""
    root = head.element("LogoutRequest", NotOnOrAfter=written(head.now + NEWEST))
    etree.SubElement(root, f"{A}NameID", {"Format": TRANSIENT}).text = session.name_id
    if session.index:
        etree.SubElement(root, f"{P}SessionIndex").text = session.index
    return root


def logout_response(head: Head, *, to: str) -> etree._Element:
    """The answer that the session with the provider has ended here, to the request with the id `to`."""
    root = head.element("LogoutResponse", InResponseTo=to)
    etree.SubElement(etree.SubElement(root, f"{P}Status"), f"{P}StatusCode", {"Value": SUCCESS})
    return root


@dataclass(frozen=True, slots=True)
class LogoutRequest:
    """A provider's request that we end what it opened: the sessions of that name, all or those with one of the indexes."""

    id: str
    name_id: str
    indexes: tuple[str, ...]


def read_logout_request(document: bytes, *, provider: Provider, address: str, skew: timedelta, now: datetime) -> LogoutRequest:
    """The provider's request, whose signature is mandatory. Raises Rejected."""
    root = _message(document, "LogoutRequest", provider, address, skew, now)
    name_id = text_of(root.find(f"{A}NameID"))
    if not name_id or not root.get("ID"):
        raise Rejected(Reason.ATTRIBUTE_MISSING)
    return LogoutRequest(root.get("ID", ""), name_id, tuple(text_of(index) for index in root.findall(f"{P}SessionIndex")))


def require_logout_response(document: bytes, *, provider: Provider, address: str, skew: timedelta, now: datetime) -> str:
    """The id of the request that the provider's signed answer belongs to. Raises Rejected."""
    return _message(document, "LogoutResponse", provider, address, skew, now).get("InResponseTo", "")


def issuer_of(document: bytes) -> tuple[str, str]:
    """Which kind of message it is and who says that he sent it; not believed yet. Raises Rejected."""
    root = _parsed(document)
    return etree.QName(root).localname, text_of(root.find(f"{A}Issuer"))


def _message(document: bytes, name: str, provider: Provider, address: str, skew: timedelta, now: datetime) -> etree._Element:
    try:
        root = verified(_parsed(document), provider.certificates)
    except BadSignature as bad:
        raise Rejected(Reason(bad.flaw)) from None
    if root.tag != f"{P}{name}" or root.get("Version") != "2.0":
        raise Rejected(Reason.NOT_A_RESPONSE)
    if text_of(root.find(f"{A}Issuer")) != provider.entity_id:
        raise Rejected(Reason.ISSUER_MISMATCH)
    if root.get("Destination") != address:
        raise Rejected(Reason.RECIPIENT)
    try:
        issued, ends = moment(root.get("IssueInstant", "")), root.get("NotOnOrAfter")
        if issued + NEWEST + skew < now or (ends and moment(ends) + skew <= now):
            raise Rejected(Reason.EXPIRED)
    except ValueError:
        raise Rejected(Reason.UNREADABLE) from None
    if issued - skew > now:
        raise Rejected(Reason.NOT_YET_VALID)
    return root


def _parsed(document: bytes) -> etree._Element:
    if len(document) > SIZE_LIMIT:
        raise Rejected(Reason.TOO_LARGE)
    try:
        return xml.parse(document)
    except xml.UnreadableXml:
        raise Rejected(Reason.UNREADABLE) from None
