"""How a draft becomes a certificate, in two steps: what is to be signed is prepared, and what has been signed is taken in.

Between the steps lies the signer's own act, which may take minutes and happens elsewhere (room `signing`). Every rule is followed in both
steps. Part of the actions; see `actions.py` for their common rules. Source: reference/login-and-signing.md §6.5–6.6, manual S 5.2.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from webcert.certificates import rows
from webcert.certificates.access import Action, Subject, require
from webcert.certificates.actions import form_of, locked, seen, writing_context
from webcert.certificates.document import Document, proof_read, written
from webcert.certificates.errors import ChangedMeanwhile, Incomplete
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.holding import require_revision
from webcert.certificates.models import Certificate, Relation, Signature, Status
from webcert.certificates.patient import followed
from webcert.certificates.relatives import NONE, Relatives, relatives_of
from webcert.forms.evaluation import evaluate
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock
from webcert.xmldsig.certificates import with_signature

FOLLOWED_BY = {Relation.RENEWS: Happened.RENEWED, Relation.REPLACES: Happened.REPLACED}
"""What happens to the parent when a certificate that follows from it is signed."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A complete draft as the document that is to be signed, and the time that stands in it."""

    draft: Certificate
    document: Document
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """That the signer has signed what has this digest.

    `evidence` is what the signing service or BankID answered, byte for byte; it is kept beside the certificate. `signature` is what
    stands in the document, when it is an XML signature.
    """

    kind: Signature.Kind
    digest: str
    evidence: bytes
    signature: bytes = b""


def prepare(id: UUID, *, revision: int, by: LoginContext) -> Prepared:
    """The document that the user is to sign, with the time that it is now. Nothing is changed, so nothing is held.

    Raises Denied, StaleRevision or Incomplete (with the problems).
    """
    draft = seen(id)
    patient = followed(draft.patient_id, draft.protected)
    family = _family_of(draft)
    _require_signable(draft, family, patient, revision, by)
    now = clock.now()
    return Prepared(draft, proof_read(_message(draft, family.parent, patient, by, now), clock.today()), now)


def sign(id: UUID, *, revision: int, signed_at: datetime, document: Document, proof: Proof, by: LoginContext) -> Certificate:
    """Turn the draft into a signed certificate: from now on its bytes never change.

    `signed_at` and `document` are as prepared. That the proof proves what it says has been judged by who brings it; that this is about the
    document, and the document byte for byte what the draft says now, is judged here. Raises what `prepare` raises, and ChangedMeanwhile.
    """
    draft = seen(id)
    patient = followed(draft.patient_id, draft.protected)
    with transaction.atomic():
        parent = _held_parent_of(draft)
        while True:
            _require_signable(draft, _family_of(draft), patient, revision, by)
            message = _message(draft, parent, patient, by, signed_at)
            if (message, proof.digest) != (document.xml, document.digest):
                raise ChangedMeanwhile
            if _becomes_signed(draft, document, proof, signed_at, by):
                break
            draft = seen(id)  # somebody was quicker; what is signed must be what is stored
        record(Fact(Happened.SIGNED, draft, by))
        if parent:
            record(Fact(FOLLOWED_BY[Relation(draft.relation)], parent, by, str(draft.id)))
    return draft


def _require_signable(draft: Certificate, family: Relatives, patient: Person, revision: int, by: LoginContext) -> None:
    """Raise Refused unless the user may sign the draft, and it is as she saw it."""
    require(Action.SIGN, Subject.of(draft, family, patient), by)
    require_revision(draft, revision, by)


def _family_of(draft: Certificate) -> Relatives:
    """What may hinder that the draft is signed: its parent and what else has followed from that."""
    return relatives_of(draft) if draft.parent_id else NONE


def _held_parent_of(draft: Certificate) -> Certificate | None:
    """The certificate that the draft follows from, held until the transaction ends, so that no other takes its place meanwhile."""
    if not draft.parent_id or draft.relation not in FOLLOWED_BY:
        return None
    return locked(draft.parent_id)


def _message(draft: Certificate, parent: Certificate | None, patient: Person, by: LoginContext, signed_at: datetime) -> bytes:
    """What the draft says; its answers become those that the message carries. A copy does not tell its parent. Raises Incomplete."""
    context = writing_context(draft)
    evaluation = evaluate(form_of(draft), draft.answers, context)
    if not evaluation.complete:
        raise Incomplete(evaluation.problems)
    draft.answers = evaluation.answers
    parent = parent if draft.relation in FOLLOWED_BY else None
    return written(draft, evaluation, context, parent=parent, about=patient, by=by, signed_at=signed_at)


def _becomes_signed(draft: Certificate, document: Document, proof: Proof, signed_at: datetime, by: LoginContext) -> bool:
    """Store that the draft is signed. False, and nothing is done, when it has been changed since it was read."""
    signed = {
        "status": Status.SIGNED,
        "answers": draft.answers,
        "signed_at": signed_at,
        "signed_by_id": by.user.hsa_id,
        "signed_by_name": by.user.name,
        "saved_at": signed_at,
        "saved_by_id": by.user.hsa_id,
        "saved_by_name": by.user.name,
        "signed_xml": with_signature(document.xml, proof.signature),
        "digest": document.digest,
    }
    if not rows.change_as_read(draft, signed):
        return False
    signature = Signature(
        certificate=draft,
        kind=proof.kind,
        method=by.method,
        evidence=proof.evidence,
        signer_id=by.user.personal_id if by.method.is_e_legitimation else by.user.hsa_id,
        made_at=clock.now(),
    )
    rows.add_signature(signature)
    return True
