"""The shared SAML material: responses with their verdicts, and the environment in which each is judged."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from shared import shared
from webcert.login.saml import metadata
from webcert.login.saml.response import Expected
from webcert.xmldsig.keys import certificates

FOLDER = "data/saml"


def index() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(shared(f"{FOLDER}/responses/index.json").read_text())
    return found


def now() -> datetime:
    return datetime.fromisoformat(index()["now"])


def provider(registration: str) -> metadata.Provider:
    """The fixture's identity provider, from its signed metadata."""
    document = shared(f"{FOLDER}/metadata-fixture/idp-{registration}.xml").read_bytes()
    return metadata.read(document, trusted=certificates(shared(f"{FOLDER}/keys/idp-{registration}.cert.pem")), now=now())


def expected(registration: str) -> Expected:
    environment = index()
    ours = environment["registrations"][registration]
    idp = provider(registration)
    assert idp.entity_id == ours["idpEntityId"]
    return Expected(
        entity_id=ours["spEntityId"],
        acs=ours["acs"],
        provider=idp.entity_id,
        certificates=idp.certificates,
        request_id=environment["outstandingRequestId"],
        contexts=frozenset(ours["acceptedContexts"]),
        skew=timedelta(seconds=environment["clockSkewSeconds"]),
        longest_age=timedelta(hours=2),
    )


def response(file: str) -> bytes:
    return shared(f"{FOLDER}/responses/{file}").read_bytes()


FIXTURE_TIME = datetime(2026, 3, 2, 9, 20, 5, tzinfo=UTC)
"""When the fixtures' logout requests are new."""
