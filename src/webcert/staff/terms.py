"""The terms of use that a private practitioner must accept before she uses Webcert, and again when they are new (A-180).

An employee works under her care provider's agreement; a private practitioner is the care provider herself.
Source: standalone manual, appendix A step 10; reference/login-and-signing.md §3.5, reference/ui.md D25.
"""

from dataclasses import dataclass
from datetime import date

from webcert.monitoring.events import Event, tell
from webcert.monitoring.pseudonyms import pseudonym
from webcert.staff.login_context import User
from webcert.staff.models import AcceptedTerms
from webcert.staff.roles import Role
from webcert.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of the terms: since when they are in force, and what they say under each heading."""

    version: int
    since: date
    parts: tuple[tuple[str, tuple[str, ...]], ...]


CURRENT = Terms(
    version=1,
    since=date(2026, 11, 1),
    parts=(
        (
            "Vad villkoren gäller",
            (
                "Villkoren gäller mellan dig, som är läkare med egen verksamhet, och den som tillhandahåller Webcert. De "
                "gäller från det att du "
                "godkänner dem och så länge du har ett konto.",
            ),
        ),
        (
            "Vem som får använda Webcert",
            (
                "Du ska ha svensk läkarlegitimation. Förlorar du den, eller begränsas den, får du inte utfärda intyg i Webcert.",
                "Din e-legitimation är personlig. Du får inte låta någon annan använda den, och inte heller lämna Webcert "
                "öppet utan uppsikt.",
            ),
        ),
        (
            "Ditt ansvar som vårdgivare",
            (
                "Du är vårdgivare och personuppgiftsansvarig för de uppgifter som du skriver in. Du ansvarar för att du har "
                "en vårdrelation "
                "med patienten när du läser eller skriver uppgifter om henne eller honom.",
                "Du ansvarar för att intygen är riktiga och för att ditt namn, din adress och ditt telefonnummer är aktuella.",
                "Du ansvarar för din journal. Intyg som du utfärdar i Webcert är journalhandlingar, men Webcert ersätter inte din journal.",
            ),
        ),
        (
            "Vad som sker med uppgifterna",
            (
                "Den som tillhandahåller Webcert behandlar personuppgifter för din räkning och bara för att intyg ska kunna "
                "skrivas, signeras, "
                "sparas, skickas och kommuniceras. Uppgifterna skyddas mot obehöriga.",
                "Allt som du läser och gör i Webcert loggas enligt patientdatalagen. Du ska själv följa upp loggarna för din verksamhet.",
                "Ett intyg skickas till en mottagare bara när du väljer det och patienten har samtyckt.",
            ),
        ),
        (
            "Drift och ansvar",
            (
                "Webcert kan vara otillgängligt vid underhåll och fel. Du behöver kunna utfärda intyg på annat sätt om det brådskar.",
                "Misstänker du att någon obehörig har använt ditt konto ska du genast anmäla det till supporten.",
            ),
        ),
        (
            "Ändringar och uppsägning",
            (
                "När villkoren ändras får du läsa och godkänna de nya innan du fortsätter. Godkänner du dem inte kan du inte "
                "använda Webcert.",
                "Du kan när som helst sluta använda Webcert. Intyg som du har utfärdat finns kvar så länge lagen kräver det.",
            ),
        ),
    ),
)


def must_accept(user: User) -> bool:
    """Whether she has to accept the current terms before anything else."""
    if user.role is not Role.PRIVATE_PRACTITIONER:
        return False
    return not AcceptedTerms.objects.filter(hsa_id=user.hsa_id, version=CURRENT.version).exists()


def accept(user: User) -> None:
    """Remember that she accepts the current terms, and when she did so first."""
    accepted = AcceptedTerms(hsa_id=user.hsa_id, version=CURRENT.version, accepted_at=clock.now())
    AcceptedTerms.objects.bulk_create([accepted], ignore_conflicts=True)
    tell(Event.PP_TERMS_ACCEPTED, user=user.hsa_id, person=pseudonym("person", user.personal_id), version=CURRENT.version)
