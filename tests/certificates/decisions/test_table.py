"""The table of access says what the manuals and the reference say, in every combination of what it looks at."""

from itertools import product

from certificates.decisions.tables import (
    CARE,
    CLASSES,
    PATIENTS,
    ROLES,
    SAME_ROLE,
    STATES,
    UNITS,
    WORKERS,
    Patient,
    certificate,
    child_of,
    may,
)
from webcert.certificate_types import TYPES
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.presenters.life import ways_on
from webcert.certificates.relatives import Relatives

DOABLE = tuple(action for action in Action if action is not Action.CREATE)


def subject(type: str, state: str, unit_id: str, patient: Patient) -> Subject:
    it = certificate(type, state, unit_id, patient)
    child = child_of(it, state)
    relatives = Relatives(None, (child,) if child else ())
    return Subject(type, unit_id, it, patient.protected, patient.deceased, relatives, complement_requested="requested" in state)


def test_the_table_of_access_says_what_the_manuals_say_in_every_combination() -> None:
    combinations = 0
    for type, state, unit_id, patient in product(CLASSES, STATES, UNITS, PATIENTS):
        it, who_is_it = subject(type, state, unit_id, PATIENTS[patient]), PATIENTS[patient]
        for who, action in product(WORKERS.keys() - SAME_ROLE.keys(), DOABLE):
            allowed = refusal(action, it, WORKERS[who].login) is None
            assert allowed == may(WORKERS[who], type, state, unit_id, who_is_it, action), (who, action, type, state, unit_id, patient)
            combinations += 1
    assert combinations > 450_000


def test_types_with_the_same_rights_are_decided_alike() -> None:
    """So that one of each kind is enough elsewhere."""
    assert ROLES.keys() == TYPES.keys()
    like = {type: next(other for other in CLASSES if ROLES[other] == ROLES[type]) for type in ROLES}
    for (type, other), state, patient in product(like.items(), STATES, PATIENTS.values()):
        if type != other:
            one, another = subject(type, state, CARE, patient), subject(other, state, CARE, patient)
            for who, action in product(WORKERS.values(), DOABLE):
                assert refusal(action, one, who.login) is refusal(action, another, who.login), (type, state, who, action)


def test_of_what_is_known_of_the_user_only_the_role_matters() -> None:
    for (who, other), type, state in product(SAME_ROLE.items(), CLASSES, STATES):
        it = subject(type, state, CARE, PATIENTS["ordinary"])
        for action in DOABLE:
            assert refusal(action, it, WORKERS[who].login) is refusal(action, it, WORKERS[other].login), (who, type, state, action)


def test_who_may_create_which_type() -> None:
    for type, (who, worker), (name, patient) in product(ROLES, WORKERS.items(), PATIENTS.items()):
        here = worker.login.unit_id
        allowed = refusal(Action.CREATE, Subject(type, here, None, patient.protected, patient.deceased), worker.login) is None
        assert allowed == may(worker, type, "", here, patient, "CREATE"), (type, who, name)


def test_a_request_for_a_complement_leaves_the_button_there_with_the_reason() -> None:
    ways = ways_on(subject("lisjp", "sent, complement requested", CARE, PATIENTS["ordinary"]), WORKERS["doctor"].login)
    assert ways["REPLACE"].reason == "Försäkringskassan har begärt komplettering. Besvara begäran i stället för att ersätta intyget."
    assert ways.keys() == {"RENEW", "REPLACE", "REVOKE"}
