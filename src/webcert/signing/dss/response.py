"""The answer of the signing service: whether it may be believed, and the signature in it. Pure.

Everything is compared with what was asked, and only what the service has signed is read. Source: reference/login-and-signing.md §6.12.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from lxml import etree

from webcert.riv import xml
from webcert.signing.dss.names import PROFILE, SUCCESS, USER_CANCEL, A, C, D
from webcert.signing.dss.request import LEVELS, Asked
from webcert.xmldsig import algorithms
from webcert.xmldsig.algorithms import ECDSA_SHA256
from webcert.xmldsig.certificates import Trust, signer_ids
from webcert.xmldsig.enveloped import SIGNATURE, BadSignature, verified
from webcert.xmldsig.keys import certificate_of

SIZE_LIMIT = 2 * 1024 * 1024

_OLDEST, _SKEW = timedelta(minutes=10), timedelta(minutes=1)


class Doubt(StrEnum):
    """Why an answer is not believed."""

    UNREADABLE = "UNREADABLE"
    SIGNATURE = "SIGNATURE"
    OTHER_REQUEST = "OTHER_REQUEST"
    STATUS = "STATUS"
    TIME = "TIME"
    OTHER_TASK = "OTHER_TASK"
    OTHER_SIGNER = "OTHER_SIGNER"
    LEVEL = "LEVEL"
    ALGORITHM = "ALGORITHM"
    UNTRUSTED = "UNTRUSTED"
    VALUE = "VALUE"


class NotSigned(Exception):
    """The answer brings no signature that counts. `cancelled`: the user would not. `status` is the service's own word, if it gave one."""

    def __init__(self, doubt: Doubt, *, status: str = "") -> None:
        super().__init__(doubt.value)
        self.doubt, self.status = doubt, status

    @property
    def cancelled(self) -> bool:
        """Whether the user gave it up herself."""
        return self.status == USER_CANCEL


@dataclass(frozen=True, slots=True)
class Signed:
    """The signature in the form that XML signatures have, and the certificate of the signer."""

    value: bytes
    signer: x509.Certificate


@dataclass(frozen=True, slots=True)
class Service:
    """Who must have written the answer: the certificates of the service's keys, and who vouches for the signers it serves."""

    certificates: tuple[x509.Certificate, ...]
    trust: Trust


def read(document: bytes, *, asked: Asked, service: Service, now: datetime) -> Signed:
    """The signature, when everything about the answer is in order. Raises NotSigned."""
    try:
        root = _verified(document, service.certificates)
        _require_answer_to(root, asked, now)
        task = _task(root, asked)
        extension = _need(root, f"{D}OptionalOutputs/{C}SignResponseExtension", Doubt.UNREADABLE)
        _require_signer(extension, asked)
        return _signed(extension, task, asked, service.trust, now)
    except (ValueError, UnsupportedAlgorithm) as error:  # unreadable XML, base64, time or certificate
        raise NotSigned(Doubt.UNREADABLE) from error


def _verified(document: bytes, trusted: Iterable[x509.Certificate]) -> etree._Element:
    root = xml.parse(document, limit=SIZE_LIMIT)
    outputs = root.findall(f"{D}OptionalOutputs")
    if root.tag != f"{D}SignResponse" or root.get("Profile") != PROFILE or len(outputs) != 1 or len(list(root.iter(SIGNATURE))) != 1:
        raise NotSigned(Doubt.SIGNATURE)
    try:
        return verified(root, trusted, holder=outputs[0])
    except BadSignature as bad:
        raise NotSigned(Doubt.SIGNATURE) from bad


def _require_answer_to(root: etree._Element, asked: Asked, now: datetime) -> None:
    if root.get("RequestID") != asked.id:
        raise NotSigned(Doubt.OTHER_REQUEST)
    if root.findtext(f"{D}Result/{D}ResultMajor") != SUCCESS:
        raise NotSigned(Doubt.STATUS, status=(root.findtext(f"{D}Result/{D}ResultMinor") or "").strip())
    told = datetime.fromisoformat(_need(root, f".//{C}ResponseTime", Doubt.TIME).text or "")
    if told.tzinfo is None or not now - _OLDEST <= told <= now + _SKEW:
        raise NotSigned(Doubt.TIME)


def _task(root: etree._Element, asked: Asked) -> etree._Element:
    tasks = list(root.iter(f"{C}SignTaskData"))
    if len(tasks) != 1 or tasks[0].get("SignTaskId") != asked.task:
        raise NotSigned(Doubt.OTHER_TASK)
    if _octets(tasks[0], f"{C}ToBeSignedBytes") != asked.signed_info:
        raise NotSigned(Doubt.OTHER_TASK)
    return tasks[0]


def _require_signer(extension: etree._Element, asked: Asked) -> None:
    """That the user whom we asked for has proven who she is, well enough."""
    info = _need(extension, f"{C}SignerAssertionInfo", Doubt.OTHER_SIGNER)
    attributes = info.findall(f"{A}AttributeStatement/{A}Attribute[@Name='{asked.attribute}']/{A}AttributeValue")
    if [(value.text or "").strip() for value in attributes] != [asked.signer]:
        raise NotSigned(Doubt.OTHER_SIGNER)
    if (info.findtext(f"{C}ContextInfo/{A}AuthnContextClassRef") or "").strip() not in LEVELS:
        raise NotSigned(Doubt.LEVEL)


def _signed(extension: etree._Element, task: etree._Element, asked: Asked, trust: Trust, now: datetime) -> Signed:
    told = extension.findall(f"{C}SignatureCertificateChain/{C}X509Certificate")
    if not told:
        raise NotSigned(Doubt.UNTRUSTED)
    signer, *between = (certificate_of(element.text or "") for element in told)
    if signer_ids(signer) != (asked.signer,):
        raise NotSigned(Doubt.OTHER_SIGNER)
    if not (signer.not_valid_before_utc <= now <= signer.not_valid_after_utc):
        raise NotSigned(Doubt.UNTRUSTED)
    if not Trust(trust.authorities, (*trust.between, *between)).vouches_for(signer, now):
        raise NotSigned(Doubt.UNTRUSTED)
    if _need(task, f"{C}Base64Signature", Doubt.VALUE).get("Type") != ECDSA_SHA256:
        raise NotSigned(Doubt.ALGORITHM)
    key = signer.public_key()
    value = algorithms.encoded(key, _octets(task, f"{C}Base64Signature"))
    if not algorithms.is_signature(ECDSA_SHA256, key, value, asked.signed_info):
        raise NotSigned(Doubt.VALUE)
    return Signed(value, signer)


def _need(parent: etree._Element, path: str, doubt: Doubt) -> etree._Element:
    found = parent.findall(path)
    if len(found) != 1:
        raise NotSigned(doubt)
    return found[0]


def _octets(parent: etree._Element, name: str) -> bytes:
    return base64.b64decode("".join((_need(parent, name, Doubt.UNREADABLE).text or "").split()), validate=True)
