"""The official judges of a certificate, run on what we write: the owner's schematron (by Saxon) and the contract's XSD."""

import sys
from functools import cache
from typing import Any

from lxml import etree

from shared import shared

_INTERACTIONS = "rivta/clinicalprocess-healthcond-certificate/schemas/interactions"


@cache
def _schematron(name: str) -> Any:
    sys.path.append(str(shared("rivta/tools")))
    from schematron import Schematron

    return Schematron(str(shared(f"rivta/schematron/{name}.sch")))


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared(f"{_INTERACTIONS}/RegisterCertificateInteraction/RegisterCertificateResponder_3.1.xsd")))


def schematron_accepts(document: bytes, name: str = "lisjp.v1") -> bool:
    """Whether the schematron of that name finds nothing. A document on which its expressions break is not accepted."""
    from saxonche import PySaxonApiError

    try:
        return not _schematron(name).validate(document.decode())
    except PySaxonApiError:
        return False


def schema_errors(document: bytes) -> list[str]:
    """What the XSD of RegisterCertificate 3 finds in the message."""
    schema = _schema()
    schema.validate(etree.fromstring(document))
    return [str(error) for error in schema.error_log]
