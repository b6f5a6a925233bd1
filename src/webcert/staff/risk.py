"""What a user who has protected identity herself must accept before she uses Webcert (manual S 5.11; reference/ui.md D1, D3)."""

from webcert.staff.login_context import User
from webcert.staff.preferences import preference, set_preference
from webcert.staff.roles import Role

ACCEPTED = "risk_accepted"

_SIGNERS = frozenset({Role.DOCTOR, Role.DENTIST, Role.PRIVATE_PRACTITIONER})

_SIGNING = "När du signerar ett intyg syns ditt namn i intyget, och vilken vårdgivare och vårdenhet det är utfärdat på."
_MESSAGES = "När du skriver till eller svarar Försäkringskassan om ett intyg syns ditt namn."
_MEANING = "Uppgifter om dig och om var du arbetar kan alltså spridas. Du avgör själv om du vill använda Webcert."


def risks_of(user: User) -> tuple[str, ...]:
    """What becomes visible of her, a paragraph each; nothing for who has no protected identity."""
    if not user.protected:
        return ()
    return (_SIGNING, _MESSAGES, _MEANING) if user.role in _SIGNERS else (_MESSAGES, _MEANING)


def must_accept(user: User) -> bool:
    """Whether she has to accept before anything else. Who has done so once is not asked again."""
    return user.protected and not preference(user.hsa_id, ACCEPTED, default=False)


def accept(user: User) -> None:
    """Remember that she knows and accepts."""
    set_preference(user.hsa_id, ACCEPTED, True)
