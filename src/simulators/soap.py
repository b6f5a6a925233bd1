"""The server side of SOAP: read a request's message, write an answer or a fault."""

from collections.abc import Callable
from functools import partial

from lxml import etree
from starlette.responses import Response

_SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
_BODY = f"{{{_SOAP}}}Body"


class BadRequest(Exception):
    """The bytes are no SOAP request that the stand-in can read."""


class Maker:
    """Makes elements of one namespace: `maker.name(child, "text")`."""

    def __init__(self, namespace: str = "", prefixes: dict[str, str] | None = None) -> None:
        self._start = f"{{{namespace}}}" if namespace else ""
        self._prefixes = prefixes

    def __getattr__(self, name: str) -> Callable[..., etree._Element]:
        return partial(self._make, name)

    def _make(self, name: str, *content: etree._Element | str) -> etree._Element:
        element = etree.Element(self._start + name, nsmap=self._prefixes)
        for part in content:
            if isinstance(part, str):
                element.text = part
            else:
                element.append(part)
        return element


def makers(*namespaces: str) -> list[Maker]:
    """One maker for each namespace; they share prefixes, so that the answers stay readable."""
    prefixes: dict[str, str] = {f"n{number}": namespace for number, namespace in enumerate(namespaces)}
    return [Maker(namespace, prefixes) for namespace in namespaces]


def message_of(body: bytes) -> etree._Element:
    """The message in the envelope, as the root of a tree of its own. Raises BadRequest."""
    if b"<!DOCTYPE" in body:
        raise BadRequest("a document type is not allowed")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        envelope = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise BadRequest(f"not XML: {error}") from None
    content = envelope.find(_BODY)
    if content is None or len(content) != 1:
        raise BadRequest("not a SOAP envelope with one message")
    return etree.fromstring(etree.tostring(content[0], with_tail=False), parser)


def answer(message: etree._Element) -> Response:
    """The message in an envelope."""
    return _enveloped(message, 200)


def fault(code: str, text: str) -> Response:
    """A SOAP fault, which comes with HTTP 500."""
    soap = Maker(_SOAP, {"soap": _SOAP})
    plain = Maker()
    return _enveloped(soap.Fault(plain.faultcode(f"soap:{code}"), plain.faultstring(text)), 500)


def _enveloped(message: etree._Element, status: int) -> Response:
    soap = Maker(_SOAP, {"soap": _SOAP})
    document = etree.tostring(soap.Envelope(soap.Body(message)), encoding="utf-8", xml_declaration=True)
    return Response(document, status, media_type="text/xml")
