"""Names of SAML 2.0, and the few helpers that reading and writing its messages share."""

import secrets
from datetime import UTC, datetime

from lxml import etree

ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
METADATA = "urn:oasis:names:tc:SAML:2.0:metadata"

A, P, M = f"{{{ASSERTION}}}", f"{{{PROTOCOL}}}", f"{{{METADATA}}}"
"""To put before the name of an element."""

POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
URI_FORMAT = "urn:oasis:names:tc:SAML:2.0:attrname-format:uri"

EMPLOYEE_HSA_ID = "http://sambi.se/attributes/1/employeeHsaId"
AUTHN_METHOD = "urn:sambi:names:attribute:authnMethod"
SIGNING_PROVIDER = "urn:identityProviderForSign"


def new_id() -> str:
    """An id for a message that nobody can guess."""
    return f"_{secrets.token_hex(20)}"


def written(moment: datetime) -> str:
    """The moment as SAML writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> datetime:
    """The moment that the text says, in UTC when it names no zone. Raises ValueError."""
    read = datetime.fromisoformat(text.strip())
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def text_of(element: etree._Element | None) -> str:
    """All text of the element, without white space round it; nothing of None."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()
