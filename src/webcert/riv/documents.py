"""The certificates in a message, whatever message it is and in whichever form they are written."""

from collections.abc import Iterator

from lxml import etree

from webcert.riv import intyg_xml, mu7263
from webcert.riv.intyg import Intyg
from webcert.riv.ts_older import register, utlatande
from webcert.riv.xml import UnreadableXml

_FORMS = (intyg_xml, mu7263, register, utlatande)
"""Each says what its documents are called (`NAMES`), which elements of that name are documents, and how they are read."""

CERTIFICATES = sorted({f"{{*}}{name}" for form in _FORMS for name in form.NAMES})
"""What a certificate is called in the contracts; references to one may be called so too."""


def documents(root: etree._Element) -> Iterator[Intyg]:
    """Each certificate, in the order of the message. Raises UnreadableXml when one lacks what every certificate has."""
    for found in documents_or_faults(root):
        if isinstance(found, UnreadableXml):
            raise found
        yield found


def documents_or_faults(root: etree._Element) -> Iterator[Intyg | UnreadableXml]:
    """Each certificate, in the order of the message, or why it cannot be read."""
    for element in root.iter(*CERTIFICATES):
        for form in _FORMS:
            if form.is_document(element):
                try:
                    yield form.read(element)
                except UnreadableXml as error:
                    yield error
