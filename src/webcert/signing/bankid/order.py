"""What a person signs with BankID for a certificate: the short text in her app, and the certificate's digest that is bound to it unseen.

No patient is named: the text is kept by BankID. Source: reference/login-and-signing.md §7, security-and-audit.md §3.
"""

import json
from dataclasses import dataclass

from webcert.riv import signed_form, xml
from webcert.riv.documents import documents


@dataclass(frozen=True, slots=True)
class ToBeSigned:
    """A certificate that is about to be signed, or has been. `digest` is that of its signed form (base64)."""

    certificate_id: str
    type_name: str
    version: str
    digest: str
    signer_name: str
    signer_hsa_id: str

    @property
    def visible(self) -> str:
        """The text that the app shows."""
        return (
            "Jag skriver under ett intyg i Webcert.\n\n"
            f"Intyg: {self.type_name}\nIntygs-id: {self.certificate_id}\nUtfärdare: {self.signer_name} ({self.signer_hsa_id})"
        )

    @property
    def hidden(self) -> bytes:
        """What is bound to the text: the same octets for the same certificate, whenever they are made."""
        bound = {"intygsId": self.certificate_id, "version": self.version, "digestAlg": "sha256", "digest": self.digest}
        return json.dumps(bound, separators=(",", ":")).encode()


def to_be_signed(document: bytes) -> ToBeSigned:
    """What is asked for when the certificate in the message is to be signed: always the same, since all of it stands in the message.

    Raises UnreadableXml when the message has no certificate, or several.
    """
    root = xml.parse(document)
    found = tuple(documents(root))
    if len(found) != 1:
        raise xml.UnreadableXml("not exactly one certificate")
    (intyg,) = found
    return ToBeSigned(
        certificate_id=intyg.id,
        type_name=intyg.type_name,
        version=intyg.version,
        digest=signed_form.digest(root, intyg.id),
        signer_name=intyg.issuer.name,
        signer_hsa_id=intyg.issuer.hsa_id,
    )
