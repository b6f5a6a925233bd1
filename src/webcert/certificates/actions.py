"""Everything that can be done to a certificate, in the order of its life. The only place that changes its state.

Each function is one transaction: access → change → fact. The actor is always `by`. All raise `Refused` (errors.py) and change nothing then.
The population register is asked before the transaction begins, since it may be slow and a locked row makes others wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from webcert.certificate_types import TYPES
from webcert.certificates import rows
from webcert.certificates.access import Action, Subject, require, require_free
from webcert.certificates.document import document_of
from webcert.certificates.errors import Denied, IdTaken, Incomplete, NotFound, StaleRevision
from webcert.certificates.events import Fact, Happened, event_of, record, tell
from webcert.certificates.issuing import issued_version
from webcert.certificates.models import Certificate, Relation, Status
from webcert.certificates.relatives import relatives_of
from webcert.code_systems.register import REGISTER
from webcert.forms.context import Context
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.forms.form import Form
from webcert.forms.wording import major_of
from webcert.patients import actions as patients
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext, Unit
from webcert.vocabulary import clock
from webcert.vocabulary.personal_id import PersonalId

FOLLOWED_BY = {Relation.RENEWS: Happened.RENEWED, Relation.REPLACES: Happened.REPLACED}
"""What happens to the parent when a certificate that follows from it is signed."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after a save: its judgement, and the texts that follow the answers while they are written."""

    draft: Certificate
    evaluation: Evaluation
    remarks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A certificate that is open on a page, and its patient as the population register knows them now."""

    certificate: Certificate
    patient: Person


def writing_context(draft: Certificate) -> Context:
    """The context in which the draft is judged: today, with the code lists in force, about its patient."""
    return Context(clock.today(), REGISTER, born=PersonalId(draft.patient_id).birth_date)


def form_of(certificate: Certificate) -> Form:
    """The certificate's form in the words of its own text version."""
    return TYPES[certificate.type].form(certificate.version)


def evaluation_of(draft: Certificate) -> Evaluation:
    """The draft's answers judged today."""
    return evaluate(form_of(draft), draft.answers, writing_context(draft))


def create(type_id: str, *, patient: Person, by: LoginContext, id: UUID | None = None) -> Certificate:
    """A new empty draft for the patient, on the unit where the user is, with the unit's address filled in (manual S 5.2).

    `id` is made by the page with the button, so that a button that is pressed twice gives the same draft. Raises IdTaken when the
    id is that of something else.
    """
    if type_id not in TYPES:
        raise NotFound(type_id)
    patient = looked_up(patient.personal_id)
    require(Action.CREATE, Subject(type_id, by.unit.id, None, patient.protected, patient.deceased), by)
    draft = new_draft(type_id, patient, by, id or uuid4())
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            record(Fact(Happened.CREATED, draft, by))
    except IntegrityError:
        return _made_by_an_earlier_press(draft)
    return draft


def new_draft(type_id: str, patient: Person, by: LoginContext, id: UUID) -> Certificate:
    """An empty draft on the unit where the user is, with the addresses filled in; not stored yet."""
    now = clock.now()
    version = issued_version(TYPES[type_id])
    return Certificate(
        id=id,
        type=type_id,
        version=version,
        unit_id=by.unit.id,
        unit_name=by.unit.name,
        care_provider_id=by.unit.care_provider_id,
        care_provider_name=by.unit.care_provider_name,
        patient_id=patient.personal_id,
        person_id=patient.id,
        protected=patient.protected,
        answers=_prefilled(TYPES[type_id].form(version), by.unit, patient),
        editor_id=by.user.hsa_id,
        editor_name=by.user.name,
        created_at=now,
        created_by_id=by.user.hsa_id,
        created_by_name=by.user.name,
        saved_at=now,
        saved_by_id=by.user.hsa_id,
        saved_by_name=by.user.name,
    )


def _made_by_an_earlier_press(draft: Certificate) -> Certificate:
    made = Certificate.objects.get(pk=draft.id)
    for field in ("type", "patient_id", "unit_id", "created_by_id"):
        if getattr(made, field) != getattr(draft, field):
            raise IdTaken(str(draft.id))
    return made


def _prefilled(form: Form, unit: Unit, patient: Person) -> dict[str, dict[str, str]]:
    """What the addresses of the form hold in a new draft: HSA's for the unit, the population register's for the patient."""
    known = {
        "unit": {"address": unit.address, "postcode": unit.postcode, "town": unit.town, "phone": unit.phone},
        "patient": {"address": patient.street, "postcode": patient.postcode, "town": patient.town},
    }
    return {id: address for id, address in known.items() if id in form.by_id}


def open_one(id: UUID, *, by: LoginContext) -> Opened:
    """Open the certificate as it stands: a draft to be written, anything else to be read."""
    seen = _found(Certificate.objects.filter(pk=id).first(), id)
    patient = looked_up(seen.patient_id)
    return _open_draft(seen, patient, by) if seen.is_open_draft else _read(seen, patient, by)


def open_draft(id: UUID, *, by: LoginContext) -> Opened:
    """Open the draft for editing: the one who opens it last has it, and earlier pages can no longer save (manual S 5.2.2).

    The form gets the newest wording of its version, and the patient's protection is looked up anew.
    """
    seen = _found(Certificate.objects.filter(pk=id).first(), id)
    return _open_draft(seen, looked_up(seen.patient_id), by)


def _open_draft(draft: Certificate, patient: Person, by: LoginContext) -> Opened:
    with transaction.atomic():
        while True:
            draft.protected = patient.protected
            require(Action.EDIT, Subject.of(draft), by)
            if _take_over(draft, by):
                break
            draft = locked(draft.id)  # somebody was quicker; what is shown must be what is stored
        record(Fact(Happened.READ, draft, by))
    return Opened(draft, patient)


def _take_over(draft: Certificate, by: LoginContext) -> bool:
    """Give the draft to that user in one statement. False, and nothing is done, when it has been changed since it was read."""
    as_read = Certificate.objects.filter(pk=draft.id, status=draft.status, revision=draft.revision, sequence=draft.sequence)
    taken = {
        "protected": draft.protected,
        "version": TYPES[draft.type].version_at(clock.today(), major_of(draft.version)),
        "revision": draft.revision + 1,
        "sequence": 0,
        "editor_id": by.user.hsa_id,
        "editor_name": by.user.name,
        "changed_since_opened": False,
    }
    if not as_read.update(**taken):
        return False
    for field, value in taken.items():
        setattr(draft, field, value)
    return True


def read(id: UUID, *, by: LoginContext) -> Opened:
    """The certificate to be read; that it was read is logged before it is shown."""
    seen = _found(Certificate.objects.filter(pk=id).first(), id)
    return _read(seen, looked_up(seen.patient_id), by)


def _read(certificate: Certificate, patient: Person, by: LoginContext) -> Opened:
    changed, certificate.protected = certificate.protected != patient.protected, patient.protected
    require(Action.READ, Subject.of(certificate), by)
    if changed:
        certificate.save(update_fields=["protected"])
    record(Fact(Happened.READ, certificate, by))
    return Opened(certificate, patient)


@transaction.atomic
def save(id: UUID, *, fields: Mapping[str, str], focus: str, revision: int, sequence: int, by: LoginContext) -> Saved:
    """Keep what stands in the page's fields. `focus` is the field with the cursor, which is left as it is.

    `sequence` numbers the saves since the draft was opened: one that comes late, after a newer one, changes nothing.
    """
    draft = _found(rows.lock(id), id)
    require(Action.EDIT, Subject.of(draft), by)
    _require_revision(draft, revision, by)
    form, context = form_of(draft), writing_context(draft)
    answers = form.settle(form.decode(fields), focus, context)
    evaluation = evaluate(form, answers, context)
    remarks: dict[str, str] = {}
    for question in form.questions:
        remarks |= question.remarks(answers.get(question.id), fields, context)
    if sequence > draft.sequence:
        _store(draft, evaluation, sequence, by)
    return Saved(draft, evaluation, remarks)


def _store(draft: Certificate, evaluation: Evaluation, sequence: int, by: LoginContext) -> None:
    draft.answers = evaluation.answers
    draft.status = Status.COMPLETE if evaluation.complete else Status.INCOMPLETE
    draft.summary = TYPES[draft.type].summarise(draft.version, evaluation.answers)
    draft.sequence = sequence
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = clock.now(), by.user.hsa_id, by.user.name
    first_change, draft.changed_since_opened = not draft.changed_since_opened, True
    if first_change:
        changed = Fact(Happened.CHANGED, draft, by)
        rows.store(draft, event_of(changed))
        tell(changed)
    else:
        rows.store(draft)


@transaction.atomic
def delete(id: UUID, *, by: LoginContext) -> None:
    """Remove the draft and its contents for good; only the fact that it was done remains (manual S 5.3)."""
    draft = locked(id)
    require(Action.DELETE, Subject.of(draft), by)
    record(Fact(Happened.DELETED, draft, by))
    Certificate.objects.filter(pk=draft.id).delete()


@transaction.atomic
def mark_forwarded(id: UUID, *, forwarded: bool, by: LoginContext) -> Certificate:
    """Note whether the draft has been forwarded by mail to somebody who can sign it (manual S 5.4)."""
    draft = locked(id)
    require(Action.FORWARD, Subject.of(draft), by)
    if draft.forwarded != forwarded:
        draft.forwarded = forwarded
        draft.save(update_fields=["forwarded"])
        record(Fact(Happened.FORWARDED, draft, by))
    return draft


def sign(id: UUID, *, revision: int, by: LoginContext) -> Certificate:
    """Turn a complete draft into a signed certificate: from now on its bytes never change.

    Raises Denied, StaleRevision or Incomplete (with the problems). The electronic signature joins the document here when it exists.
    Source: manual S 5.2, reference/integration/07-signing-xml.md §G5.
    """
    patient = patient_of(id)
    with transaction.atomic():
        draft = locked(id)
        require(Action.SIGN, Subject.of(draft), by)
        _require_revision(draft, revision, by)
        parent = _parent_of(draft, by)
        _sign(draft, parent, patient, by)
        record(Fact(Happened.SIGNED, draft, by))
        if parent:
            record(Fact(FOLLOWED_BY[Relation(draft.relation)], parent, by, str(draft.id)))
    return draft


def _parent_of(draft: Certificate, by: LoginContext) -> Certificate | None:
    """The certificate that the draft follows from, held until the transaction ends. Raises Denied when another has replaced it by now."""
    if not draft.parent_id or draft.relation not in FOLLOWED_BY:
        return None
    parent = locked(draft.parent_id)
    if draft.relation != Relation.RENEWS:
        require_free(Subject.of(parent, relatives_of(parent)), by)
    return parent


def _sign(draft: Certificate, parent: Certificate | None, patient: Person, by: LoginContext) -> None:
    context = writing_context(draft)
    evaluation = evaluate(form_of(draft), draft.answers, context)
    if not evaluation.complete:
        raise Incomplete(evaluation.problems)
    now = clock.now()
    document = document_of(draft, evaluation, context, parent=parent, about=patient, by=by, signed_at=now)
    draft.answers = evaluation.answers
    draft.status = Status.SIGNED
    draft.signed_at, draft.signed_by_id, draft.signed_by_name = now, by.user.hsa_id, by.user.name
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = now, by.user.hsa_id, by.user.name
    draft.signed_xml, draft.digest = document.xml, document.digest
    draft.save()


def send(id: UUID, *, by: LoginContext) -> Certificate:
    """Send the certificate to its recipient. The delivery is a job in the same transaction (manual S 5.5)."""
    patient_of(id)
    with transaction.atomic():
        certificate = locked(id)
        require(Action.SEND, Subject.of(certificate, relatives_of(certificate)), by)
        recipient = TYPES[certificate.type].recipient
        certificate.sent_at, certificate.recipient = clock.now(), recipient.id
        certificate.save(update_fields=["sent_at", "recipient"])
        record(Fact(Happened.SENT, certificate, by, recipient.name))
    return certificate


@transaction.atomic
def record_delivery(id: UUID) -> None:
    """Note that the recipient has the certificate. Done once; a repeated note changes nothing."""
    certificate = locked(id)
    if certificate.delivered_at is None:
        certificate.delivered_at, certificate.delivery_problem = clock.now(), ""
        certificate.save(update_fields=["delivered_at", "delivery_problem"])
        record(Fact(Happened.DELIVERED, certificate, None, TYPES[certificate.type].recipient.name))


@transaction.atomic
def record_delivery_failure(id: UUID, *, problem: str) -> None:
    """Note that the recipient will not get the certificate unless somebody acts. `problem` is for the operator; it names no person."""
    certificate = locked(id)
    certificate.delivery_problem = problem[:300]
    certificate.save(update_fields=["delivery_problem"])
    record(Fact(Happened.DELIVERY_FAILED, certificate, None, certificate.delivery_problem))


def record_print(id: UUID, *, by: LoginContext, minimal: bool = False) -> Opened:
    """The certificate that is about to be printed, in full or minimal; that it is printed is logged before the print exists."""
    patient = patient_of(id)
    with transaction.atomic():
        certificate = _found(Certificate.objects.filter(pk=id).first(), id)
        certificate.protected = patient.protected
        require(Action.PRINT_MINIMAL if minimal else Action.PRINT, Subject.of(certificate), by)
        record(Fact(Happened.PRINTED, certificate, by, "MINIMAL" if minimal else "FULL"))
    return Opened(certificate, patient)


def locked(id: UUID) -> Certificate:
    """The certificate, held until the transaction ends."""
    return _found(Certificate.objects.select_for_update().filter(pk=id).first(), id)


def _found(certificate: Certificate | None, id: UUID) -> Certificate:
    if certificate is None:
        raise NotFound(str(id))
    return certificate


def _require_revision(draft: Certificate, revision: int, by: LoginContext) -> None:
    if draft.revision != revision:
        raise StaleRevision(draft.editor_name, same_person=draft.editor_id == by.user.hsa_id)


def patient_of(id: UUID) -> Person:
    """The certificate's patient, looked up before anything is locked."""
    personal_id = Certificate.objects.filter(pk=id).values_list("patient_id", flat=True).first()
    if personal_id is None:
        raise NotFound(str(id))
    return looked_up(personal_id)


def looked_up(personal_id: str) -> Person:
    """The person as the population register knows them now; without an answer nothing may be done (manual S 5.11.2)."""
    found = patients.look_up(PersonalId(personal_id))
    if found.person is None or not found.certain:
        raise Denied("PU_PROBLEM", "Personuppgiftstjänsten svarar inte. Försök igen om en stund.", 503)
    return found.person
