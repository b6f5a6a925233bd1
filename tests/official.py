"""The official judges of a certificate, run on what we write: the owner's schematron (by Saxon) and the contract's XSD."""

import sys
from functools import cache, lru_cache
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
def _schema(interaction: str, version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared(f"{_INTERACTIONS}/{interaction}Interaction/{interaction}Responder_{version}.xsd")))


@lru_cache(1000)
def schematron_accepts(document: bytes, name: str = "lisjp.v1") -> bool:
    """Whether the schematron of that name finds nothing. A document on which its expressions break is not accepted.

    The same document is not judged twice: generated ones are often alike, and judging is what costs most."""
    from saxonche import PySaxonApiError

    try:
        return not _schematron(name).validate(document.decode())
    except PySaxonApiError:
        return False


def schema_errors(document: bytes) -> list[str]:
    """What the XSD of RegisterCertificate 3 finds in the message."""
    return _errors(document, _schema("RegisterCertificate", "3.1"))


def revocation_errors(document: bytes) -> list[str]:
    """What the XSD of RevokeCertificate 2 finds in the message."""
    return _errors(document, _schema("RevokeCertificate", "2.1"))


def _errors(document: bytes, schema: etree.XMLSchema) -> list[str]:
    schema.validate(etree.fromstring(document))
    return [str(error) for error in schema.error_log]
