"""Which identity providers there are, and whom each can log in: two tables."""

from dataclasses import dataclass

from simulators import practitioners
from simulators.people import STAFF
from simulators.pki import Credential, Pki


@dataclass(frozen=True)
class User:
    """Somebody who can be chosen: her identity (HSA-id or number), her name, what she is in a test."""

    id: str
    name: str
    about: str


@dataclass(frozen=True)
class Provider:
    """An identity provider. `levels` and `methods` are what can be chosen, value → label; the first of each is the usual one."""

    name: str
    title: str
    users: tuple[User, ...]
    levels: dict[str, str]
    methods: dict[str, str]

    def credential(self, pki: Pki) -> Credential:
        """What it signs with, its metadata too."""
        return pki.self_signed(f"idp-{self.name}", f"Simulerad legitimeringstjänst {self.name}")

    def by_id(self, id: str) -> User | None:
        """The user with that identity."""
        return next((user for user in self.users if user.id == id), None)


_CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"

SITHS = Provider(
    "siths",
    "SITHS",
    tuple(User(each.id, each.name, f"{each.role}, {each.about}") for each in STAFF),
    levels={
        "http://id.sambi.se/loa/loa3": "Tillitsnivå 3",
        f"{_CLASSES}TLSClient": "Kort i kortläsare (TLSClient)",
        "http://id.sambi.se/loa/loa1": "Tillitsnivå 1 (för låg)",
    },
    methods={"": "SITHS-kort"},
)
ELEG = Provider(
    "eleg",
    "E-legitimation",
    tuple(User(number, name, f"{about[0].upper()}{about[1:]}") for number, name, about in practitioners.TEST_USERS),
    levels={
        f"{_CLASSES}MobileTwofactorContract": "Mobil",
        f"{_CLASSES}SoftwarePKI": "Fil",
        f"{_CLASSES}SmartcardPKI": "Kort",
        f"{_CLASSES}Password": "Lösenord (för låg)",
    },
    methods={"ccp11": "Mobilt BankID", "ccp10": "BankID", "ccp1": "Telia", "ccp99": "Okänt sätt"},
)

PROVIDERS = {provider.name: provider for provider in (SITHS, ELEG)}
