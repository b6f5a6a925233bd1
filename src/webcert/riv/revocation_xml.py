"""The message that tells a recipient that a certificate is revoked: RevokeCertificate 2, written as the contract says.

Source: reference/integration/03-services-consumed.md §C1.1.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from webcert.riv.intyg import Issuer, Patient
from webcert.riv.intyg_xml import CORE, TYPES, write_issuer

RESPONDER = "urn:riv:clinicalprocess:healthcond:certificate:RevokeCertificateResponder:2"

_NSMAP: Any = {None: RESPONDER, "core": CORE, "tp": TYPES}


@dataclass(frozen=True, slots=True)
class Revocation:
    """Which certificate is revoked, when (local time without zone), why, and by whom on which unit."""

    certificate_id: str
    patient: Patient
    reason: str
    at: datetime
    by: Issuer


def revoke_certificate(revocation: Revocation) -> bytes:
    """The RevokeCertificate message, UTF-8 without XML declaration."""
    root = etree.Element(f"{{{RESPONDER}}}RevokeCertificate", nsmap=_NSMAP)
    etree.SubElement(root, f"{{{RESPONDER}}}meddelande").text = revocation.reason
    etree.SubElement(root, f"{{{RESPONDER}}}skickatTidpunkt").text = revocation.at.strftime("%Y-%m-%dT%H:%M:%S")
    _id(root, "intygs-id", revocation.by.unit.id, revocation.certificate_id)
    _id(root, "patientPerson-id", revocation.patient.root, revocation.patient.personal_id)
    write_issuer(etree.SubElement(root, f"{{{RESPONDER}}}skickatAv"), revocation.by)
    return etree.tostring(root, encoding="utf-8")


def _id(parent: etree._Element, tag: str, root: str, extension: str) -> None:
    element = etree.SubElement(parent, f"{{{RESPONDER}}}{tag}")
    etree.SubElement(element, f"{{{TYPES}}}root").text = root
    etree.SubElement(element, f"{{{TYPES}}}extension").text = extension
