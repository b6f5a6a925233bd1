"""The older FK 7263 document, asked by paths. What its fields are in svar is said in `svar`."""

from datetime import datetime
from functools import cached_property

from lxml import etree

from webcert.riv.mu7263.codes import CONTAGION
from webcert.vocabulary.clock import SWEDEN

ABILITY = "funktionstillstand/arbetsformaga"
STAFF = "skapadAvHosPersonal"
UNIT = f"{STAFF}/enhet"


class Document:
    """The element, asked by paths of local names. Missing elements read as empty text."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def find(self, path: str) -> list[etree._Element]:
        """The elements at the path, such as "patient/person-id"."""
        return self.element.findall("/".join(f"{{*}}{name}" for name in path.split("/")))

    def texts(self, path: str) -> list[str]:
        return [element.text or "" for element in self.find(path)]

    def text(self, path: str) -> str:
        return next(iter(self.texts(path)), "")

    def attribute(self, path: str, name: str) -> str:
        return next((element.get(name, "") for element in self.find(path)), "").strip()

    def id_of(self, path: str) -> str:
        return self.attribute(path, "extension")

    def moment(self, path: str) -> datetime | None:
        """Local Swedish time; None when there is none."""
        try:
            at = datetime.fromisoformat(self.text(path).strip())
        except ValueError:
            return None
        return at.astimezone(SWEDEN).replace(tzinfo=None) if at.tzinfo else at

    @cached_property
    def activities(self) -> dict[str, str]:
        """aktivitetskod → description, empty when there is none."""
        return {Document(one).text("aktivitetskod").strip(): Document(one).text("beskrivning") for one in self.find("aktivitet")}

    def function(self, kind: str) -> "Document | None":
        """The funktionstillstand of that kind: Kroppsfunktion or Aktivitet."""
        found = (Document(element) for element in self.find("funktionstillstand"))
        return next((one for one in found if one.text("typAvFunktionstillstand").strip() == kind), None)

    def description_of(self, kind: str) -> str:
        function = self.function(kind)
        return function.text("beskrivning") if function else ""

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """What the certificate is based on (field 4b): kind and date of each."""
        return [(Document(one).text("vardkontakttyp"), Document(one).text("vardkontaktstid")) for one in self.find("vardkontakt")] + [
            (Document(one).text("referenstyp"), Document(one).text("datum")) for one in self.find("referens")
        ]

    @property
    def occupations(self) -> list[str]:
        return [text.strip() for text in self.texts(f"{ABILITY}/sysselsattning/typAvSysselsattning")]

    @property
    def asked(self) -> bool:
        """Whether most fields had to be filled in: not for who was kept from work by law."""
        return CONTAGION not in self.activities
