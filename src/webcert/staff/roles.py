"""The user's role, from what HSA knows about licences, positions and prescription codes.

Source: standalone manual 2.1–2.3 and table 1; reference/roles-and-login-context.md §1.2–1.3 (2019).
"""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a user is in Webcert; decides which certificate types and functions are open."""

    DOCTOR = "LAKARE"
    DENTIST = "TANDLAKARE"
    CARE_ADMINISTRATOR = "VARDADMINISTRATOR"
    PRIVATE_PRACTITIONER = "PRIVATLAKARE"

    @property
    def label(self) -> str:
        """The role in the user's words."""
        return LABELS[self]


LABELS = {
    Role.DOCTOR: "Läkare",
    Role.DENTIST: "Tandläkare",
    Role.CARE_ADMINISTRATOR: "Vårdadministratör",
    Role.PRIVATE_PRACTITIONER: "Privatläkare",
}

LICENCES = (("Läkare", Role.DOCTOR), ("Tandläkare", Role.DENTIST))
"""Licensed profession → role; the first that the person has decides."""

INTERN = "204010"
"""The position of doctors in general service (AT-läkare), who are doctors without a licence."""

DOCTORS_WITHOUT_SWEDISH_LICENCE = frozenset(
    {
        ("203090", "9300005"),  # licensed in another country of the EEA or in Switzerland
        ("203090", "9400003"),  # licensed elsewhere
        ("204090", "9100009"),  # graduated, substitute
        ("204090", "9200007"),  # student with a substitute post
    }
)
"""(position code, prescription code) that together make a doctor."""


def role_of(licences: Collection[str], positions: Collection[str], prescription_codes: Collection[str]) -> Role:
    """The role: the first rule that fits. Whoever is none of the others is a care administrator."""
    for licence, role in LICENCES:
        if licence in licences:
            return role
    if INTERN in positions:
        return Role.DOCTOR
    if any((position, code) in DOCTORS_WITHOUT_SWEDISH_LICENCE for position in positions for code in prescription_codes):
        return Role.DOCTOR
    return Role.CARE_ADMINISTRATOR
