"""BankID as this installation has it: the one client of the process, and the authorities that vouch for persons."""

from functools import cache

import structlog
from cryptography import x509
from django.conf import settings

from webcert.riv.client import Tls
from webcert.signing.bankid import hints
from webcert.signing.bankid.client import Client
from webcert.xmldsig.keys import UnreadableKey, certificates

log = structlog.get_logger("webcert.bankid")


class NotBegun(Exception):
    """BankID has started no order. `text` is for the user."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


@cache
def client() -> Client:
    """The client. Raises NotBegun when this installation has no BankID, or its files cannot be read."""
    chosen = settings.WEBCERT
    certificate, key, authority = chosen.bankid_certificate, chosen.bankid_key, chosen.bankid_server_authority
    if not (chosen.bankid_url and certificate and key and authority and authorities()):
        log.error("BankID is not set up")
        raise NotBegun(hints.NOT_SET_UP)
    try:
        return Client(chosen.bankid_url, Tls(certificate, key, authority), answer_timeout=chosen.outside_timeout_seconds)
    except OSError as error:
        log.error("a file for BankID cannot be read", file=str(error.filename or ""), error=type(error).__name__)
        raise NotBegun(hints.NOT_SET_UP) from error


@cache
def authorities() -> tuple[x509.Certificate, ...]:
    """Those that persons' certificates come from; none when there is no such file."""
    file = settings.WEBCERT.bankid_authorities
    try:
        return certificates(file) if file else ()
    except (OSError, UnreadableKey) as error:
        log.error("the authorities of BankID cannot be read", error=str(error))
        return ()
