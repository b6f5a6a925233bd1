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
from webcert.certificates.access import Action, Subject, require
from webcert.certificates.errors import IdTaken, NotFound
from webcert.certificates.events import Fact, Happened, event_of, record, tell
from webcert.certificates.holding import require_revision
from webcert.certificates.issuing import is_outdated, issued_version
from webcert.certificates.models import Certificate, Status
from webcert.certificates.patient import followed, looked_up, patient_of
from webcert.certificates.relatives import relatives_of
from webcert.code_systems.register import REGISTER
from webcert.forms.context import Context
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.forms.form import Form
from webcert.forms.wording import major_of
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext, Unit
from webcert.vocabulary import clock
from webcert.vocabulary.personal_id import PersonalId


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after a save: its judgement, and the texts that follow the answers while they are written."""

    draft: Certificate
    evaluation: Evaluation
    remarks: dict[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """A certificate that is open on a page, to be written or read, and its patient as the population register knows them now.

    `reworded`: the questions got newer words now that it was opened.
    """

    certificate: Certificate
    patient: Person
    to_write: bool = False
    reworded: bool = False


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
        test_indicated=patient.test_indicated,
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
    """Open the certificate as it stands: a draft of the user's own to be written, anything else to be read; so also a draft whose
    questions are no longer asked."""
    it = seen(id, signature=True)
    patient = followed(it.patient_id, it.protected)
    written = it.is_open_draft and by.writes(it.unit_id) and not is_outdated(it.type, it.version)
    return _open_draft(it, patient, by) if written else _read(it, patient, by)


def open_draft(id: UUID, *, by: LoginContext) -> Opened:
    """Open the draft for editing: the one who opens it last has it, and earlier pages can no longer save (manual S 5.2.2).

    The form gets the newest wording of its version, and the patient's protection is looked up anew.
    """
    draft = seen(id)
    return _open_draft(draft, followed(draft.patient_id, draft.protected), by)


def _open_draft(draft: Certificate, patient: Person, by: LoginContext) -> Opened:
    with transaction.atomic():
        while True:
            require(Action.EDIT, Subject.of(draft, patient=patient), by)
            former = draft.version
            if _take_over(draft, by):
                break
            draft = locked(draft.id)  # somebody was quicker; what is shown must be what is stored
        record(Fact(Happened.READ, draft, by))
    return Opened(draft, patient, to_write=True, reworded=draft.version != former)


def _take_over(draft: Certificate, by: LoginContext) -> bool:
    """Give the draft to that user. False, and nothing is done, when it has been changed since it was read."""
    taken = {
        "version": TYPES[draft.type].version_at(clock.today(), major_of(draft.version)),
        "revision": draft.revision + 1,
        "sequence": 0,
        "editor_id": by.user.hsa_id,
        "editor_name": by.user.name,
        "changed_since_opened": False,
    }
    return rows.change_as_read(draft, taken)


def read(id: UUID, *, by: LoginContext) -> Opened:
    """The certificate to be read; that it was read is logged before it is shown."""
    it = seen(id, signature=True)
    return _read(it, followed(it.patient_id, it.protected), by)


def _read(certificate: Certificate, patient: Person, by: LoginContext) -> Opened:
    require(Action.READ, Subject.of(certificate, patient=patient), by)
    record(Fact(Happened.READ, certificate, by))
    return Opened(certificate, patient)


@transaction.atomic
def save(id: UUID, *, fields: Mapping[str, str], focus: str, revision: int, sequence: int, by: LoginContext) -> Saved:
    """Keep what stands in the page's fields. `focus` is the field with the cursor, which is left as it is.

    `sequence` numbers the saves since the draft was opened: one that comes late, after a newer one, changes nothing.
    """
    draft = _found(rows.locked_for_save(id), id)
    require(Action.EDIT, Subject.of(draft), by)
    require_revision(draft, revision, by)
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


def delete(id: UUID, *, by: LoginContext, revision: int | None = None) -> None:
    """Remove the draft and its contents for good; only the fact that it was done remains (manual S 5.3).

    A page gives the `revision` that it has got, and deletes no draft that somebody else has opened since.
    """
    patient = patient_of(id)
    with transaction.atomic():
        draft = locked(id)
        require(Action.DELETE, Subject.of(draft, patient=patient), by)
        if revision is not None:
            require_revision(draft, revision, by)
        record(Fact(Happened.DELETED, draft, by))
        Certificate.objects.filter(pk=draft.id).delete()


def mark_forwarded(id: UUID, *, forwarded: bool, by: LoginContext) -> Certificate:
    """Note whether the draft has been forwarded by mail to somebody who can sign it (manual S 5.4)."""
    patient = patient_of(id)
    with transaction.atomic():
        draft = locked(id)
        require(Action.FORWARD, Subject.of(draft, patient=patient), by)
        if draft.forwarded != forwarded:
            draft.forwarded = forwarded
            draft.save(update_fields=["forwarded"])
            record(Fact(Happened.FORWARDED, draft, by))
    return draft


def mark_ready(id: UUID, *, by: LoginContext) -> Certificate:
    """Tell the EHR that the draft can be signed, also when something is missing. Only the first mark counts (manual I 4.2.1)."""
    patient = patient_of(id)
    with transaction.atomic():
        draft = locked(id)
        require(Action.MARK_READY, Subject.of(draft, patient=patient), by)
        if draft.ready_at is None:
            draft.ready_at, draft.ready_by_name = clock.now(), by.user.name
            draft.save(update_fields=["ready_at", "ready_by_name"])
            record(Fact(Happened.MARKED_READY, draft, by))
    return draft


def send(id: UUID, *, by: LoginContext) -> Certificate:
    """Send the certificate to its recipient. The delivery is a job in the same transaction (manual S 5.5)."""
    patient = patient_of(id)
    with transaction.atomic():
        certificate = locked(id)
        require(Action.SEND, Subject.of(certificate, relatives_of(certificate), patient), by)
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
        certificate = seen(id)
        require(Action.PRINT_MINIMAL if minimal else Action.PRINT, Subject.of(certificate, patient=patient), by)
        record(Fact(Happened.PRINTED, certificate, by, "MINIMAL" if minimal else "FULL"))
    return Opened(certificate, patient)


def seen(id: UUID, *, signature: bool = False) -> Certificate:
    """The certificate as it stands, when asked for with its signature; the next moment it may stand otherwise."""
    if signature:
        return _found(Certificate.objects.select_related("signature").filter(pk=id).first(), id)
    return _found(rows.seen(id), id)


def locked(id: UUID) -> Certificate:
    """The certificate, held until the transaction ends."""
    return _found(rows.locked(id), id)


def _found(certificate: Certificate | None, id: UUID) -> Certificate:
    if certificate is None:
        raise NotFound(str(id))
    return certificate
