"""What is told above a certificate or draft that is read: what is wrong with it, and why there is less to be done than one might think."""

from dataclasses import dataclass

from webcert.certificate_types import TYPES
from webcert.certificates.guards import OUTDATED
from webcert.certificates.issuing import is_outdated
from webcert.certificates.models import Certificate
from webcert.certificates.presenters.reading import doubt, is_unconfirmed
from webcert.certificates.signatures import Judgement


@dataclass(frozen=True, slots=True)
class Notice:
    """A box, with its tone."""

    text: str
    tone: str = "info"


def notices(certificate: Certificate, judgement: Judgement | None) -> list[Notice]:
    """The boxes, the gravest first (reference/access-and-lifecycle.md §8.3, ui.md §3.1)."""
    told = (_distrusted(judgement), _undelivered(certificate), _replaced_type(certificate), _outdated(certificate), _locked(certificate))
    return [notice for notice in told if notice]


def _distrusted(judgement: Judgement | None) -> Notice | None:
    if judgement is None or not judgement.is_alarming:
        return None
    return Notice(
        f"Den elektroniska underskriften är inte giltig. {doubt(judgement)} Använd inte intyget. Kontakta supporten.",
        "error",
    )


def _undelivered(certificate: Certificate) -> Notice | None:
    recipient = TYPES[certificate.type].recipient.name
    if certificate.delivery_problem and certificate.revoked_at:
        text = f"{recipient} har inte kunnat ta emot makuleringen. Meddela {recipient} på annat sätt att intyget är makulerat."
        return Notice(text, "error")
    if certificate.delivery_problem:
        text = f"{recipient} har inte kunnat ta emot intyget. Kontakta supporten, eller lämna en utskrift till patienten så länge."
        return Notice(text, "error")
    if is_unconfirmed(certificate) and not certificate.revoked_at:
        going_on = "Webcert fortsätter att försöka; du behöver inte göra något."
        return Notice(f"{recipient} har ännu inte bekräftat att intyget har kommit fram. {going_on}")
    return None


def _replaced_type(certificate: Certificate) -> Notice | None:
    newer = TYPES.get(TYPES[certificate.type].replaced_by)
    if newer is None:
        return None
    instead = f"Behöver patienten ett nytt intyg, skapa ett {newer.code}."
    return Notice(f"Intygstypen har ersatts av {newer.code}, {newer.name}. Intyget kan läsas och skrivas ut. {instead}")


def _outdated(certificate: Certificate) -> Notice | None:
    return Notice(OUTDATED.text) if is_outdated(certificate.type, certificate.version) else None


def _locked(certificate: Certificate) -> Notice | None:
    if not certificate.is_locked_draft or certificate.revoked_at:
        return None
    return Notice(
        "Utkastet är låst eftersom det inte signerades inom fjorton dagar. Det kan läsas, skrivas ut och kopieras till ett nytt utkast, "
        "men varken ändras, signeras eller raderas."
    )
