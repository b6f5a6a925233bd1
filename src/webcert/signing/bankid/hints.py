"""What the user is told at each hint code: in our words, with the meaning of BankID's list of recommended texts (RFA).

Source: reference/login-and-signing.md §7.
"""

from enum import StrEnum


class Device(StrEnum):
    """Where BankID is: in the device with the browser, or in another."""

    THIS = "this"
    OTHER = "other"


START = {
    Device.THIS: "Starta BankID på den här enheten.",
    Device.OTHER: "Starta BankID-appen i din mobil eller surfplatta och läs av QR-koden.",
}

PENDING = {
    "started": "BankID letar efter din legitimation. Det kan ta en liten stund. Hittas ingen har du kanske inget BankID på den enheten.",
    "userMrtd": "Läs av ditt pass eller nationella id-kort i BankID-appen.",
    "userCallConfirm": "Svara på frågan i BankID-appen.",
    "userSign": "Läs texten i BankID-appen, skriv in din säkerhetskod och skriv under.",
    "processing": "BankID tar hand om underskriften.",
}
IN_PROGRESS = "Underskriften pågår i BankID-appen."

FAILED = {
    "expiredTransaction": "Tiden tog slut innan underskriften blev klar. Se till att BankID-appen är igång och har kontakt med internet.",
    "certificateErr": "Ditt BankID går inte att använda. Det kan vara spärrat eller för gammalt. Kontakta din bank om du behöver ett nytt.",
    "userCancel": "Du avbröt underskriften i BankID-appen.",
    "cancelled": "Underskriften avbröts. Det händer när en ny påbörjas för samma person.",
    "startFailed": "BankID-appen startades inte i tid, eller QR-koden lästes av med något annat än BankID-appen.",
    "userDeclinedCall": "Underskriften avbröts eftersom frågan i BankID-appen besvarades med nej.",
    "notSupportedByUserApp": "Din BankID-app är för gammal för att skriva under här. Uppdatera den.",
    "transactionRiskBlocked": "BankID stoppade underskriften av säkerhetsskäl. Kontakta BankID:s support om det händer igen.",
    "lost": "Webcert fick inte veta hur underskriften slutade.",
    "wrong": "Underskriften från BankID gick inte att godkänna.",
}
UNKNOWN_FAILURE = "BankID kunde inte slutföra underskriften."

ABANDONED = frozenset({"userCancel", "cancelled", "userDeclinedCall"})
"""Failures that somebody chose."""

ALREADY_IN_PROGRESS = "Det fanns redan en påbörjad underskrift med ditt BankID. Den har avbrutits. Försök igen."
MAINTENANCE = "BankID är stängt för underhåll just nu. Försök igen om en stund."
NOT_SET_UP = "Det går inte att signera med BankID i den här installationen av Webcert. Vänd dig till din support."
NO_CONTACT = "BankID svarar inte just nu. Försök igen om en stund."

NOT_OPENED = frozenset({"outstandingTransaction", "noClient"})
"""The app has not taken the order yet: the code or the link is needed still."""

LOST, WRONG, REFUSED = "lost", "wrong", "refused"
"""Ends of our own: BankID could not tell how it ended; what came back does not prove it; the certificate can no longer be signed."""


def pending(hint: str, device: Device) -> str:
    """What to do now. A hint that we do not know is in progress."""
    if hint in NOT_OPENED:
        return START[device]
    return PENDING.get(hint, IN_PROGRESS)


def failed(hint: str) -> str:
    """Why nothing was signed."""
    return FAILED.get(hint, UNKNOWN_FAILURE)
