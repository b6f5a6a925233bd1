"""From a draft to the document that is signed, the intyg with its issuer, unit, patient and svar; and what a signed one says.

Source: reference/certificates/fk7804.md §7, reference/integration/07-signing-xml.md §G2.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from webcert.certificate_types import TYPES, received
from webcert.certificates.models import Certificate
from webcert.forms.context import Context
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import Evaluation
from webcert.patients.models import Person
from webcert.riv import signed_form, xml
from webcert.riv.documents import documents
from webcert.riv.intyg import Intyg, Issuer, Patient, Relation, Unit
from webcert.riv.intyg_xml import register_certificate
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import oids
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.personal_id import PersonalId
from webcert.vocabulary.svar import Coded


class ContractBroken(Exception):
    """What we wrote does not pass our own reading of the contract: a defect of ours. Says which rules, never the answers."""


@dataclass(frozen=True, slots=True)
class Document:
    """The exact bytes of the RegisterCertificate message, and the digest of their signed form (base64)."""

    xml: bytes
    digest: str


def written(
    draft: Certificate,
    evaluation: Evaluation,
    context: Context,
    *,
    parent: Certificate | None,
    about: Person,
    by: LoginContext,
    signed_at: datetime,
) -> bytes:
    """The message of a complete draft about the patient, signed by that user at that time. The same draft always gives the same bytes."""
    intyg = _intyg(draft, evaluation, context, about, by, signed_at)
    if parent:
        intyg = replace(intyg, relations=(Relation(draft.relation, parent.unit_id, str(parent.id)),))
    return register_certificate(intyg)


def proof_read(message: bytes, today: date) -> Document:
    """The message as the document that is signed, when it keeps to the contract. Raises ContractBroken (see there)."""
    root = xml.parse(message)
    (as_read,) = documents(root)
    verdict = received.judge_intyg(as_read, today=today)
    if not verdict.valid:
        raise ContractBroken("; ".join(sorted({f"{problem.question} {problem.kind}" for problem in verdict.problems})))
    return Document(message, signed_form.digest(root, as_read.id))


def signed_intyg(certificate: Certificate) -> Intyg | None:
    """What the signed document of the certificate says of itself, its issuer and its unit; None while it is not signed, or unreadable."""
    if certificate.signed_xml is None:
        return None
    with suppress(xml.UnreadableXml):
        return next(documents(xml.parse(bytes(certificate.signed_xml))), None)
    return None


def _intyg(draft: Certificate, evaluation: Evaluation, context: Context, about: Person, by: LoginContext, signed_at: datetime) -> Intyg:
    type = TYPES[draft.type]
    return Intyg(
        id=str(draft.id),
        type_code=type.external_code,
        type_name=type.contract_name or type.name,
        type_system=type.type_system,
        version=draft.version,
        signed_at=signed_at.astimezone(SWEDEN).replace(tzinfo=None, microsecond=0),
        patient=_patient(draft, evaluation.answers.get("patient"), about),
        issuer=_issuer(draft, evaluation.answers["unit"], by),
        svar=to_svar(evaluation.form, evaluation.answers, context),
    )


def _patient(draft: Certificate, address: dict[str, str] | None, person: Person) -> Patient:
    """The patient by number; with name and address too when the form asks for the address (06-rivta-model-and-codes.md §F2)."""
    number = Patient(PersonalId(draft.patient_id).oid, draft.patient_id)
    if address is None:
        return number
    return replace(
        number,
        given_name=person.given_name,
        middle_name=person.middle_name,
        surname=person.surname,
        address=address["address"].strip(),
        postcode=address["postcode"].strip(),
        town=address["town"].strip(),
    )


def _issuer(draft: Certificate, address: dict[str, Any], by: LoginContext) -> Issuer:
    """The signer, on the draft's unit, with the address as it stands in the draft."""
    unit = Unit(
        id=draft.unit_id,
        name=draft.unit_name,
        workplace_code=by.unit.workplace_code,
        address=address["address"].strip(),
        postcode=address["postcode"].strip(),
        town=address["town"].strip(),
        phone=address["phone"].strip(),
        email=by.unit.email,
        care_provider_id=draft.care_provider_id,
        care_provider_name=draft.care_provider_name,
    )
    positions = tuple(Coded(position.code, oids.POSITION, position.name) for position in by.user.positions)
    return Issuer(by.user.hsa_id, by.user.name, unit, positions, by.user.specialities)
