"""A story about certificates: how it begins and ends, and how each thing in it is done and judged. What may happen is in `machine.py`.

Each thing goes by `_does`: the table of access is asked first, and the action must agree with it; what is done must be lawful, write only
what it may and be told and logged once; what is refused must change nothing. One story is one transaction that never was.
"""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from uuid import UUID

import time_machine
from django.db import connection, transaction
from hypothesis.stateful import RuleBasedStateMachine

from certificates.any_life.laws import ALSO_TOLD, FACTS, MAY, READ_FOR_IT, WRITES
from certificates.any_life.seen import Row, Seen, changed_columns, is_unchanged, look
from certificates.any_life.world import ACTORS, NOW, PATIENTS, Actor, Tab
from simulated import Simulators
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.errors import Denied, NotFound, Refused
from webcert.certificates.models import Certificate
from webcert.certificates.relatives import Relatives
from webcert.patients import pu as register
from webcert.patients.models import Person
from webcert.vocabulary import clock

ASKED = {
    "open": Action.READ,
    "save": Action.EDIT,
    "delete": Action.DELETE,
    "forward": Action.FORWARD,
    "mark ready": Action.MARK_READY,
    "sign": Action.SIGN,
    "send": Action.SEND,
    "print": Action.PRINT,
    "print minimal": Action.PRINT_MINIMAL,
    "revoke": Action.REVOKE,
    "renew": Action.RENEW,
    "replace": Action.REPLACE,
    "copy": Action.COPY,
}

tally: Counter[tuple[str, str]] = Counter()
"""What came of all that was tried: (what, "done" or why not)."""

doers: dict[str, set[str]] = {}
"""What was done → the roles of those who did it."""


def _record(row: Row) -> Certificate:
    return Certificate(**{name: value for name, value in row.items() if name != "signature"} | {"answers": json.loads(row["answers"])})


class Story(RuleBasedStateMachine):
    """`outside`: the population register's stand-in; `begun`, `open_tabs`: what is there when the story begins."""

    def __init__(self, outside: Simulators, begun: list[UUID], open_tabs: list[Tab]) -> None:
        super().__init__()
        self.outside, self.begun = outside, begun
        self.open_tabs = [dict(tab) for tab in open_tabs]
        self.ended = ExitStack()
        self.ended.callback(self._calm_register)
        self.clock = self.ended.enter_context(time_machine.travel(NOW, tick=False))
        self.ended.enter_context(transaction.atomic())
        self.facts = dict.fromkeys(PATIENTS, (False, False))
        self.down = self.told = False
        self.signed: dict[UUID, tuple[Any, ...]] = {}
        self.latest = {tab["id"]: tab for tab in self.open_tabs}
        self.before = look()
        self.checked: Seen | None = None

    def teardown(self) -> None:
        with self.ended:
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)

    def _calm_register(self) -> None:
        if self.told:
            self.outside.post("/pu/reset")
        if self.down:
            self.outside.set_mode("pu", "normal")
            register._client.cache_clear()

    # How something is done

    def _likely(self, what: str, id: UUID, by: Actor, chance: int | None) -> tuple[UUID, Actor]:
        """The certificate and the user that were drawn; or, when chance will have it, two for whom it is lawful, if there are any."""
        if chance is None:
            return id, by
        now = clock.now()
        lawful = [(row["id"], actor) for row in self.in_order for actor in ACTORS if MAY[what](row, self.before, actor, now)]
        return lawful[chance % len(lawful)] if lawful else (id, by)

    @property
    def in_order(self) -> list[Row]:
        """The certificates as they came, which is the same whenever the story is told again; the database has an order of its own."""
        ids = dict.fromkeys(id for _, id, _, _ in self.before.events)
        return [self.before.certificates[id] for id in ids if id in self.before.certificates]

    def _guard(self, what: str, id: UUID, by: Actor, *, looks_up: bool = True) -> Any:
        """What the table of access says, asked as the pages ask it."""
        row = self.before.certificates.get(id)
        if row is None:
            return NotFound
        certificate = _record(row)
        if not looks_up:
            protected = Certificate.objects.values_list("protected", flat=True).get(pk=id)
            return refusal(ASKED[what], Subject(row["type"], row["unit_id"], certificate, protected), by.login)
        protected, deceased = self.facts[certificate.patient_id]
        parent = self.before.certificates.get(row["parent_id"]) if row["parent_id"] else None
        relatives = Relatives(parent and _record(parent), self._children(id), self._children(row["parent_id"], but=id))
        subject = Subject(row["type"], row["unit_id"], certificate, protected, deceased, relatives)
        return self._unanswered(certificate.patient_id) or refusal(ASKED[what], subject, by.login)

    def _children(self, parent: UUID | None, but: UUID | None = None) -> tuple[Certificate, ...]:
        rows = self.before.certificates.values()
        return tuple(_record(row) for row in rows if parent and row["parent_id"] == parent and row["id"] != but)

    def _unanswered(self, patient: str) -> Denied | None:
        """What is said while the register is down, unless it has told of the patient in the last minute."""
        if not self.down or Person.objects.filter(personal_id=patient, fetched_at__gt=clock.now() - timedelta(seconds=60)).exists():
            return None
        return Denied("PU_PROBLEM", "")

    def _does(
        self,
        what: str,
        id: UUID,
        by: Actor | None,
        guard: Any,
        call: Callable[[], Any],
        *,
        otherwise: type[Refused] | None = None,
        silent: bool = False,
        made: UUID | None = None,
    ) -> Any:
        """Do it; gives what comes of it, None when it was refused. `otherwise`: why it must be refused when the guard lets it through."""
        try:
            result = call()
        except Refused as refused:
            assert is_unchanged(self.before), f"{what} was refused and has changed something"
            why = type(refused).__name__ if not isinstance(refused, Denied) else refused.code
            expected = guard.__name__ if guard is NotFound else guard.code if guard else otherwise.__name__ if otherwise else "done"
            assert why == expected, f"{what}: {why}, and not {expected}"
            row = self.before.certificates.get(id)
            if row and by and isinstance(refused, Denied) and refused.status == 409:
                assert not MAY[what](row, self.before, by, clock.now()), f"{what} was refused: {why}, and nothing is in the way"
            tally[what, why] += 1
            return None
        assert guard is None, f"{what} was done although {guard} refuses"
        assert otherwise is None, f"{what} was done although it is {otherwise}"
        self._judge(what, id, by, silent, made)
        tally[what, "done"] += 1
        doers.setdefault(what, set()).update({by.login.user.role} if by else ())
        return result

    def _judge(self, what: str, id: UUID, by: Actor | None, silent: bool, made: UUID | None) -> None:
        """Whether what has been done was lawful, wrote only what it may, and was told and logged once."""
        before, after = self.before, look()
        row = before.certificates.get(id)
        if row and by and what in MAY:
            assert MAY[what](row, before, by, clock.now()), f"{what} by {by} of {row}"
        if row and by and what != "save":
            protected, deceased = self.facts[row["patient_id"]]
            assert not protected or (by.signs and row["type"] == "lisjp" and row["unit_id"] in by.login.wide_scope)
            assert not deceased or row["unit_id"] in by.login.wide_scope or what in ("open", "print", "print minimal")
        for changed, columns in changed_columns(before, after).items():
            mine = changed == id or (what == "erase" and before.certificates[changed]["parent_id"] == id)
            assert mine, f"{what} of {id} changed {changed}: {columns}"
            assert columns <= WRITES.get(what, set()), (what, columns)
        assert after.certificates.keys() - before.certificates.keys() == ({made or id} if not row or made else set())
        assert before.certificates.keys() - after.certificates.keys() == ({id} if what in ("delete", "erase") else set())
        kinds, activities = ((), ()) if silent else FACTS[what]
        about = made or id
        told = Counter((about, kind) for kind in kinds)
        if row and what == "revoke" and row["status"] not in ("SIGNED", "DRAFT_LOCKED"):
            told[id, "LOCKED"] += 1
        child = after.certificates.get(about)
        if child and (also := ALSO_TOLD.get((what, child["relation"]))):
            told[child["parent_id"], also] += 1
        assert self._news(after) == told, f"{what} told {self._news(after)}"
        logged = after.log - before.log
        assert not before.log - after.log
        about_row = child or row
        patient, owner = (about_row["patient_id"], about_row["unit_id"]) if about_row else ("", "")
        user, unit = (by.login.user.hsa_id, by.login.unit_id) if by else ("SE-OP", owner)
        expected = Counter((about, activity, patient, user, unit, owner) for activity in activities)
        if row and what in READ_FOR_IT:
            expected[id, "Läsa", patient, user, unit, row["unit_id"]] += 1
        assert logged == expected, what
        self.before = after

    def _news(self, after: Seen) -> Counter[tuple[UUID, str]]:
        """The events that have come since the last step; those that were there are there."""
        assert after.events[: len(self.before.events)] == self.before.events
        return Counter((id, kind) for _, id, kind, _ in after.events[len(self.before.events) :])
