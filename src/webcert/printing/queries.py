"""From the record of a certificate or draft to the contents of its print."""

from dataclasses import replace
from datetime import datetime

from webcert.certificate_types import TYPES
from webcert.certificates.actions import Opened, writing_context
from webcert.certificates.models import Certificate
from webcert.printing.contents import Mark, Print, print_of, print_of_document
from webcert.riv import xml
from webcert.riv.documents import documents
from webcert.riv.intyg import Issuer, Unit
from webcert.ui.formatting import swedish_datetime


def print_of_record(opened: Opened, *, at: datetime, minimal: bool = False) -> Print:
    """The print made at that time. Of a signed certificate the issuer and unit are those of the signed document."""
    certificate = opened.certificate
    contents = _signed(certificate, at, minimal) if certificate.is_signed else _draft(certificate, at)
    return replace(contents, mark=_mark(certificate), patient_name=opened.patient.name)


def _mark(certificate: Certificate) -> Mark:
    if certificate.revoked_at:
        return Mark.REVOKED
    if certificate.is_signed:
        return Mark.SIGNED
    return Mark.LOCKED if certificate.is_locked_draft else Mark.DRAFT


def _signed(certificate: Certificate, at: datetime, minimal: bool) -> Print:
    assert certificate.signed_xml is not None
    (intyg,) = documents(xml.parse(bytes(certificate.signed_xml)))
    type = TYPES[certificate.type]
    sent = f"Skickat till {type.recipient.name} {swedish_datetime(certificate.sent_at)}." if certificate.sent_at else ""
    return replace(print_of_document(type, intyg, certificate.answers, printed_at=at, minimal=minimal), sent=sent)


def _draft(draft: Certificate, at: datetime) -> Print:
    return print_of(
        TYPES[draft.type],
        draft.version,
        draft.answers,
        writing_context(draft),
        certificate_id=str(draft.id),
        personal_id=draft.patient_id,
        issuer=Issuer(hsa_id="", name="", unit=_unit(draft)),
        printed_at=at,
    )


def _unit(draft: Certificate) -> Unit:
    """The draft's unit, with the address as it stands in the draft."""
    address = draft.answers["unit"]
    return Unit(
        id=draft.unit_id,
        name=draft.unit_name,
        workplace_code="",
        address=address["address"],
        postcode=address["postcode"],
        town=address["town"],
        phone=address["phone"],
        email="",
        care_provider_id=draft.care_provider_id,
        care_provider_name=draft.care_provider_name,
    )
