"""Erasure of a certificate on the authority's decision (IVO, journalförstöring). Part of the actions; see `actions.py` for their rules.

No user can do it: an operator does, in two steps, so that nothing is erased by a slip of the hand. What stays is that it was done, by
whom and on what decision: an event, an entry in the access log, and all older entries there. Source: manual S 5.10.2.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from webcert.certificates.actions import locked
from webcert.certificates.errors import NotConfirmed, NotFound
from webcert.certificates.events import Fact, Happened, record
from webcert.certificates.models import Certificate

CODE_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would be erased, without anything about the patient. `code` confirms just this, as it stands now.

    `sent_to` is who has got the certificate and must be told in another way; `followers`: how many certificates follow from it.
    """

    id: UUID
    type: str
    version: str
    status: str
    unit: str
    created_at: datetime
    signed_at: datetime | None
    sent_to: str
    followers: int
    code: str


def prepared(id: UUID, *, decision: str, operator: str) -> Erasure:
    """What an erasure on that decision would take away, with the code that confirms it. Changes nothing. Raises NotFound."""
    it = Certificate.objects.filter(pk=id).first()
    if it is None:
        raise NotFound(str(id))
    followers = Certificate.objects.filter(parent_id=id).count()
    return Erasure(
        id=it.id,
        type=it.type,
        version=it.version,
        status=it.status,
        unit=f"{it.unit_name} ({it.unit_id})",
        created_at=it.created_at,
        signed_at=it.signed_at,
        sent_to=it.recipient,
        followers=followers,
        code=_code(it, decision, operator),
    )


@transaction.atomic
def erase(id: UUID, *, decision: str, operator: str, code: str) -> None:
    """Take away the certificate: answers, signed bytes and all. Those that follow from it stay as they are and follow from nothing.

    `operator` is the HSA-id of whoever answers for it. Raises NotFound, or NotConfirmed when the code is not the one that `prepared`
    gives for this decision, this operator and the certificate as it stands now.
    """
    certificate = locked(id)
    if not constant_time_compare(code, _code(certificate, decision, operator)):
        raise NotConfirmed
    Certificate.objects.filter(parent_id=id).update(parent_id=None, relation="")
    record(Fact(Happened.ERASED, certificate, None, decision, operator))
    Certificate.objects.filter(pk=id).delete()


def _code(it: Certificate, decision: str, operator: str) -> str:
    stands = (it.id, it.status, it.revision, it.sequence, it.digest, it.sent_at, it.revoked_at, decision, operator)
    return salted_hmac("webcert.certificates.erasing", repr(stands), algorithm="sha256").hexdigest()[:CODE_LENGTH].upper()
