"""Envelopes."""

import pytest
from lxml import etree

from webcert.riv import soap, xml

MESSAGE = '<m:Ask xmlns:m="urn:m"><m:name>Åsa &amp; Örjan</m:name></m:Ask>'.encode()


def test_the_message_stands_in_the_envelope_byte_for_byte() -> None:
    wrapped = soap.envelope(MESSAGE, logical_address="SE1-<&")
    root = xml.parse(wrapped)
    assert MESSAGE in wrapped
    assert root.findtext(".//{urn:riv:itintegration:registry:1}LogicalAddress") == "SE1-<&"
    assert etree.tostring(soap.unwrap(root), method="c14n", exclusive=True) == MESSAGE


def test_a_fault_is_told_with_code_and_text() -> None:
    fault = soap.envelope(
        b'<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Server</faultcode><faultstring>Trasig</faultstring></s:Fault>',
        logical_address="x",
    )
    with pytest.raises(soap.Fault) as told:
        soap.unwrap(xml.parse(fault))
    assert (told.value.code, told.value.text) == ("s:Server", "Trasig")


@pytest.mark.parametrize(
    "document",
    [
        b"<a/>",
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"/>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
        b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/><b/></s:Body></s:Envelope>',
        b'<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><a/></s:Body></s:Envelope>',
    ],
)
def test_what_is_no_envelope_with_one_message_is_refused(document: bytes) -> None:
    with pytest.raises(xml.UnreadableXml):
        soap.unwrap(xml.parse(document))
