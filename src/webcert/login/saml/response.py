"""The answer to a request for login: whether it may be believed, step by step in the order that is mandatory, and what it says.

Source: reference/login-and-signing.md §2.5. After the signature only what was signed is read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from lxml import etree

from webcert.login.saml.names import BEARER, SUCCESS, A, P, moment, text_of
from webcert.riv import xml
from webcert.xmldsig.enveloped import SIGNATURE, BadSignature, Flaw, require_unique_ids, verified

SIZE_LIMIT = 256 * 1024

_COMMENT = re.compile(rb"<!--|<\?(?!xml[\s?])")


class Reason(StrEnum):
    """Why a response is refused."""

    TOO_LARGE = "TOO_LARGE"
    DTD_FORBIDDEN = "DTD_FORBIDDEN"
    UNREADABLE = "UNREADABLE"
    NOT_A_RESPONSE = "NOT_A_RESPONSE"
    STATUS = "STATUS"
    COMMENT_IN_VALUE = "COMMENT_IN_VALUE"
    ENCRYPTED = "ENCRYPTED"
    SIGNATURE_WRAPPING = Flaw.WRAPPING
    SIGNATURE_MISSING = Flaw.MISSING
    ALGORITHM = Flaw.ALGORITHM
    SIGNATURE_INVALID = Flaw.INVALID
    SIGNATURE_UNTRUSTED_KEY = Flaw.UNTRUSTED_KEY
    ISSUER_MISMATCH = "ISSUER_MISMATCH"
    RECIPIENT = "RECIPIENT"
    IN_RESPONSE_TO = "IN_RESPONSE_TO"
    CONFIRMATION = "CONFIRMATION"
    NOT_YET_VALID = "NOT_YET_VALID"
    EXPIRED = "EXPIRED"
    AUDIENCE = "AUDIENCE"
    AUTHENTICATION_TOO_OLD = "AUTHENTICATION_TOO_OLD"
    ASSURANCE_LEVEL = "ASSURANCE_LEVEL"
    ATTRIBUTE_MISSING = "ATTRIBUTE_MISSING"
    ATTRIBUTE_AMBIGUOUS = "ATTRIBUTE_AMBIGUOUS"
    LOGIN_METHOD = "LOGIN_METHOD"
    REPLAY = "REPLAY"


class Rejected(Exception):
    """The response is not believed. `status` is what the provider said when it would not log the user in. Never carries other content."""

    def __init__(self, reason: Reason, status: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Expected:
    """What a response has to fit: who we are, who the provider is, which request it answers, and how strict we are."""

    entity_id: str
    acs: str
    provider: str
    certificates: tuple[x509.Certificate, ...]
    request_id: str
    contexts: frozenset[str]
    skew: timedelta
    longest_age: timedelta


@dataclass(frozen=True, slots=True)
class Asserted:
    """What the provider vouches for. `good_until` is when the assertion can no longer be delivered a second time; `session_ends_at`
    is when the user has to prove again who she is, if the provider says so."""

    id: str
    name_id: str
    session_index: str
    level: str
    attributes: dict[str, tuple[str, ...]]
    good_until: datetime
    session_ends_at: datetime | None = None


def validated(document: bytes, expected: Expected, now: datetime) -> Asserted:
    """What the response says, when everything about it is in order. Raises Rejected.

    Whether the assertion has been seen before is for the caller to remember.
    """
    root = _parsed(document)
    _require_success(root)
    _require_one_assertion(root, document)
    response, assertion = _signed(root, expected.certificates)
    try:
        _require_issuer(response, assertion, expected.provider)
        good_until = _require_addressed(response, assertion, expected, now)
        _require_in_force(assertion, expected, now)
        statement = _require_recent(assertion, expected, now)
    except ValueError:
        raise Rejected(Reason.UNREADABLE) from None
    level = text_of(statement.find(f"{A}AuthnContext/{A}AuthnContextClassRef"))
    if level not in expected.contexts:
        raise Rejected(Reason.ASSURANCE_LEVEL)
    return Asserted(
        id=assertion.get("ID", ""),
        name_id=text_of(assertion.find(f"{A}Subject/{A}NameID")),
        session_index=statement.get("SessionIndex", ""),
        level=level,
        attributes=_attributes(assertion),
        good_until=good_until + expected.skew,
        session_ends_at=moment(ends) if (ends := statement.get("SessionNotOnOrAfter")) else None,
    )


def _parsed(document: bytes) -> etree._Element:
    if len(document) > SIZE_LIMIT:
        raise Rejected(Reason.TOO_LARGE)
    if b"<!DOCTYPE" in document:
        raise Rejected(Reason.DTD_FORBIDDEN)
    try:
        root = xml.parse(document, limit=SIZE_LIMIT)
    except xml.UnreadableXml:
        raise Rejected(Reason.UNREADABLE) from None
    if root.tag != f"{P}Response" or root.get("Version") != "2.0":
        raise Rejected(Reason.NOT_A_RESPONSE)
    return root


def _require_success(root: etree._Element) -> None:
    code = root.find(f"{P}Status/{P}StatusCode")
    if code is None or code.get("Value") != SUCCESS:
        inner = None if code is None else code.find(f"{P}StatusCode")
        told = inner if inner is not None else code
        raise Rejected(Reason.STATUS, status="" if told is None else told.get("Value", ""))


def _require_one_assertion(root: etree._Element, document: bytes) -> None:
    if next(root.iter(f"{A}EncryptedAssertion", f"{A}EncryptedID", f"{A}EncryptedAttribute"), None) is not None:
        raise Rejected(Reason.ENCRYPTED)
    assertions = list(root.iter(f"{A}Assertion"))
    if len(assertions) != 1 or assertions[0].getparent() is not root:
        raise Rejected(Reason.SIGNATURE_WRAPPING if assertions else Reason.SIGNATURE_MISSING)
    if any(signature.getparent() not in (root, assertions[0]) for signature in root.iter(SIGNATURE)):
        raise Rejected(Reason.SIGNATURE_WRAPPING)
    try:
        require_unique_ids(root.getroottree())
    except BadSignature as bad:
        raise Rejected(Reason(bad.flaw)) from None
    if _COMMENT.search(document):
        raise Rejected(Reason.COMMENT_IN_VALUE)


def _signed(root: etree._Element, certificates: Iterable[x509.Certificate]) -> tuple[etree._Element, etree._Element]:
    """The response and its assertion, whose signature has been verified: its own, that of the response, or each of both."""
    trusted = tuple(certificates)
    try:
        response = verified(root, trusted) if root.find(SIGNATURE) is not None else root
        assertion = response.find(f"{A}Assertion")
        assert assertion is not None
        if response is root or assertion.find(SIGNATURE) is not None:
            assertion = verified(assertion, trusted)
    except BadSignature as bad:
        raise Rejected(Reason(bad.flaw)) from None
    return response, assertion


def _require_issuer(response: etree._Element, assertion: etree._Element, provider: str) -> None:
    told = response.find(f"{A}Issuer")
    if text_of(assertion.find(f"{A}Issuer")) != provider or (told is not None and text_of(told) != provider):
        raise Rejected(Reason.ISSUER_MISMATCH)


def _require_addressed(response: etree._Element, assertion: etree._Element, expected: Expected, now: datetime) -> datetime:
    """That this is the answer to our request, brought by whoever bears it; gives until when it may be brought."""
    bearers = [each for each in assertion.findall(f"{A}Subject/{A}SubjectConfirmation") if each.get("Method") == BEARER]
    data = bearers[0].find(f"{A}SubjectConfirmationData") if len(bearers) == 1 else None
    if data is None or data.get("NotBefore") or not data.get("NotOnOrAfter"):
        raise Rejected(Reason.CONFIRMATION)
    if response.get("Destination") != expected.acs or data.get("Recipient") != expected.acs:
        raise Rejected(Reason.RECIPIENT)
    if {response.get("InResponseTo"), data.get("InResponseTo")} != {expected.request_id}:
        raise Rejected(Reason.IN_RESPONSE_TO)
    until = moment(data.get("NotOnOrAfter", ""))
    if until + expected.skew <= now:
        raise Rejected(Reason.EXPIRED)
    return until


def _require_in_force(assertion: etree._Element, expected: Expected, now: datetime) -> None:
    """Conditions may leave times out, which then have no limit (reference §2.3); the audience they may not leave out."""
    conditions = assertion.find(f"{A}Conditions")
    if conditions is None:
        raise Rejected(Reason.AUDIENCE)
    starts = [moment(text) for text in (assertion.get("IssueInstant"), conditions.get("NotBefore")) if text]
    if any(start - expected.skew > now for start in starts):
        raise Rejected(Reason.NOT_YET_VALID)
    end = conditions.get("NotOnOrAfter")
    if end and moment(end) + expected.skew <= now:
        raise Rejected(Reason.EXPIRED)
    restrictions = conditions.findall(f"{A}AudienceRestriction")
    audiences = [{text_of(audience) for audience in restriction.findall(f"{A}Audience")} for restriction in restrictions]
    if not audiences or any(expected.entity_id not in audience for audience in audiences):
        raise Rejected(Reason.AUDIENCE)


def _require_recent(assertion: etree._Element, expected: Expected, now: datetime) -> etree._Element:
    """The one statement of how the user proved who she is, not too long ago."""
    statements = assertion.findall(f"{A}AuthnStatement")
    if len(statements) != 1:
        raise Rejected(Reason.CONFIRMATION)
    (statement,) = statements
    authenticated = moment(statement.get("AuthnInstant", ""))
    if authenticated - expected.skew > now:
        raise Rejected(Reason.NOT_YET_VALID)
    if authenticated + expected.longest_age + expected.skew < now:
        raise Rejected(Reason.AUTHENTICATION_TOO_OLD)
    ends = statement.get("SessionNotOnOrAfter")
    if ends and moment(ends) + expected.skew <= now:
        raise Rejected(Reason.EXPIRED)
    return statement


def _attributes(assertion: etree._Element) -> dict[str, tuple[str, ...]]:
    """Name → values, of all statements together. A value that is more than text counts as none."""
    found: dict[str, tuple[str, ...]] = {}
    for attribute in assertion.findall(f"{A}AttributeStatement/{A}Attribute"):
        values = (text_of(value) for value in attribute.findall(f"{A}AttributeValue") if not len(value))
        name = attribute.get("Name", "")
        found[name] = (*found.get(name, ()), *(value for value in values if value))
    return found
