"""Certificates that were signed elsewhere, from their documents. Part of the actions; see `actions.py` for their common rules."""

from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from webcert.certificate_types.received import Verdict, judge
from webcert.certificates.errors import IdTaken, NotValid
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.models import Certificate, Status
from webcert.certificates.patient import looked_up
from webcert.forms.problems import Kind, Problem
from webcert.patients.models import Person
from webcert.riv import signed_form, xml
from webcert.riv.intyg import Intyg
from webcert.vocabulary import clock
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId

_OTHER_IDS = UUID("6f4dd0c6-2f0e-4ed5-9d1c-3a6f1f3c8b17")
"""Makes handles of the ids that are no UUIDs, as those of FK 7263 may be."""


def take_in(document: bytes) -> Certificate:
    """A certificate that was signed elsewhere, from the document that carries it: any type and version that can be read.

    Its bytes are kept exactly. The system itself acts, so that nobody's access is logged. The same certificate again changes nothing
    and gives what is there. Raises NotValid, IdTaken when its id is that of another certificate, and Denied without an answer from PU.
    """
    verdict, personal_id = _judged(document)
    taken = _record_of(document, verdict, looked_up(personal_id.digits))
    try:
        with transaction.atomic():
            taken.save(force_insert=True)
            record(Fact(Happened.TAKEN_IN, taken, None))
    except IntegrityError:
        known = Certificate.objects.get(pk=taken.id)
        if known.digest != taken.digest:
            raise IdTaken(str(taken.id)) from None
        return known
    return taken


def _judged(document: bytes) -> tuple[Verdict, PersonalId]:
    """The verdict on the document, and its patient. Raises NotValid when it is no valid signed certificate about a person."""
    try:
        verdict = judge(document, today=clock.today())
    except xml.UnreadableXml as error:
        raise NotValid((_problem("dokument", str(error)),)) from error
    if verdict.valid and verdict.intyg.signed_at is None:
        raise NotValid((_problem("signeringstidpunkt", "Tid för signering saknas."),))
    if not verdict.valid:
        raise NotValid(verdict.problems)
    try:
        return verdict, PersonalId(verdict.intyg.patient.personal_id)
    except InvalidPersonalId:
        raise NotValid((_problem("patient", "Patientens person-id är fel."),)) from None


def _record_of(document: bytes, verdict: Verdict, patient: Person) -> Certificate:
    """The signed certificate, with the exact bytes of the document and what stands in it. It is not saved."""
    intyg = verdict.intyg
    assert verdict.type
    assert intyg.signed_at
    issuer, signed_at = intyg.issuer, intyg.signed_at.replace(tzinfo=SWEDEN)
    return Certificate(
        id=handle_of(intyg),
        type=verdict.type.id,
        version=intyg.version,
        status=Status.SIGNED,
        unit_id=issuer.unit.id,
        unit_name=issuer.unit.name,
        care_provider_id=issuer.unit.care_provider_id,
        care_provider_name=issuer.unit.care_provider_name,
        patient_id=patient.personal_id,
        person_id=patient.id,
        protected=patient.protected,
        test_indicated=patient.test_indicated,
        answers=verdict.answers,
        summary=verdict.type.summarise(intyg.version, verdict.answers),
        editor_id=issuer.hsa_id,
        editor_name=issuer.name,
        created_at=signed_at,
        created_by_id=issuer.hsa_id,
        created_by_name=issuer.name,
        saved_at=signed_at,
        saved_by_id=issuer.hsa_id,
        saved_by_name=issuer.name,
        signed_at=signed_at,
        signed_by_id=issuer.hsa_id,
        signed_by_name=issuer.name,
        signed_xml=document,
        digest=signed_form.digest(xml.parse(document), intyg.id),
    )


def handle_of(intyg: Intyg) -> UUID:
    """The id under which the certificate is kept: its own when that is a UUID, else one that always follows from it."""
    try:
        return UUID(intyg.id)
    except ValueError:
        return uuid5(_OTHER_IDS, intyg.id)


def _problem(where: str, text: str) -> Problem:
    return Problem(where, where, Kind.OTHER, text)
