"""Whether a page still has the draft that it shows; and when it has lost it, to whom. Nothing is changed here.

The one who opened a draft last has it (manual S 5.2.2), and the other is told at once, by name: the page asks every few seconds, and a
save that is refused says the same. So it is when the draft has been signed or deleted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from webcert.certificates import rows
from webcert.certificates.access import Action, Subject, require
from webcert.certificates.errors import Lost, NotFound, Refused, StaleRevision
from webcert.certificates.events import Happened
from webcert.certificates.models import Certificate, Event
from webcert.staff.login_context import LoginContext

_DONE = {Happened.DELETED: ("raderat utkastet", 404), Happened.SIGNED: ("signerat intyget", 409)}
"""What somebody else may have done with a draft that is open, in words, with the HTTP status."""


def require_held(id: UUID, *, revision: int, by: LoginContext) -> None:
    """Raise Refused, as a save would be refused, when the page that got this revision has lost the draft. One statement."""
    draft = rows.seen_for_holding(id)
    if draft is None:
        raise NotFound(str(id))
    require(Action.EDIT, Subject.of(draft), by)
    require_revision(draft, revision, by)


def require_revision(draft: Certificate, revision: int, by: LoginContext) -> None:
    """Raise StaleRevision when somebody has opened the draft since the page got it."""
    if draft.revision != revision:
        raise StaleRevision(draft.editor_name, same_person=draft.editor_id == by.user.hsa_id)


@contextmanager
def by_name(id: UUID, by: LoginContext) -> Iterator[None]:
    """Let a refusal in the block tell who has signed or deleted the draft, if somebody has. Any other is told as it is."""
    try:
        yield
    except StaleRevision:
        raise
    except Refused as refused:
        ended = Event.objects.filter(certificate_id=id, kind__in=_DONE).order_by("-id").first() if refused.status in (404, 409) else None
        if ended is None:
            raise
        words, status = _DONE[Happened(ended.kind)]
        whom = "Du har i en annan flik eller dator" if ended.by_id == by.user.hsa_id else f"{ended.by_name} har"
        raise Lost(f"{whom} {words}.", status) from refused
