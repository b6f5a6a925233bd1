"""What happens in a signing, whatever the method: it begins with a ticket, and ends with the certificate signed or the draft as it was.

The only place that changes tickets. No rule of certificates is here: `certificates/signing.py` follows them all, at both ends.
Interrupted anywhere, the draft stays a draft and can be signed anew. Source: reference/login-and-signing.md §6.3, §6.5–6.6.
"""

from uuid import UUID

from webcert.certificate_types import TYPES
from webcert.certificates import signing
from webcert.certificates.errors import Denied, NotFound, Refused
from webcert.certificates.events import Fact
from webcert.certificates.signing import Proof
from webcert.monitoring.events import Event, tell
from webcert.signing.models import LASTS, OPEN, Status, Ticket
from webcert.staff.login_context import LoginContext
from webcert.statements import Select, Update
from webcert.vocabulary import clock

_HOW_IT_STANDS = ["status", "problem"]

_TICKET, _TICKETS_OF_DOCUMENT = Select(Ticket, "id = %s"), Update(Ticket, "certificate_id = %s AND digest = %s")


class Ended(Refused):
    """The signing has ended, or its time is out."""

    text = "Signeringen är avslutad eller har tagit för lång tid. Utkastet finns kvar. Börja om från utkastet."


def start(id: UUID, *, revision: int, session: str, by: LoginContext) -> Ticket:
    """Begin to sign the draft as the user saw it. What she had begun before is ended: she signs one certificate at a time.

    A button that is pressed twice gives the same ticket. `session` names her session. Raises Denied, StaleRevision or Incomplete.
    """
    prepared = signing.prepare(id, revision=revision, by=by)
    hers = Ticket.objects.filter(user_id=by.user.hsa_id, status__in=OPEN)
    if begun := list(hers.defer("document", "answer")):
        for ticket in begun:
            same = (ticket.certificate_id, ticket.revision, ticket.session) == (id, revision, session)
            if same and ticket.is_open and ticket.created_at >= prepared.draft.saved_at:
                return ticket
        hers.update(status=Status.CANCELLED)
    return Ticket.objects.create(
        certificate_id=id,
        revision=revision,
        type_name=TYPES[prepared.draft.type].name,
        version=prepared.draft.version,
        user_id=by.user.hsa_id,
        session=session,
        method=by.method,
        document=prepared.document.xml,
        digest=prepared.document.digest,
        signed_at=prepared.signed_at,
        created_at=clock.now(),
    )


def ticket_of(id: UUID, *, session: str, by: LoginContext) -> Ticket:
    """The user's ticket. Raises NotFound for one that does not exist, and Denied for somebody else's or another session's (T4)."""
    ticket = _TICKET.first(id)
    if ticket is None:
        raise NotFound(str(id))
    if (ticket.user_id, ticket.session) != (by.user.hsa_id, session):
        raise Denied("AUTHORIZATION_VALIDATION", "Signeringen har påbörjats av någon annan eller i en annan inloggning.")
    return ticket


def finish(ticket: Ticket, proof: Proof, *, by: LoginContext) -> None:
    """Let the certificate become signed; what is finished already stays as it is. That the proof proves anything is judged before.

    Raises Ended, and what `certificates.signing.sign` raises: the ticket has failed then, and nothing is signed.
    """
    if ticket.status == Status.SIGNED:
        return
    if not ticket.is_open:
        raise Ended
    try:
        signing.sign(
            ticket.certificate_id,
            revision=ticket.revision,
            signed_at=ticket.signed_at,
            document=ticket.prepared,
            proof=proof,
            by=by,
        )
    except Refused as refused:
        ticket.refresh_from_db(fields=_HOW_IT_STANDS)
        if ticket.status != Status.SIGNED:  # two requests that finish at once come to the same
            fail(ticket, refused.text)
            raise
    ticket.status, ticket.problem = Status.SIGNED, ""


def signed(fact: Fact) -> None:
    """The certificate has been signed, and so is the ticket that holds exactly that, whatever has been said of it. In one transaction."""
    it = fact.certificate
    _TICKETS_OF_DOCUMENT({"status": Status.SIGNED, "problem": ""}, it.id, it.digest)


def cancel(ticket: Ticket, problem: str = "") -> None:
    """The user gives it up; `problem` tells her so, when she has done it elsewhere."""
    _end(ticket, Status.CANCELLED, problem)


def fail(ticket: Ticket, problem: str) -> None:
    """It has come to nothing; `problem` is for the user."""
    tell(Event.UTKAST_SIGN_FAILED, certificate=str(ticket.certificate_id))
    _end(ticket, Status.FAILED, problem)


def clear_away() -> None:
    """Forget signings that have ended by time."""
    Ticket.objects.filter(created_at__lte=clock.now() - 2 * LASTS).delete()


def _end(ticket: Ticket, status: Status, problem: str = "") -> None:
    """Let it end so, unless another request was quicker: then it has ended as that one said."""
    if Ticket.objects.filter(pk=ticket.pk, status__in=OPEN).update(status=status, problem=problem[:300]):
        ticket.status, ticket.problem = status, problem
    else:
        ticket.refresh_from_db(fields=_HOW_IT_STANDS)
