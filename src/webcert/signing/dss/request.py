"""The request that the signing service lets a user sign: written and signed by us. Pure.

Source: reference/login-and-signing.md §6.12. The text that is shown tells the kind of certificate and its id, and nothing of a patient.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape

from lxml import etree

from webcert.signing.dss.names import CSIG, DSS, HSA_ID, PROFILE, SAML, VERSION, A, C, D
from webcert.xmldsig.algorithms import ECDSA_SHA256
from webcert.xmldsig.enveloped import sign
from webcert.xmldsig.keys import Credential

LEVELS = ("http://id.sambi.se/loa/loa2", "http://id.sambi.se/loa/loa3")
"""How well the user must prove who she is when she signs."""

_EARLIER, _LATER = timedelta(minutes=2), timedelta(minutes=8)
_ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. `id` names the request and `task` what is to be signed in it; `signed_info` are the octets.

    `attribute` and `signer` say who must sign: the name of the attribute and its value. `requester`, `service`, `provider` and
    `answer_to` are entity ids and the address for the answer.
    """

    id: str
    task: str
    signed_info: bytes
    attribute: str
    signer: str
    type_name: str
    certificate_id: str
    requester: str
    service: str
    provider: str
    answer_to: str


def written(asked: Asked, *, now: datetime, by: Credential) -> bytes:
    """The signed SignRequest."""
    root = etree.Element(f"{D}SignRequest", {"Profile": PROFILE, "RequestID": asked.id}, nsmap={"dss": DSS, "csig": CSIG, "saml": SAML})
    inputs = etree.SubElement(root, f"{D}OptionalInputs")
    extension = etree.SubElement(inputs, f"{C}SignRequestExtension", {"Version": VERSION})
    _text(extension, f"{C}RequestTime", _moment(now))
    conditions = etree.SubElement(
        extension, f"{A}Conditions", {"NotBefore": _moment(now - _EARLIER), "NotOnOrAfter": _moment(now + _LATER)}
    )
    _text(etree.SubElement(conditions, f"{A}AudienceRestriction"), f"{A}Audience", asked.answer_to)
    signer = etree.SubElement(etree.SubElement(extension, f"{C}Signer"), f"{A}Attribute", {"Name": asked.attribute})
    _text(signer, f"{A}AttributeValue", asked.signer)
    _text(extension, f"{C}AuthnProfile", "digg_ap_hsaid_01")
    for name, entity in (("IdentityProvider", asked.provider), ("SignRequester", asked.requester), ("SignService", asked.service)):
        _text(extension, f"{C}{name}", entity, Format=_ENTITY)
    _text(extension, f"{C}RequestedSignatureAlgorithm", ECDSA_SHA256)
    _ask_for_certificate(extension, asked.attribute)
    message = etree.SubElement(extension, f"{C}SignMessage", {"MustShow": "true", "MimeType": "text/html", "DisplayEntity": asked.provider})
    _text(message, f"{C}Message", _encoded(_shown(asked).encode()))
    _add_task(root, asked)
    sign(root, by, holder=inputs, position=1)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _ask_for_certificate(extension: etree._Element, identity: str) -> None:
    """The signer's certificate is to tell her names and who she is to us."""
    properties = etree.SubElement(extension, f"{C}CertRequestProperties", {"CertType": "PKC"})
    for level in LEVELS:
        _text(properties, f"{A}AuthnContextClassRef", level)
    requested = etree.SubElement(properties, f"{C}RequestedCertAttributes")
    given_name, surname = ("http://sambi.se/attributes/1/givenName", "http://sambi.se/attributes/1/surname")
    if identity != HSA_ID:
        given_name, surname = ("urn:oid:2.5.4.42", "urn:oid:2.5.4.4")
    for oid, name, source in (
        ("2.5.4.42", "givenName", given_name),
        ("2.5.4.4", "sn", surname),
        ("2.5.4.5", "serialNumber", identity),
        ("2.5.4.3", "commonName", "urn:name"),
    ):
        facts = {"CertAttributeRef": oid, "FriendlyName": name, "Required": "true"}
        _text(etree.SubElement(requested, f"{C}RequestedCertAttribute", facts), f"{C}SamlAttributeName", source)


def _add_task(root: etree._Element, asked: Asked) -> None:
    other = etree.SubElement(etree.SubElement(root, f"{D}InputDocuments"), f"{D}Other")
    task = etree.SubElement(etree.SubElement(other, f"{C}SignTasks"), f"{C}SignTaskData", {"SignTaskId": asked.task, "SigType": "XML"})
    _text(task, f"{C}ToBeSignedBytes", _encoded(asked.signed_info))


def _shown(asked: Asked) -> str:
    return f"<p>Du skriver under ett intyg i Webcert.</p><p>{escape(asked.type_name)}<br/>Intygs-id: {escape(asked.certificate_id)}</p>"


def _text(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = text


def _encoded(octets: bytes) -> str:
    return base64.b64encode(octets).decode()


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
