"""Who may do what, typed in: the manuals' tables 2 and 3 and the reference access-and-lifecycle.md §5–6, in six tables and what they say
together (`may`). Nothing here is taken from the product's own table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from certificates.places import ALIEN, CARE, ROOM, SIBLING, UNITS
from clinic import working
from webcert.certificate_types import TYPES
from webcert.certificates.issuing import issued_version
from webcert.certificates.models import Certificate, Status
from webcert.staff.login_context import Integration, LoginContext, Origin
from webcert.staff.roles import Role, role_of

D, P, T, A = Role.DOCTOR, Role.PRIVATE_PRACTITIONER, Role.DENTIST, Role.CARE_ADMINISTRATOR

# Tables 2 and 3: type → action → who

WRITES = "CREATE READ EDIT DELETE SEND PRINT COPY"
ENDS = "READ_MESSAGES ANSWER HANDLE_MESSAGE ANSWER_COMPLEMENT HANDLE_COMPLEMENT"
MESSAGES = ENDS + " ASK COMPLEMENT"
STATEMENT = {
    f"{WRITES} RENEW {MESSAGES}": {D, P, A},
    "FORWARD FORWARD_MESSAGE": {D, A},
    "SIGN REPLACE REVOKE COMPLEMENT_WITH_COMMENT": {D, P},
    "MARK_READY": {A},
}
TRANSPORT = {WRITES: {D, P, A}, "FORWARD": {D, A}, "SIGN REPLACE REVOKE": {D, P}, "MARK_READY": {A}}
ROLES: Mapping[str, Mapping[str, set[Role]]] = {
    "lisjp": {
        f"{WRITES} RENEW PRINT_MINIMAL {MESSAGES}": {D, P, T, A},
        "FORWARD FORWARD_MESSAGE": {D, T, A},
        "SIGN REPLACE REVOKE COMPLEMENT_WITH_COMMENT": {D, P, T},
        "MARK_READY": {A},
    },
    "luse": STATEMENT,
    "luae_na": STATEMENT,
    "luae_fs": STATEMENT,
    "ts-bas": TRANSPORT,
    "ts-diabetes": TRANSPORT,
    "fk7263": {f"READ PRINT PRINT_MINIMAL {ENDS}": {D, P, T, A}, "REVOKE": {D, P, T}},
}
CLASSES = ("lisjp", "luse", "ts-bas", "fk7263")
"""One type of each kind that has rights of its own."""

ONLY_ALONE, ONLY_INTEGRATED = {"FORWARD", "FORWARD_MESSAGE"}, {"MARK_READY"}
READING = {"READ", "PRINT", "PRINT_MINIMAL", "READ_MESSAGES", "RENEW", "COPY"}
"""What can be done wherever the certificate can be read; for all else it must belong to where she works."""

# State → what it allows (§6.3)

TALKS = "READ_MESSAGES ANSWER HANDLE_MESSAGE HANDLE_COMPLEMENT"
OPEN = "READ EDIT DELETE FORWARD MARK_READY SIGN PRINT"
STATES = {
    "incomplete": OPEN,
    "complete": OPEN,
    "overdue": "READ PRINT COPY REVOKE",
    "locked": "READ PRINT COPY REVOKE",
    "locked, being copied": "READ PRINT REVOKE",
    "locked, copy signed": "READ PRINT COPY REVOKE",
    "locked, revoked": "READ",
    "signed": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "sent": f"READ PRINT PRINT_MINIMAL RENEW REPLACE REVOKE {TALKS} ASK FORWARD_MESSAGE",
    "sent, complement requested": "READ PRINT PRINT_MINIMAL RENEW REVOKE "
    f"{TALKS} ASK FORWARD_MESSAGE COMPLEMENT COMPLEMENT_WITH_COMMENT ANSWER_COMPLEMENT",
    "sent, requested complement begun": f"READ PRINT PRINT_MINIMAL RENEW REVOKE {TALKS} ASK FORWARD_MESSAGE ANSWER_COMPLEMENT",
    "sent, requested and replaced": f"READ PRINT PRINT_MINIMAL REVOKE {TALKS} FORWARD_MESSAGE ANSWER_COMPLEMENT",
    "sent, complemented": f"READ PRINT PRINT_MINIMAL REVOKE {TALKS} ASK FORWARD_MESSAGE",
    "sent, revoked": "READ READ_MESSAGES",
    "renewed": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "being replaced": "READ PRINT PRINT_MINIMAL SEND RENEW REVOKE",
    "replaced": "READ PRINT PRINT_MINIMAL REVOKE",
    "replacement revoked": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "complemented": "READ PRINT PRINT_MINIMAL SEND REVOKE",
    "complement revoked": "READ PRINT PRINT_MINIMAL SEND RENEW REPLACE REVOKE",
    "revoked": "READ",
}
UNSIGNED = ("incomplete", "complete", "overdue", *(state for state in STATES if state.startswith("locked")))
CHILDREN: Mapping[str, tuple[str, str, bool]] = {
    "locked, being copied": ("KOPIA", Status.INCOMPLETE, False),
    "locked, copy signed": ("KOPIA", Status.SIGNED, False),
    "renewed": ("FRLANG", Status.SIGNED, False),
    "being replaced": ("ERSATT", Status.COMPLETE, False),
    "replaced": ("ERSATT", Status.SIGNED, False),
    "replacement revoked": ("ERSATT", Status.SIGNED, True),
    "complemented": ("KOMPLT", Status.SIGNED, False),
    "sent, requested complement begun": ("KOMPLT", Status.INCOMPLETE, False),
    "sent, requested and replaced": ("ERSATT", Status.SIGNED, False),
    "sent, complemented": ("KOMPLT", Status.SIGNED, False),
    "complement revoked": ("KOMPLT", Status.SIGNED, True),
}
"""State → what follows from the certificate: how, in which status, and whether it is revoked."""

ENDED_LATER = {"ANSWER", "HANDLE_MESSAGE", "HANDLE_COMPLEMENT"}
"""What can still be done when an FK 7263 is revoked (A-105)."""

# The patient and the unit → what they hinder (§6.2, §6.4)

NEW = {"CREATE", "RENEW", "REPLACE", "COPY"}
"""What makes a new certificate: not when the patient is dead or the unit is inactive."""


@dataclass(frozen=True)
class Patient:
    protected: bool = False
    deceased: bool = False
    test_indicated: bool = False


PATIENTS = {
    "ordinary": Patient(),
    "protected": Patient(protected=True),
    "deceased": Patient(deceased=True),
    "protected and deceased": Patient(protected=True, deceased=True),
    "for tests": Patient(test_indicated=True),
}

# Who works where, and whose certificates she reads and writes there


@dataclass(frozen=True)
class Worker:
    login: LoginContext
    reads: frozenset[str]
    writes: frozenset[str]


def _alone(role: Role, *units: str) -> Worker:
    return Worker(working("Eva Holm", role, *(UNITS[id] for id in units)), frozenset(units), frozenset(units))


def _integrated(role: Role, *reads: str, **said: bool) -> Worker:
    login = replace(working("Eva Holm", role, UNITS[CARE], UNITS[ROOM]).at(ROOM), origin=Origin.DEEP_INTEGRATION)
    return Worker(replace(login, integration=Integration(**said)), frozenset(reads), frozenset({CARE, ROOM}))


OURS = (CARE, ROOM, SIBLING)
INTERN = role_of((), ("204010",), ())
IN_A_ROOM = _alone(D, CARE, ROOM)
WORKERS = {
    "doctor": _alone(role_of(("Läkare",), ("201010",), ()), CARE, ROOM),
    "doctor in a room": Worker(IN_A_ROOM.login.at(ROOM), frozenset({ROOM}), frozenset({ROOM})),
    "intern": _alone(INTERN, CARE, ROOM),
    "doctor licensed in the EU": _alone(role_of((), ("203090",), ("9300005",)), CARE, ROOM),
    "student as substitute": _alone(role_of((), ("204090",), ("9200007",)), CARE, ROOM),
    "dentist": _alone(role_of(("Tandläkare",), (), ()), CARE, ROOM),
    "administrator": _alone(role_of((), (), ()), CARE, ROOM),
    "doctor without licence or code": _alone(role_of((), ("204090",), ()), CARE, ROOM),
    "nurse": _alone(role_of(("Sjuksköterska",), (), ()), CARE, ROOM),
    "private practitioner": _alone(P, CARE),
    "integrated doctor": _integrated(D, *OURS),
    "integrated dentist": _integrated(T, *OURS),
    "integrated administrator": _integrated(A, *OURS),
    "doctor with shared records": _integrated(D, *OURS, ALIEN, shared_record=True),
    "administrator with shared records": _integrated(A, *OURS, shared_record=True),
    "doctor on an inactive unit": _integrated(D, *OURS, inactive_unit=True),
    "doctor who may not copy": _integrated(D, *OURS, copying_allowed=False),
    "doctor of a patient who is dead": _integrated(D, *OURS, deceased=True),
}

SAME_ROLE = {"intern": "doctor", "doctor licensed in the EU": "doctor", "student as substitute": "doctor"} | dict.fromkeys(
    ("doctor without licence or code", "nurse"), "administrator"
)
"""Of what HSA says of a user only her role matters (table 1): who has the same role as whom."""


def may(who: Worker, type: str, state: str, unit_id: str, patient: Patient, action: str) -> bool:
    """What the tables say together. For CREATE, the state is of no importance and the unit is where she works."""
    role, said, alone = who.login.user.role, who.login.integration, who.login.origin is Origin.NORMAL
    ended_later = (type, state) == ("fk7263", "sent, revoked") and action in ENDED_LATER
    return (
        role in next((roles for names, roles in ROLES[type].items() if action in names.split()), set())
        and action not in (ONLY_INTEGRATED if alone else ONLY_ALONE)
        and (action == "CREATE" or action in STATES[state].split() or ended_later)
        and unit_id in (who.reads if action in READING else who.writes)
        and not (patient.protected and (role is A or type in ("ts-bas", "ts-diabetes") or unit_id not in who.writes))
        and not ((patient.deceased or said.deceased or said.inactive_unit) and action in NEW)
        and not (action in ("CREATE", "RENEW") and not said.copying_allowed)
        and not (action == "SEND" and patient.test_indicated)
    )


# Certificates in these states


def certificate(type: str, state: str, unit_id: str, patient: Patient = PATIENTS["ordinary"], **more: Any) -> Certificate:
    """A certificate of the type in the state, on the unit; it is not stored."""
    now = datetime.now(UTC)
    made = now - timedelta(days=0 if STATES[state] == OPEN else 20)
    status = {"incomplete": Status.INCOMPLETE, "complete": Status.COMPLETE, "overdue": Status.COMPLETE}
    return Certificate(
        type=type,
        version=issued_version(TYPES[type]),
        status=status.get(state, Status.LOCKED if state in UNSIGNED else Status.SIGNED),
        unit_id=unit_id,
        care_provider_id=UNITS[unit_id].care_provider_id,
        protected=patient.protected,
        test_indicated=patient.test_indicated,
        created_at=made,
        saved_at=made,
        signed_at=None if state in UNSIGNED else made,
        sent_at=now if state.startswith("sent") else None,
        revoked_at=now if state in ("revoked", "locked, revoked", "sent, revoked") else None,
        **more,
    )


def child_of(parent: Certificate, state: str) -> Certificate | None:
    """The certificate that follows from this one in that state, if one does."""
    if state not in CHILDREN:
        return None
    relation, status, revoked = CHILDREN[state]
    now = datetime.now(UTC)
    return Certificate(
        type=parent.type,
        version=parent.version,
        unit_id=parent.unit_id,
        care_provider_id=parent.care_provider_id,
        patient_id=parent.patient_id,
        person_id=parent.person_id,
        parent_id=parent.id,
        relation=relation,
        status=status,
        created_at=now,
        saved_at=now,
        signed_at=now if status == Status.SIGNED else None,
        revoked_at=now if revoked else None,
    )
