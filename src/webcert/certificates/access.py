"""Who may do what: one table, asked by the actions and by the pages, so that no button is shown that the server would refuse.

For each action the guards, in order; the first that refuses gives the reason. Source: reference/access-and-lifecycle.md §5–6,
reference/certificates/fk7804.md §1.3, manuals' tables 2 and 3.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates.errors import Denied
from webcert.certificates.issuing import is_outdated
from webcert.certificates.models import Certificate, Relation
from webcert.certificates.relatives import NONE, Relatives
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock


class Action(StrEnum):
    """What a user can do with a certificate."""

    CREATE = "CREATE"
    READ = "READ"
    EDIT = "EDIT"
    DELETE = "DELETE"
    FORWARD = "FORWARD"
    SIGN = "SIGN"
    SEND = "SEND"
    PRINT = "PRINT"
    PRINT_MINIMAL = "PRINT_MINIMAL"
    RENEW = "RENEW"
    REPLACE = "REPLACE"
    COPY = "COPY"
    REVOKE = "REVOKE"


SIGNERS = frozenset({Role.DOCTOR, Role.DENTIST})
EVERYONE = frozenset({Role.DOCTOR, Role.DENTIST, Role.CARE_ADMINISTRATOR})

DOCTORS = frozenset({Role.DOCTOR})
NOBODY: frozenset[Role] = frozenset()
NOT_DENTISTS = EVERYONE - {Role.DENTIST}

STATEMENTS = ("luse", "luae_na", "luae_fs")
"""The statements (läkarutlåtanden) to Försäkringskassan."""

TRANSPORT = ("ts-bas", "ts-diabetes")
"""The types to Transportstyrelsen."""

ROLES: dict[tuple[str, Action], frozenset[Role]] = {
    ("lisjp", Action.CREATE): EVERYONE,
    ("lisjp", Action.READ): EVERYONE,
    ("lisjp", Action.EDIT): EVERYONE,
    ("lisjp", Action.DELETE): EVERYONE,
    ("lisjp", Action.FORWARD): EVERYONE,
    ("lisjp", Action.SIGN): SIGNERS,
    ("lisjp", Action.SEND): EVERYONE,
    ("lisjp", Action.PRINT): EVERYONE,
    ("lisjp", Action.PRINT_MINIMAL): EVERYONE,
    ("lisjp", Action.RENEW): EVERYONE,
    ("lisjp", Action.REPLACE): SIGNERS,
    ("lisjp", Action.COPY): EVERYONE,
    ("lisjp", Action.REVOKE): SIGNERS,
    **{(type, action): NOT_DENTISTS for type in STATEMENTS + TRANSPORT for action in Action},
    **{(type, action): DOCTORS for type in STATEMENTS + TRANSPORT for action in (Action.SIGN, Action.REPLACE, Action.REVOKE)},
    **{(type, Action.RENEW): NOBODY for type in TRANSPORT},
    ("fk7263", Action.READ): EVERYONE,
    ("fk7263", Action.PRINT): EVERYONE,
    ("fk7263", Action.PRINT_MINIMAL): EVERYONE,
    ("fk7263", Action.REVOKE): SIGNERS,
}
"""Type × action → the roles that may. What is not listed nobody may."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action would be done to. For CREATE there is no certificate yet: `certificate` is None."""

    type: str
    unit_id: str
    certificate: Certificate | None = None
    protected: bool = False
    deceased: bool = False
    relatives: Relatives = NONE

    @classmethod
    def of(cls, certificate: Certificate, relatives: Relatives = NONE, patient: Person | None = None) -> "Subject":
        """The certificate with its relatives; `patient` as the population register knows them now, else as they were when it was opened."""
        protected = patient.protected if patient else certificate.protected
        deceased = patient is not None and patient.deceased
        return cls(certificate.type, certificate.unit_id, certificate, protected, deceased, relatives)


@dataclass(frozen=True, slots=True)
class Guard:
    """A reason to refuse: its code in the reference, the explanation for the user, and the test. `status` is the HTTP status."""

    code: str
    text: str
    refuses: Callable[[Subject, LoginContext, Action], bool]
    status: int = 403


def _is_signed(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.is_signed


def _is_locked(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.is_locked_draft


def _is_kept_from_employers(subject: Subject) -> bool:
    minimal = TYPES[subject.type].minimal
    if minimal is None or subject.certificate is None:
        return False
    return minimal.refused.holds(subject.certificate.answers, received_context(clock.today()))


ROLE = Guard(
    "AUTHORIZATION_VALIDATION",
    "Din roll har inte rätt att göra detta.",
    lambda subject, by, action: by.user.role not in ROLES.get((subject.type, action), frozenset()),
)
OTHER_UNIT = Guard(
    "AUTHORIZATION_DIFFERENT_UNIT",
    "Intyget hör till en annan vårdenhet. Byt vårdenhet för att komma åt det.",
    lambda subject, by, action: subject.unit_id not in by.scope,
)
PROTECTED = Guard(
    "AUTHORIZATION_SEKRETESS",
    "Patienten har en sekretessmarkering. Vårdadministratörer får inte hantera intyg för patienten.",
    lambda subject, by, action: subject.protected and by.user.role not in SIGNERS,
)
PROTECTED_TYPE = Guard(
    "AUTHORIZATION_SEKRETESS",
    "Patienten har en sekretessmarkering. Intyg till Transportstyrelsen kan inte hanteras för patienter med sekretessmarkering.",
    lambda subject, by, action: subject.protected and subject.type in TRANSPORT,
)
NOT_ISSUED = Guard(
    "DEPRECATED_TYPE",
    "Intygstypen har ersatts av en annan. De intyg som finns kan läsas och skrivas ut, men inga nya kan skapas.",
    lambda subject, by, action: not TYPES[subject.type].issued,
)
DECEASED = Guard(
    "DECEASED_PATIENT",
    "Patienten är avliden. Det går inte att skapa, förnya eller ersätta intyg.",
    lambda subject, by, action: subject.deceased,
)
ALREADY_SIGNED = Guard("INVALID_STATE", "Intyget är redan signerat.", lambda subject, by, action: _is_signed(subject), 409)
LOCKED = Guard("INVALID_STATE", "Utkastet är låst.", lambda subject, by, action: _is_locked(subject), 409)
NOT_LOCKED = Guard("INVALID_STATE", "Utkastet är inte låst.", lambda subject, by, action: not _is_locked(subject), 409)
NOT_SIGNED = Guard("INVALID_STATE", "Intyget är inte signerat.", lambda subject, by, action: not _is_signed(subject), 409)
OPEN_DRAFT = Guard(
    "INVALID_STATE",
    "Utkastet kan ändras eller raderas. Bara signerade intyg och låsta utkast kan makuleras.",
    lambda subject, by, action: subject.certificate is not None and subject.certificate.is_open_draft,
    409,
)
REPLACED = Guard(
    "INVALID_STATE_REPLACED",
    "Intyget har ersatts av ett annat intyg.",
    lambda subject, by, action: subject.relatives.replacement is not None,
    409,
)
COMPLEMENTED = Guard(
    "COMPLEMENT_INTYG_EXISTS",
    "Intyget har kompletterats med ett annat intyg.",
    lambda subject, by, action: subject.relatives.complement is not None,
    409,
)
BEING_REPLACED = Guard(
    "INVALID_STATE_REPLACED",
    "Det finns redan ett påbörjat utkast som ska ersätta intyget.",
    lambda subject, by, action: subject.relatives.open_draft(Relation.REPLACES) is not None,
    409,
)
BEING_COPIED = Guard(
    "INVALID_STATE",
    "Det finns redan ett påbörjat utkast som är en kopia av det låsta.",
    lambda subject, by, action: subject.relatives.open_draft(Relation.COPIES) is not None,
    409,
)
ALREADY_SENT = Guard(
    "INVALID_STATE",
    "Intyget är redan skickat.",
    lambda subject, by, action: subject.certificate is not None and subject.certificate.sent_at is not None,
    409,
)
OUTDATED = Guard(
    "NOT_LATEST_MAJOR_VERSION",
    "Intyget har en äldre version, med andra frågor. Det går att läsa och skriva ut, men inte att ändra, signera eller skicka.",
    lambda subject, by, action: subject.certificate is not None and is_outdated(subject.type, subject.certificate.version),
)
REVOKED = Guard(
    "CERTIFICATE_REVOKED",
    "Intyget är makulerat.",
    lambda subject, by, action: subject.certificate is not None and subject.certificate.revoked_at is not None,
    409,
)

NO_MINIMAL = Guard(
    "INVALID_STATE",
    "Intygstypen kan bara skrivas ut som fullständigt intyg.",
    lambda subject, by, action: TYPES[subject.type].minimal is None,
)
NOT_FOR_EMPLOYERS = Guard(
    "INVALID_STATE",
    "Intyget gäller avstängning enligt smittskyddslagen och kan bara skrivas ut som fullständigt intyg.",
    lambda subject, by, action: _is_kept_from_employers(subject),
    409,
)

BASIC = (ROLE, PROTECTED, PROTECTED_TYPE, OTHER_UNIT)
FOLLOWED = (NOT_SIGNED, REVOKED, REPLACED, COMPLEMENTED, OUTDATED)
"""What hinders that another certificate follows from a signed one."""

RULES: dict[Action, tuple[Guard, ...]] = {
    Action.CREATE: (NOT_ISSUED, *BASIC, DECEASED),
    Action.READ: BASIC,
    Action.EDIT: (*BASIC, ALREADY_SIGNED, LOCKED, OUTDATED),
    Action.DELETE: (*BASIC, ALREADY_SIGNED, LOCKED),
    Action.FORWARD: (*BASIC, ALREADY_SIGNED, LOCKED, OUTDATED),
    Action.SIGN: (*BASIC, ALREADY_SIGNED, LOCKED, OUTDATED),
    Action.SEND: (*BASIC, NOT_SIGNED, REVOKED, ALREADY_SENT, REPLACED, OUTDATED),
    Action.PRINT: (*BASIC, REVOKED),
    Action.PRINT_MINIMAL: (NO_MINIMAL, *BASIC, NOT_SIGNED, REVOKED, NOT_FOR_EMPLOYERS),
    Action.RENEW: (*BASIC, DECEASED, *FOLLOWED),
    Action.REPLACE: (*BASIC, DECEASED, *FOLLOWED, BEING_REPLACED),
    Action.COPY: (*BASIC, DECEASED, NOT_LOCKED, REVOKED, OUTDATED, BEING_COPIED),
    Action.REVOKE: (*BASIC, OPEN_DRAFT, REVOKED),
}


def require_free(parent: Subject, by: LoginContext) -> None:
    """Raise Denied when a certificate that is to be replaced or complemented has been so by another, or is revoked."""
    for guard in (REVOKED, REPLACED, COMPLEMENTED):
        if guard.refuses(parent, by, Action.REPLACE):
            raise Denied(guard.code, guard.text, guard.status)


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
