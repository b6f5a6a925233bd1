"""SOAP 1.1 envelopes as the RIV-TA basic profile 2.1 wants them: a header with the logical address, a body with one message."""

from lxml import etree

from webcert.riv.xml import UnreadableXml

CONTENT_TYPE = "text/xml; charset=utf-8"

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_REGISTRY = "urn:riv:itintegration:registry:1"
_ENVELOPE = (
    f'<soap:Envelope xmlns:soap="{_SOAP}"><soap:Header>'
    f'<reg:LogicalAddress xmlns:reg="{_REGISTRY}">%s</reg:LogicalAddress>'
    "</soap:Header><soap:Body>"
)
_END = b"</soap:Body></soap:Envelope>"


class Fault(Exception):
    """The other side answered with a SOAP fault: its code and its text."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code = code
        self.text = text


def envelope(message: bytes, *, logical_address: str) -> bytes:
    """The envelope round `message`, whose bytes stand in it exactly as given (a signature in it stays valid).

    `message` is one serialised element in UTF-8, without XML declaration.
    """
    address = logical_address.replace("&", "&amp;").replace("<", "&lt;")
    return (_ENVELOPE % address).encode() + message + _END


def is_envelope(root: etree._Element) -> bool:
    """Whether `root` is a SOAP envelope and not a bare message."""
    return root.tag == f"{{{_SOAP}}}Envelope"


def unwrap(root: etree._Element) -> etree._Element:
    """The message in the body of the envelope `root`.

    Raises Fault when the body carries a fault, UnreadableXml when `root` is no envelope with exactly one message.
    """
    body = root.find(f"{{{_SOAP}}}Body") if is_envelope(root) else None
    if body is None or len(body) != 1:
        raise UnreadableXml("not a SOAP envelope with one message")
    message = body[0]
    if message.tag == f"{{{_SOAP}}}Fault":
        raise Fault(message.findtext("faultcode", ""), message.findtext("faultstring", ""))
    return message
