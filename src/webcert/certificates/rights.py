"""What each role may do with each type: the manuals' tables 2 and 3. The other reasons to refuse are in `guards.py`.

Source: manuals' tables 2 and 3, reference/access-and-lifecycle.md §6.1, reference/roles-and-login-context.md §3.2, reference/ui.md §14.10.
"""

from enum import StrEnum

from webcert.staff.login_context import Origin
from webcert.staff.roles import Role


class Action(StrEnum):
    """What a user can do with a certificate and with the messages about it."""

    CREATE = "CREATE"
    READ = "READ"
    EDIT = "EDIT"
    DELETE = "DELETE"
    FORWARD = "FORWARD"
    MARK_READY = "MARK_READY"
    SIGN = "SIGN"
    SEND = "SEND"
    PRINT = "PRINT"
    PRINT_MINIMAL = "PRINT_MINIMAL"
    RENEW = "RENEW"
    REPLACE = "REPLACE"
    COPY = "COPY"
    REVOKE = "REVOKE"

    READ_MESSAGES = "READ_MESSAGES"
    ASK = "ASK"
    ANSWER = "ANSWER"
    HANDLE_MESSAGE = "HANDLE_MESSAGE"
    FORWARD_MESSAGE = "FORWARD_MESSAGE"
    COMPLEMENT = "COMPLEMENT"
    COMPLEMENT_WITH_COMMENT = "COMPLEMENT_WITH_COMMENT"
    ANSWER_COMPLEMENT = "ANSWER_COMPLEMENT"
    HANDLE_COMPLEMENT = "HANDLE_COMPLEMENT"


DOCTORS = frozenset({Role.DOCTOR, Role.PRIVATE_PRACTITIONER})
SIGNERS = DOCTORS | {Role.DENTIST}
EVERYONE = SIGNERS | {Role.CARE_ADMINISTRATOR}
ADMINISTRATORS = frozenset({Role.CARE_ADMINISTRATOR})
NOT_DENTISTS = EVERYONE - {Role.DENTIST}
HAVE_COLLEAGUES = EVERYONE - {Role.PRIVATE_PRACTITIONER}
"""Who works alone has nobody to forward to (manual, table 3)."""

STATEMENTS = ("luse", "luae_na", "luae_fs")
"""The statements (läkarutlåtanden) to Försäkringskassan."""

TRANSPORT = ("ts-bas", "ts-diabetes")
"""The types to Transportstyrelsen."""

OPEN_TO = {"lisjp": EVERYONE, "fk7263": EVERYONE, **dict.fromkeys(STATEMENTS + TRANSPORT, NOT_DENTISTS)}
"""Type → the roles that have it at all (table 2)."""

ALLOWED = {
    **dict.fromkeys(Action, EVERYONE),
    **dict.fromkeys((Action.SIGN, Action.REPLACE, Action.REVOKE, Action.COMPLEMENT_WITH_COMMENT), SIGNERS),
    **dict.fromkeys((Action.FORWARD, Action.FORWARD_MESSAGE), HAVE_COLLEAGUES),
    Action.MARK_READY: ADMINISTRATORS,
}
"""Action → the roles that may, with the types that they have (table 3)."""

ORIGINS = {
    Action.FORWARD: frozenset({Origin.NORMAL}),
    Action.FORWARD_MESSAGE: frozenset({Origin.NORMAL}),
    Action.MARK_READY: frozenset({Origin.DEEP_INTEGRATION}),
}
"""Action → where it exists; what is not listed exists everywhere (table 3, "n/a")."""

MESSAGES = frozenset(
    {
        Action.READ_MESSAGES,
        Action.ASK,
        Action.ANSWER,
        Action.HANDLE_MESSAGE,
        Action.FORWARD_MESSAGE,
        Action.COMPLEMENT,
        Action.COMPLEMENT_WITH_COMMENT,
        Action.ANSWER_COMPLEMENT,
        Action.HANDLE_COMPLEMENT,
    }
)
_TO_TRANSPORTSTYRELSEN = frozenset(Action) - MESSAGES - {Action.RENEW, Action.PRINT_MINIMAL}
_FUNCTIONS = {
    "lisjp": frozenset(Action),
    **dict.fromkeys(STATEMENTS, frozenset(Action) - {Action.PRINT_MINIMAL}),
    **dict.fromkeys(TRANSPORT, _TO_TRANSPORTSTYRELSEN),
    "fk7263": frozenset({Action.READ, Action.PRINT, Action.PRINT_MINIMAL, Action.REVOKE})
    | (MESSAGES - {Action.ASK, Action.FORWARD_MESSAGE, Action.COMPLEMENT, Action.COMPLEMENT_WITH_COMMENT}),
}
"""Type → what can be done with it by anybody. FK 7263 is only read, printed and revoked, and messages that have begun are ended."""

ROLES = {(type, action): OPEN_TO[type] & ALLOWED[action] for type, actions in _FUNCTIONS.items() for action in actions}
"""Type × action → the roles that may. What is not listed nobody may."""
