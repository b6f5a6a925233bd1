"""The reasons to refuse an action, one by one: code, words for the user, test. Which action meets which of them is `access.py`'s table.

Where a guard stands twice, the second (…_ELSEWHERE) lets through what belongs to the user's own care unit.
Source: reference/access-and-lifecycle.md §5.1 and §6.3.
"""

from collections.abc import Callable
from dataclasses import dataclass

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates.issuing import is_outdated
from webcert.certificates.models import Certificate, Relation
from webcert.certificates.relatives import NONE, Relatives
from webcert.certificates.rights import ORIGINS, ROLES, SIGNERS, TRANSPORT, Action
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Subject:
    """What an action would be done to. For CREATE there is no certificate yet: `certificate` is None.

    `complement_requested`: Försäkringskassan waits for a complement.
    """

    type: str
    unit_id: str
    certificate: Certificate | None = None
    protected: bool = False
    deceased: bool = False
    relatives: Relatives = NONE
    complement_requested: bool = False

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


# Who, and what the patient and the unit are

ROLE = Guard(
    "AUTHORIZATION_VALIDATION",
    "Din roll har inte rätt att göra detta.",
    lambda subject, by, action: (
        by.user.role not in ROLES.get((subject.type, action), frozenset()) or by.origin not in ORIGINS.get(action, {by.origin})
    ),
)
NOT_ISSUED = Guard(
    "DEPRECATED_TYPE",
    "Intygstypen har ersatts av en annan. De intyg som finns kan läsas och skrivas ut, men inga nya kan skapas.",
    lambda subject, by, action: not TYPES[subject.type].issued,
)


def _is_deceased(subject: Subject, by: LoginContext) -> bool:
    return subject.deceased or by.integration.deceased


def _is_elsewhere(subject: Subject, by: LoginContext) -> bool:
    return subject.unit_id not in by.wide_scope


DECEASED = Guard(
    "DECEASED_PATIENT",
    "Patienten är avliden. Det går inte att skapa, förnya eller ersätta intyg.",
    lambda subject, by, action: _is_deceased(subject, by),
)
DECEASED_ELSEWHERE = Guard(
    "DECEASED_PATIENT",
    "Patienten är avliden. Intyg från andra vårdenheter kan bara läsas och skrivas ut.",
    lambda subject, by, action: _is_deceased(subject, by) and _is_elsewhere(subject, by),
)
INACTIVE = Guard(
    "INACTIVE_UNIT",
    "Vårdenheten är inaktiv i journalsystemet. Det går inte att skapa, förnya eller ersätta intyg.",
    lambda subject, by, action: by.integration.inactive_unit,
)
INACTIVE_ELSEWHERE = Guard(
    "INACTIVE_UNIT",
    "Vårdenheten är inaktiv i journalsystemet. Intyg från andra vårdenheter kan bara läsas och skrivas ut.",
    lambda subject, by, action: by.integration.inactive_unit and _is_elsewhere(subject, by),
)
NOT_COPIED = Guard(
    "RENEW_FALSE",
    "Journalsystemet tillåter inte att intyget förnyas eller att nya intyg skapas.",
    lambda subject, by, action: not by.integration.copying_allowed,
)
NOT_COPIED_ELSEWHERE = Guard(
    "RENEW_FALSE",
    "Journalsystemet tillåter inte att intyg från andra vårdenheter används.",
    lambda subject, by, action: not by.integration.copying_allowed and _is_elsewhere(subject, by),
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
PROTECTED_ELSEWHERE = Guard(
    "AUTHORIZATION_SEKRETESS_UNIT",
    "Patienten har en sekretessmarkering. Intyget kan bara hanteras på den vårdenhet där det är utfärdat.",
    lambda subject, by, action: subject.protected and _is_elsewhere(subject, by),
)


def _may_read(subject: Subject, by: LoginContext) -> bool:
    shared = by.integration.shared_record and by.user.role in SIGNERS
    return shared or by.reads(subject.unit_id, subject.certificate.care_provider_id if subject.certificate else "")


_OTHER_UNIT = "AUTHORIZATION_DIFFERENT_UNIT"

UNIT_TO_READ = Guard(
    _OTHER_UNIT,
    "Intyget hör till en annan vårdenhet. Det kommer du bara åt inloggad på den.",
    lambda subject, by, action: not _may_read(subject, by),
)
UNIT_TO_WRITE = Guard(_OTHER_UNIT, UNIT_TO_READ.text, lambda subject, by, action: not by.writes(subject.unit_id))


# What state the certificate is in


def _is_signed(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.is_signed


def _is_locked(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.is_locked_draft


def _is_sent(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.sent_at is not None


def _is_revoked(subject: Subject) -> bool:
    return subject.certificate is not None and subject.certificate.revoked_at is not None


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
TEST_INDICATED = Guard(
    "TEST_INDICATED_PATIENT",
    "Patienten finns bara för tester. Intyget kan inte skickas.",
    lambda subject, by, action: subject.certificate is not None and subject.certificate.test_indicated,
)
ALREADY_SENT = Guard("INVALID_STATE", "Intyget är redan skickat.", lambda subject, by, action: _is_sent(subject), 409)
NOT_SENT = Guard("INVALID_STATE", "Intyget är inte skickat.", lambda subject, by, action: not _is_sent(subject), 409)
OUTDATED = Guard(
    "NOT_LATEST_MAJOR_VERSION",
    "Intyget har en äldre version, med andra frågor. Det går att läsa och skriva ut, men inte att ändra, signera eller skicka.",
    lambda subject, by, action: subject.certificate is not None and is_outdated(subject.type, subject.certificate.version),
)
REVOKED = Guard("CERTIFICATE_REVOKED", "Intyget är makulerat.", lambda subject, by, action: _is_revoked(subject), 409)
REVOKED_AND_ENDED = Guard(
    "CERTIFICATE_REVOKED",
    "Intyget är makulerat.",
    lambda subject, by, action: _is_revoked(subject) and subject.type != "fk7263",
    409,
)
"""With the other types every message ends when the certificate is revoked; to an FK 7263 new ones may come (manual I 4.9.1)."""


def _is_kept_from_employers(subject: Subject) -> bool:
    minimal = TYPES[subject.type].minimal
    if minimal is None or subject.certificate is None:
        return False
    return minimal.refused.holds(subject.certificate.answers, received_context(clock.today()))


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


# What follows from it, and what it follows from

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
BEING_COMPLEMENTED = Guard(
    "INVALID_STATE",
    "Det finns redan en påbörjad komplettering.",
    lambda subject, by, action: subject.relatives.open_draft(Relation.COMPLEMENTS) is not None,
    409,
)
BEING_COPIED = Guard(
    "INVALID_STATE",
    "Det finns redan ett påbörjat utkast som är en kopia av det låsta.",
    lambda subject, by, action: subject.relatives.open_draft(Relation.COPIES) is not None,
    409,
)
COMPLEMENT_REQUESTED = Guard(
    "INVALID_STATE",
    "Försäkringskassan har begärt komplettering. Besvara begäran i stället för att ersätta intyget.",
    lambda subject, by, action: subject.complement_requested,
    409,
)
NOT_REQUESTED = Guard(
    "INVALID_STATE",
    "Det finns ingen ohanterad begäran om komplettering.",
    lambda subject, by, action: not subject.complement_requested,
    409,
)


def _takes_the_place_of(subject: Subject) -> Certificate | None:
    """The certificate that this draft is to replace or complement; a renewal stands beside the one that it renews."""
    draft = subject.certificate
    return subject.relatives.parent if draft and draft.relation in (Relation.REPLACES, Relation.COMPLEMENTS) else None


def _is_parent_revoked(subject: Subject) -> bool:
    parent = _takes_the_place_of(subject)
    return parent is not None and parent.revoked_at is not None


PARENT_REVOKED = Guard(
    "CERTIFICATE_REVOKED",
    "Intyget som utkastet utgår från är makulerat. Utkastet kan inte signeras.",
    lambda subject, by, action: _is_parent_revoked(subject),
    409,
)
PARENT_REPLACED = Guard(
    "INVALID_STATE_REPLACED",
    "Intyget som utkastet utgår från har redan ersatts av ett annat intyg. Utkastet kan inte signeras.",
    lambda subject, by, action: bool(_takes_the_place_of(subject)) and subject.relatives.other(Relation.REPLACES) is not None,
    409,
)
PARENT_COMPLEMENTED = Guard(
    "COMPLEMENT_INTYG_EXISTS",
    "Intyget som utkastet utgår från har redan kompletterats med ett annat intyg. Utkastet kan inte signeras.",
    lambda subject, by, action: bool(_takes_the_place_of(subject)) and subject.relatives.other(Relation.COMPLEMENTS) is not None,
    409,
)

TAKEN = (PARENT_REVOKED, PARENT_REPLACED, PARENT_COMPLEMENTED)
"""What hinders everybody from signing a draft that has come too late."""
