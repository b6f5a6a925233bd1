"""Sending RegisterCertificate 3 and RevokeCertificate 2 to a recipient and understanding its answers.

Source: reference/integration/03-services-consumed.md §C1, reference/integration/06-rivta-model-and-codes.md §F3.
"""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from lxml import etree

from webcert.riv import intyg_xml, revocation_xml
from webcert.riv.client import CallFailed, SoapClient
from webcert.riv.retrying import Rejected, Temporary


@dataclass(frozen=True, slots=True)
class Service:
    """Something that a recipient does: its SOAP action, and where it stands below the recipient's address."""

    action: str
    path: str


REGISTER = Service(f"{intyg_xml.RESPONDER}:RegisterCertificate", "/register-certificate/v3.0")
REVOKE = Service(f"{revocation_xml.RESPONDER}:RevokeCertificate", "/revoke-certificate-rivta/v2.0")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a recipient's services stand, and its logical address in the national network."""

    url: str
    logical_address: str


def deliver(message: bytes, recipient: str, service: Service) -> None:
    """Send the message to the recipient (its part id, such as FKASSA). Returns when the recipient has it, also when it had it before.

    Raises Temporary or Rejected; the text is for the operator and holds nothing from the certificate.
    """
    destination = _destination(recipient)
    try:
        answer = _client(destination.url + service.path).call(message, action=service.action, logical_address=destination.logical_address)
    except CallFailed as error:
        raise Temporary(f"{type(error).__name__}: {error}") from error
    _understand(answer)


def _destination(recipient: str) -> Destination:
    config = settings.WEBCERT
    known = {
        "FKASSA": (config.forsakringskassan_url, config.forsakringskassan_address),
        "TRANSP": (config.transportstyrelsen_url, config.transportstyrelsen_address),
    }
    url, logical_address = known.get(recipient, (None, ""))
    if url is None:
        raise Temporary(f"no address is configured for {recipient}")
    return Destination(url, logical_address)


@cache
def _client(url: str) -> SoapClient:
    return SoapClient(url, answer_timeout=settings.WEBCERT.outside_timeout_seconds)


def _understand(answer: etree._Element) -> None:
    """OK and INFO mean that the recipient has the message; a validation error that it never will; other errors that it may later."""
    code = answer.findtext("{*}result/{*}resultCode")
    if code in ("OK", "INFO"):
        return
    error = answer.findtext("{*}result/{*}errorId") or "no error id"
    if error in ("VALIDATION_ERROR", "REVOKED"):
        raise Rejected(error)
    raise Temporary(f"{code or 'no result code'} {error}")
