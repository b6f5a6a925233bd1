"""What a recipient is told when a certificate that it has got is revoked."""

from dataclasses import replace

from webcert.certificates.document import signed_intyg
from webcert.certificates.events import Happened
from webcert.certificates.models import Certificate, Event, RevocationReason
from webcert.riv.intyg import Issuer
from webcert.riv.revocation_xml import Revocation, revoke_certificate
from webcert.vocabulary.clock import SWEDEN


def revocation_of(certificate: Certificate) -> bytes:
    """The message: the reason in its own words and then the text, from the one who revoked, on the unit of the certificate."""
    intyg = signed_intyg(certificate)
    assert intyg is not None, "only what is signed is sent"
    assert certificate.revoked_at is not None, "only what is revoked is told of"
    revoked = Event.objects.get(certificate_id=certificate.id, kind=Happened.REVOKED)
    same = revoked.by_id == intyg.issuer.hsa_id
    return revoke_certificate(
        Revocation(
            certificate_id=intyg.id,
            patient=intyg.patient,
            reason=f"{RevocationReason(certificate.revocation_reason).label} {certificate.revocation_text}".strip(),
            at=certificate.revoked_at.astimezone(SWEDEN).replace(tzinfo=None, microsecond=0),
            by=replace(intyg.issuer, name=revoked.by_name) if same else Issuer(revoked.by_id, revoked.by_name, intyg.issuer.unit),
        )
    )
