"""What the contracts before RIV-TA v3 have in common: elements asked by paths, ids in attributes, units of care."""

from datetime import datetime

from lxml import etree

from webcert.riv.intyg import Unit
from webcert.vocabulary.clock import SWEDEN


class Element:
    """The element, asked by paths of local names such as "patient/person-id". What is missing reads as empty text."""

    def __init__(self, element: etree._Element) -> None:
        self.element = element

    def find(self, path: str) -> list[etree._Element]:
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


def unit_of(document: Element, path: str) -> Unit:
    """The unit at the path, with its care provider."""
    return Unit(
        id=document.id_of(f"{path}/enhets-id"),
        name=document.text(f"{path}/enhetsnamn"),
        workplace_code=document.id_of(f"{path}/arbetsplatskod"),
        address=document.text(f"{path}/postadress"),
        postcode=document.text(f"{path}/postnummer"),
        town=document.text(f"{path}/postort"),
        phone=document.text(f"{path}/telefonnummer"),
        email=document.text(f"{path}/epost"),
        care_provider_id=document.id_of(f"{path}/vardgivare/vardgivare-id"),
        care_provider_name=document.text(f"{path}/vardgivare/vardgivarnamn"),
    )
