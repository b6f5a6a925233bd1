"""The certificates in a message, whatever message it is and in whichever form they are written."""

from collections.abc import Iterator

from lxml import etree

from webcert.riv import intyg_xml, mu7263, ts_older
from webcert.riv.intyg import Intyg

_FORMS = ((intyg_xml.is_document, intyg_xml.read), (mu7263.is_document, mu7263.read), (ts_older.is_document, ts_older.read))


def documents(root: etree._Element) -> Iterator[Intyg]:
    """Each certificate, in the order of the message. Raises UnreadableXml when one lacks what every certificate has."""
    for element in root.iter(etree.Element):
        for is_document, read in _FORMS:
            if is_document(element):
                yield read(element)
