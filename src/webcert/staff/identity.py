"""What an identity provider has proven of a person: the one value in which every way to log in ends.

Source: reference/login-and-signing.md §1, §2.3–2.4, §2.8.
"""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """How the user proved who she is; it also decides how she signs."""

    SITHS = "SITHS"
    EFOS = "EFOS"
    NET_ID = "NET_ID"
    BANK_ID = "BANK_ID"
    MOBILE_BANK_ID = "MOBILT_BANK_ID"

    @property
    def is_e_legitimation(self) -> bool:
        """Whether the person proved a personal identity number; with the other methods she proved an HSA-id."""
        return self in (Method.NET_ID, Method.BANK_ID, Method.MOBILE_BANK_ID)


@dataclass(frozen=True, slots=True)
class ProviderSession:
    """The session at the identity provider that the login belongs to, for single logout. `registration` is ours with that provider.

    `ends_at` is when ours has to end with it, in seconds since 1970; None when the provider sets no limit that is honoured.
    """

    registration: str
    name_id: str
    index: str
    ends_at: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """A proven identity: an HSA-id (SITHS, Efos) or a personal identity number of 12 digits (e-legitimation), never both.

    `level` is the authentication context that was reached; `signing_provider` the identity provider to name in a request to the
    signing service. Either is empty when the provider did not say.
    """

    method: Method
    hsa_id: str = ""
    personal_id: str = ""
    level: str = ""
    signing_provider: str = ""
    session: ProviderSession | None = None
