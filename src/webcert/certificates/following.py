"""Certificates that follow from others: renew, replace, copy a locked draft. Part of the actions; see `actions.py` for their common rules.

Every new draft belongs to the unit where the user is, and gets the patient's and the unit's data anew. What it follows from is read for it,
which is an access of its own (reference/security-and-audit.md §1.2).
Source: reference/access-and-lifecycle.md §3, reference/certificates/fk7804.md §10, manual S 5.7–5.9.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from webcert.certificate_types import TYPES
from webcert.certificates.access import Action, Subject, require
from webcert.certificates.actions import evaluation_of, form_of, locked, new_draft
from webcert.certificates.errors import IdTaken
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.models import Certificate, Relation, Status
from webcert.certificates.patient import patient_of
from webcert.certificates.relatives import relatives_of
from webcert.staff.login_context import LoginContext

ACTIONS = {Relation.RENEWS: Action.RENEW, Relation.REPLACES: Action.REPLACE, Relation.COPIES: Action.COPY}


def renew(id: UUID, *, by: LoginContext, new_id: UUID | None = None) -> Certificate:
    """A draft that prolongs a signed certificate. What its type says is not carried over is empty (manual S 5.7).

    `new_id` is made by the page with the button, so that a button that is pressed twice gives the same draft. Raises IdTaken when it is
    the id of something else.
    """
    return _follow(id, Relation.RENEWS, by, new_id)


def replace(id: UUID, *, by: LoginContext, new_id: UUID | None = None) -> Certificate:
    """A draft with everything in a signed certificate, which it replaces when it is signed (manual S 5.8)."""
    return _follow(id, Relation.REPLACES, by, new_id)


def copy(id: UUID, *, by: LoginContext, new_id: UUID | None = None) -> Certificate:
    """A new draft with everything in a locked one (manual S 5.9)."""
    return _follow(id, Relation.COPIES, by, new_id)


def _follow(id: UUID, relation: Relation, by: LoginContext, new_id: UUID | None) -> Certificate:
    patient = patient_of(id)
    with transaction.atomic():
        parent = locked(id)
        if new_id and (made := Certificate.objects.filter(pk=new_id).first()):
            return _made_by_an_earlier_press(made, parent, by)
        require(ACTIONS[relation], Subject.of(parent, relatives_of(parent), patient), by)
        record(Fact(Happened.READ, parent, by))
        draft = new_draft(parent.type, patient, by, new_id or uuid4())
        draft.parent_id, draft.relation = parent.id, relation
        draft.answers = _carried(parent, draft, relation)
        evaluation = evaluation_of(draft)
        draft.answers = evaluation.answers
        draft.status = Status.COMPLETE if evaluation.complete else Status.INCOMPLETE
        draft.save(force_insert=True)
        record(Fact(Happened.CREATED, draft, by))
        if relation is Relation.COPIES:
            record(Fact(Happened.COPIED, parent, by, str(draft.id)))
    return draft


def _made_by_an_earlier_press(made: Certificate, parent: Certificate, by: LoginContext) -> Certificate:
    if (made.parent_id, made.created_by_id) != (parent.id, by.user.hsa_id):
        raise IdTaken(str(made.id))
    return made


def _carried(parent: Certificate, draft: Certificate, relation: Relation) -> dict[str, Any]:
    """The parent's answers to the questions of the new draft's form, with addresses as they are today."""
    left_out = TYPES[parent.type].not_renewed if relation is Relation.RENEWS else ()
    asked = form_of(draft).by_id.keys() - set(left_out)
    return {**{id: answer for id, answer in parent.answers.items() if id in asked}, **draft.answers}
