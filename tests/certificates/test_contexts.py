"""What the way in decides: stand-alone or integrated, what the EHR says, whose the certificate is. Typed in from reference
access-and-lifecycle.md §6.2; a cell is empty when the action is allowed, else the code of the refusal.

Where the reference names a correction (§5.2, last column; ui.md §14.19) it is in the table: print is allowed where reading is.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from clinic import unit, working
from webcert.certificate_types import TYPES
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.models import Certificate, Status
from webcert.staff.login_context import Integration, LoginContext, Origin, Unit
from webcert.staff.roles import Role

UNIT, DEC, INA, REN = "AUTHORIZATION_DIFFERENT_UNIT", "DECEASED_PATIENT", "INACTIVE_UNIT", "RENEW_FALSE"
SEK, SEKU, AUTH = "AUTHORIZATION_SEKRETESS", "AUTHORIZATION_SEKRETESS_UNIT", "AUTHORIZATION_VALIDATION"

OURS, THEIRS = "SE-PROVIDER-1", "SE-PROVIDER-2"


def place(id: str, parent: str | None = None) -> Unit:
    return replace(unit(id, id, parent), care_provider_id=OURS)


CARE_UNIT, ROOM, OTHER_ROOM, SIBLING = place("CARE"), place("ROOM", "CARE"), place("ROOM2", "CARE"), place("SIBLING")

READ, WRITE = ("READ", "PRINT"), ("EDIT", "DELETE", "SIGN", "SEND", "REVOKE", "ASK", "ANSWER", "COMPLEMENT", "HANDLE_MESSAGE")
COLUMNS = ("CREATE", READ, "COPY", "RENEW", "REPLACE", WRITE)

N, I = Origin.NORMAL, Origin.DEEP_INTEGRATION  # noqa: E741
SAID = {
    "sjf": Integration(shared_record=True),
    "inactive": Integration(inactive_unit=True),
    "no copying": Integration(copying_allowed=False),
    "deceased": Integration(deceased=True),
}

# way in, unit worked at, (unit, provider) of the certificate, what else is so → create, read, copy locked, renew, replace, write
TABLE = [
    (N, "CARE", ("CARE", OURS), "", "", "", "", "", "", ""),
    (N, "CARE", ("ROOM", OURS), "", "", "", "", "", "", ""),
    (N, "ROOM", ("ROOM", OURS), "", "", "", "", "", "", ""),
    (N, "ROOM", ("CARE", OURS), "", "", UNIT, UNIT, UNIT, UNIT, UNIT),
    (N, "ROOM", ("ROOM2", OURS), "", "", UNIT, UNIT, UNIT, UNIT, UNIT),
    (N, "CARE", ("SIBLING", OURS), "", "", UNIT, UNIT, UNIT, UNIT, UNIT),
    (I, "CARE", ("CARE", OURS), "", "", "", "", "", "", ""),
    (I, "ROOM", ("CARE", OURS), "", "", "", "", "", "", ""),
    (I, "ROOM", ("ROOM2", OURS), "", "", "", "", "", "", ""),
    (I, "ROOM", ("ROOM2", ""), "", "", "", "", "", "", ""),
    (I, "CARE", ("SIBLING", ""), "", "", UNIT, UNIT, UNIT, UNIT, UNIT),
    (I, "CARE", ("SIBLING", OURS), "", "", "", "", "", UNIT, UNIT),
    (I, "CARE", ("ALIEN", THEIRS), "", "", UNIT, UNIT, UNIT, UNIT, UNIT),
    (I, "CARE", ("ALIEN", THEIRS), "sjf", "", "", "", "", UNIT, UNIT),
    (N, "CARE", ("CARE", OURS), "deceased", DEC, "", DEC, DEC, DEC, ""),
    (I, "CARE", ("CARE", OURS), "deceased", DEC, "", DEC, DEC, DEC, ""),
    (I, "CARE", ("SIBLING", OURS), "deceased", DEC, "", DEC, DEC, DEC, DEC),
    (N, "CARE", ("CARE", OURS), "protected", "", "", "", "", "", ""),
    (I, "ROOM", ("CARE", OURS), "protected", "", "", "", "", "", ""),
    (I, "CARE", ("SIBLING", OURS), "protected", "", SEKU, SEKU, SEKU, SEKU, SEKU),
    (I, "CARE", ("ALIEN", THEIRS), "sjf protected", "", SEKU, SEKU, SEKU, SEKU, SEKU),
    (I, "CARE", ("CARE", OURS), "inactive", INA, "", INA, INA, INA, ""),
    (I, "CARE", ("SIBLING", OURS), "inactive", INA, "", INA, INA, INA, INA),
    (I, "CARE", ("CARE", OURS), "no copying", REN, "", "", REN, "", ""),
    (I, "CARE", ("SIBLING", OURS), "no copying", REN, "", "", REN, REN, REN),
    (I, "CARE", ("CARE", OURS), "deceased protected", DEC, "", DEC, DEC, DEC, ""),
    (I, "CARE", ("SIBLING", OURS), "inactive protected", INA, SEKU, INA, INA, INA, INA),
]


def login(origin: Origin, here: str, also: str, role: Role) -> LoginContext:
    by = working("Någon", role, CARE_UNIT, ROOM, OTHER_ROOM, SIBLING).at(here)
    return replace(by, origin=origin, integration=next((said for name, said in SAID.items() if name in also), Integration()))


def subject(action: Action, by: LoginContext, where: tuple[str, str], also: str, type: str) -> Subject:
    protected, deceased = "protected" in also, "deceased" in also
    if action is Action.CREATE:
        return Subject(type, by.unit_id, None, protected, deceased)
    now = datetime.now(UTC)
    state = {Action.EDIT: Status.COMPLETE, Action.DELETE: Status.COMPLETE, Action.SIGN: Status.COMPLETE, Action.COPY: Status.LOCKED}
    certificate = Certificate(
        type=type, version=TYPES[type].text_versions[-1].version, unit_id=where[0], care_provider_id=where[1], created_at=now,
        status=state.get(action, Status.SIGNED), sent_at=None if action is Action.SEND else now,
    )  # fmt: skip
    return Subject(type, where[0], certificate, protected, deceased, complement_requested=action is Action.COMPLEMENT)


def code(action: str, by: LoginContext, where: tuple[str, str], also: str, type: str = "lisjp") -> str:
    guard = refusal(Action(action), subject(Action(action), by, where, also, type), by)
    return guard.code if guard else ""


def row_of(origin: Origin, here: str, where: tuple[str, str], also: str, role: Role, type: str = "lisjp") -> list[set[str]]:
    """For each column the codes that its actions are refused with."""
    by = login(origin, here, also, role)
    return [{code(action, by, where, also, type) for action in ([names] if isinstance(names, str) else names)} for names in COLUMNS]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join((row[0], row[1], row[2][0], row[3])))
@pytest.mark.parametrize("role", [Role.DOCTOR, Role.DENTIST])
def test_the_context_decides_as_the_reference_says(row: tuple[str, ...], role: Role) -> None:
    origin, here, where, also, *codes = row
    assert row_of(Origin(origin), here, tuple(where), also, role) == [{code} for code in codes]  # type: ignore[arg-type]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: " ".join((row[0], row[1], row[2][0], row[3])))
def test_an_administrator_differs_where_the_reference_says_so(row: tuple[str, ...]) -> None:
    """Neither signs, replaces nor revokes; no protected patients at all; nothing of another care provider's."""
    origin, here, where, also, *codes = row
    create, read, copy, renew, replaced, written = row_of(Origin(origin), here, tuple(where), also, Role.CARE_ADMINISTRATOR)  # type: ignore[arg-type]
    assert replaced == {AUTH}
    assert AUTH in written
    if "protected" in also:
        refused = {SEK} if also == "protected" or also == "sjf protected" else {SEK, DEC, INA}
        assert read == {SEK}
        assert (create | copy | renew | written) - {AUTH} <= refused
    elif also == "sjf":
        assert read | copy | renew | (written - {AUTH}) == {UNIT}
    else:
        assert [create, read, copy, renew] == [{code} for code in codes[:4]]
        assert written - {AUTH} == {codes[5]}


def test_a_type_to_transportstyrelsen_is_nobodys_when_the_patient_is_protected() -> None:
    for role in (Role.DOCTOR, Role.CARE_ADMINISTRATOR):
        by = login(N, "CARE", "protected", role)
        assert {code(action, by, ("CARE", OURS), "protected", "ts-bas") for action in ("CREATE", "READ", "EDIT", "PRINT", "SEND")} == {SEK}


def test_forwarding_belongs_to_stand_alone_and_marking_ready_to_integrated_administrators() -> None:
    where = ("CARE", OURS)
    for role in Role:
        alone, integrated = login(N, "CARE", "", role), login(I, "CARE", "", role)
        draft = subject(Action.EDIT, alone, where, "", "lisjp")
        sent = subject(Action.ASK, alone, where, "", "lisjp")
        assert (refusal(Action.FORWARD, draft, alone) is None) == (role is not Role.PRIVATE_PRACTITIONER)
        assert (refusal(Action.FORWARD_MESSAGE, sent, alone) is None) == (role is not Role.PRIVATE_PRACTITIONER)
        assert refusal(Action.FORWARD, draft, integrated)
        assert refusal(Action.FORWARD_MESSAGE, sent, integrated)
        assert refusal(Action.MARK_READY, draft, alone)
        assert (refusal(Action.MARK_READY, draft, integrated) is None) == (role is Role.CARE_ADMINISTRATOR)


def test_A_018_A_030_A_034_who_may_change_unit() -> None:
    assert login(N, "CARE", "", Role.DOCTOR).may_change_unit
    assert not login(N, "CARE", "", Role.PRIVATE_PRACTITIONER).may_change_unit
    assert not login(I, "CARE", "", Role.DOCTOR).may_change_unit
    assert not working("Ensam", Role.DOCTOR).may_change_unit
