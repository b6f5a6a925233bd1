"""The signing service as this installation knows it, from the settings."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import structlog
from cryptography import x509
from django.conf import settings

from webcert.certificates.signatures import trust
from webcert.signing.dss.response import Service
from webcert.staff.login_context import LoginContext
from webcert.xmldsig.keys import UnreadableKey, certificates

log = structlog.get_logger("webcert.signing")

_PROVIDER_OF_BEFORE = "/saml/sign"
"""How the address of an identity provider ends that cannot be used for signing any more (reference §6.12)."""


@dataclass(frozen=True, slots=True)
class SigningService:
    """Where it is, its entity id, the identity provider that it uses when the user's login told none, and whom its answers come from."""

    url: str
    entity_id: str
    provider: str
    answers: Service

    def provider_of(self, login: LoginContext) -> str:
        """The identity provider where the user is to prove who she is."""
        told = login.signing_provider
        return told if told and not told.endswith(_PROVIDER_OF_BEFORE) else self.provider


def signing_service() -> SigningService | None:
    """The service; None when it is not set up, or a file that it needs cannot be read, which the log tells."""
    chosen = settings.WEBCERT
    if not (chosen.sign_service_url and chosen.sign_service_entity_id and chosen.sign_service_certificates):
        return None
    try:
        answers = Service(_read(chosen.sign_service_certificates), trust())
    except (UnreadableKey, OSError) as error:
        log.error("the signing service cannot be used", error=str(error))
        return None
    return SigningService(chosen.sign_service_url, chosen.sign_service_entity_id, chosen.sign_service_provider or "", answers)


@cache
def _read(file: Path) -> tuple[x509.Certificate, ...]:
    return certificates(file)
