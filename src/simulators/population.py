"""The persons that the population register stand-in knows at first: official test identity numbers with invented names. One table."""

from dataclasses import astuple, dataclass

from simulators.store import Store

MARKING = "sekretessmarkering"
REGISTRATION = "skyddad folkbokföring"


@dataclass(frozen=True)
class Person:
    """One person. `protection` is empty, a marking or a protected registration; `test` marks a person that does not exist."""

    number: str
    given: str
    middle: str
    surname: str
    care_of: str
    street: str
    postcode: str
    city: str
    protection: str = ""
    deceased: bool = False
    test: bool = False


PERSONS = (
    Person("191212121212", "Tolvan", "", "Tolvansson", "", "Svensson, Storgatan 1, PL 1234", "12345", "Småmåla"),
    Person("201212121212", "Lilltolvan", "", "Tolvansson", "Tolvan Tolvansson", "Storgatan 1", "12345", "Småmåla"),
    Person("199901042383", "Alva", "Maria", "Bergström", "", "Ängsgatan 7 lgh 1102", "87199", "Nordanvik"),
    Person("199209262386", "Nils", "", "Åkerlund", "", "Kyrkvägen 22", "87199", "Nordanvik"),
    Person("196910211637", "Björn", "Erik", "Öberg", "c/o Dahl", "Skogsstigen 3", "87298", "Sjövik"),
    Person("196707183130", "Christer", "", "Holm", "", "Hamngatan 9", "87298", "Sjövik"),
    Person("195206142597", "Göran", "", "Lundmark", "", "Torget 1", "87197", "Nordanvik"),
    Person("200005292396", "Emil", "", "Sjöberg", "", "Studentvägen 14", "90730", "Umeå"),
    Person("197010632391", "Aram", "", "Petrosyan", "", "Mottagningsvägen 2", "87199", "Nordanvik"),
    Person("195401875769", "Ingrid", "", "Nowak", "", "Strandvägen 5", "87298", "Sjövik"),
    Person("195401872394", "Tomas", "", "Kovač", "", "", "", "", protection=REGISTRATION),
    Person("198001910002", "Lina", "", "Svedin", "", "", "", "", protection=MARKING),
    Person("190503279812", "Hulda", "", "Norén", "", "", "", "", deceased=True),
    Person("195401782395", "Valid", "", "Validsson", "", "Provgatan 1", "11111", "Testköping", test=True),
    Person("194110299221", "", "", "", "", "", "", ""),
)

_INSERT = "INSERT OR IGNORE INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def settle(store: Store) -> None:
    """Put the persons of the table into the store, leaving those who are there as they are."""
    store.change_many(_INSERT, [astuple(person) for person in PERSONS])


def resettle(store: Store) -> None:
    """Make everybody as in the table again."""
    store.change("DELETE FROM person")
    settle(store)
