"""Who may do what: one table, asked by the actions and by the pages, so that no button is shown that the server would refuse.

For each action the guards, in order; the first that refuses gives the reason. What the guards say is in `guards.py`, what the roles may
in `rights.py`. Source: reference/access-and-lifecycle.md §5–6, reference/certificates/fk7804.md §1.3, manuals' tables 2 and 3.
"""

from collections.abc import Iterable

from webcert.certificates import guards as g
from webcert.certificates.errors import Denied
from webcert.certificates.guards import Guard, Subject
from webcert.certificates.rights import Action
from webcert.staff.login_context import LoginContext

__all__ = ["RULES", "Action", "Guard", "Subject", "refusal", "require", "require_some"]

PROTECTION = (g.PROTECTED, g.PROTECTED_TYPE, g.PROTECTED_ELSEWHERE)
READING = (g.ROLE, *PROTECTION, g.UNIT_TO_READ)
WRITING = (g.ROLE, g.DECEASED_ELSEWHERE, g.INACTIVE_ELSEWHERE, g.NOT_COPIED_ELSEWHERE, *PROTECTION, g.UNIT_TO_WRITE)
OPEN = (g.ALREADY_SIGNED, g.LOCKED)
"""What hinders that a draft is written."""

FOLLOWED = (g.NOT_SIGNED, g.REVOKED, g.REPLACED, g.COMPLEMENTED, g.OUTDATED)
"""What hinders that another certificate follows from a signed one."""

WITH_MESSAGES = (g.NOT_SIGNED, g.NOT_SENT)
COMPLEMENTING = (*WITH_MESSAGES, g.REVOKED, g.REPLACED, g.COMPLEMENTED, g.OUTDATED, g.NOT_REQUESTED, g.BEING_COMPLEMENTED)

RULES: dict[Action, tuple[Guard, ...]] = {
    Action.CREATE: (g.NOT_ISSUED, g.ROLE, g.DECEASED, g.INACTIVE, g.NOT_COPIED, *PROTECTION),
    Action.READ: READING,
    Action.EDIT: (*WRITING, *OPEN, g.OUTDATED),
    Action.DELETE: (*WRITING, *OPEN),
    Action.FORWARD: (*WRITING, *OPEN, g.OUTDATED),
    Action.MARK_READY: (*WRITING, *OPEN, g.OUTDATED),
    Action.SIGN: (*WRITING, *OPEN, g.OUTDATED, *g.TAKEN),
    Action.SEND: (*WRITING, g.NOT_SIGNED, g.REVOKED, g.ALREADY_SENT, g.REPLACED, g.OUTDATED, g.TEST_INDICATED),
    Action.PRINT: (*READING, g.REVOKED),
    Action.PRINT_MINIMAL: (g.NO_MINIMAL, *READING, g.NOT_SIGNED, g.REVOKED, g.NOT_FOR_EMPLOYERS),
    Action.RENEW: (g.ROLE, g.DECEASED, g.INACTIVE, g.NOT_COPIED, *PROTECTION, g.UNIT_TO_READ, *FOLLOWED),
    Action.REPLACE: (
        *(g.ROLE, g.DECEASED, g.INACTIVE, g.NOT_COPIED_ELSEWHERE, *PROTECTION, g.UNIT_TO_WRITE),
        *(*FOLLOWED, g.COMPLEMENT_REQUESTED, g.BEING_REPLACED),
    ),
    Action.COPY: (
        *(g.ROLE, g.DECEASED, g.INACTIVE, *PROTECTION, g.UNIT_TO_READ),
        *(g.NOT_LOCKED, g.REVOKED, g.OUTDATED, g.BEING_COPIED),
    ),
    Action.REVOKE: (*WRITING, g.OPEN_DRAFT, g.REVOKED),
    Action.READ_MESSAGES: (*READING, *WITH_MESSAGES),
    Action.ASK: (*WRITING, *WITH_MESSAGES, g.REVOKED, g.REPLACED),
    Action.ANSWER: (*WRITING, *WITH_MESSAGES, g.REVOKED_AND_ENDED),
    Action.HANDLE_MESSAGE: (*WRITING, *WITH_MESSAGES, g.REVOKED_AND_ENDED),
    Action.FORWARD_MESSAGE: (*WRITING, *WITH_MESSAGES, g.REVOKED),
    Action.COMPLEMENT: (*WRITING, *COMPLEMENTING),
    Action.COMPLEMENT_WITH_COMMENT: (*WRITING, *COMPLEMENTING),
    Action.ANSWER_COMPLEMENT: (*WRITING, *WITH_MESSAGES, g.REVOKED, g.NOT_REQUESTED),
    Action.HANDLE_COMPLEMENT: (*WRITING, *WITH_MESSAGES, g.REVOKED_AND_ENDED),
}


def refusal(action: Action, subject: Subject, by: LoginContext) -> Guard | None:
    """The first guard that refuses, or None when the action is allowed."""
    return next((guard for guard in RULES[action] if guard.refuses(subject, by, action)), None)


def require(action: Action, subject: Subject, by: LoginContext) -> None:
    """Raise Denied with the refusing guard's reason, if there is one."""
    require_some(action, (subject,), by)


def require_some(action: Action, subjects: Iterable[Subject], by: LoginContext) -> None:
    """Raise Denied when the action is refused for each of the subjects, with the first one's reason."""
    refusing = None
    for subject in subjects:
        guard = refusal(action, subject, by)
        if guard is None:
            return
        refusing = refusing or guard
    if refusing:
        raise Denied(refusing.code, refusing.text, refusing.status)
