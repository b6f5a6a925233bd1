"""The older FK 7263 document, asked by paths. What its fields are in svar is said in `svar`."""

from functools import cached_property

from webcert.riv.mu7263.codes import CONTAGION
from webcert.riv.older import Element

ABILITY = "funktionstillstand/arbetsformaga"
STAFF = "skapadAvHosPersonal"
UNIT = f"{STAFF}/enhet"


class Document(Element):
    """The element, or a part of it."""

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
