"""The official judges of a certificate, run on what we write: Försäkringskassan's schematron (by Saxon) and the contract's XSD."""

import sys
from functools import cache
from typing import Any

from lxml import etree

from shared import shared

_INTERACTIONS = "rivta/clinicalprocess-healthcond-certificate/schemas/interactions"


@cache
def _schematron() -> Any:
    sys.path.append(str(shared("rivta/tools")))
    from schematron import Schematron

    return Schematron(str(shared("rivta/schematron/lisjp.v1.sch")))


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared(f"{_INTERACTIONS}/RegisterCertificateInteraction/RegisterCertificateResponder_3.1.xsd")))


def schematron_accepts(document: bytes) -> bool:
    """Whether the schematron of FK 7804 finds nothing. A document on which its expressions break is not accepted."""
    from saxonche import PySaxonApiError

    try:
        return not _schematron().validate(document.decode())
    except PySaxonApiError:
        return False


def schema_errors(document: bytes) -> list[str]:
    """What the XSD of RegisterCertificate 3 finds in the message."""
    schema = _schema()
    schema.validate(etree.fromstring(document))
    return [str(error) for error in schema.error_log]
