"""Random people do random things to certificates, at random moments. After every step it is asked whether that may have happened
(`story.py`)."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, invariant, multiple, rule

from certificates.any_life.laws import WRITES, check, is_old, is_open
from certificates.any_life.seen import changed_columns, look
from certificates.any_life.story import Story
from certificates.any_life.world import ACTORS, KARIN, MAJA, PATIENTS, TYPES, Actor, Tab, fields
from pen import sign
from webcert.certificates import actions, ending, erasing, following, queries
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.asked import Drafts, Order
from webcert.certificates.errors import BadRevocation, Incomplete, NotConfirmed, Refused, StaleRevision
from webcert.patients import pu as register
from webcert.patients.models import Person
from webcert.vocabulary import clock

by_anybody = st.sampled_from([MAJA] * 8 + [KARIN] * 2 + list(ACTORS))
chances = st.one_of(st.none(), *[st.integers(0, 9999)] * 3)
"""Which of those for whom it is lawful does it; None: anybody tries it with anything."""

texts = st.sampled_from(["Ett.", "Två.", "Tre.", "Fyra."])

FOLLOW = {"renew": following.renew, "replace": following.replace, "copy": following.copy}


class AnyLife(Story):
    """Who does what, in which order, is Hypothesis's to choose."""

    certificates = Bundle("certificates")
    tabs = Bundle("tabs")

    @initialize(target=certificates)
    def some_are_there(self) -> Any:
        return multiple(*self.begun)

    @initialize(target=tabs)
    def some_are_open(self) -> Any:
        return multiple(*self.open_tabs)

    # Writing

    @rule(target=certificates, by=by_anybody, type=st.sampled_from(TYPES), patient=st.sampled_from(PATIENTS))
    def creates(self, by: Actor, type: str, patient: str) -> Any:
        known = Person.objects.get(personal_id=patient)
        protected, deceased = self.facts[patient]
        subject = Subject(type, by.login.unit_id, None, protected, deceased)
        guard = self._unanswered(patient) or refusal(Action.CREATE, subject, by.login)
        made = uuid4()
        done = self._does("create", made, by, guard, lambda: actions.create(type, patient=known, by=by.login, id=made))
        if not done:
            return multiple()
        assert not deceased
        assert not protected or (by.signs and type == "lisjp")
        assert by.has_transport or type == "lisjp"
        row = self.before.certificates[made]
        assert (row["unit_id"], row["patient_id"], row["created_by_id"]) == (by.login.unit_id, patient, by.login.user.hsa_id)
        return made

    @rule(target=tabs, id=certificates, by=by_anybody)
    def opens(self, id: UUID, by: Actor) -> Any:
        row = self.before.certificates.get(id)
        opened = self._does("open", id, by, self._guard("open", id, by), lambda: actions.open_one(id, by=by.login))
        if not opened or not row:
            return multiple()
        assert opened.to_write == (is_open(row, clock.now()) and row["unit_id"] in by.writes)
        if not opened.to_write:
            return multiple()
        assert self.before.certificates[id]["revision"] == row["revision"] + 1
        tab = {"id": id, "by": by, "revision": row["revision"] + 1, "sequence": 0, "draft": opened.certificate}
        self.latest[id] = tab
        return tab

    @rule(tab=tabs, text=texts, complete=st.booleans(), late=st.sampled_from([False] * 4 + [True]))
    def saves(self, tab: Tab, text: str, complete: bool, late: bool) -> None:
        id, by, row = tab["id"], tab["by"], self.before.certificates.get(tab["id"])
        sequence = tab["sequence"] if late else tab["sequence"] + 1

        def save() -> Any:
            posted = fields(tab["draft"], text, complete=complete)
            return actions.save(id, fields=posted, focus="", revision=tab["revision"], sequence=sequence, by=by.login)

        stale = row is not None and row["revision"] != tab["revision"]
        guard = self._guard("save", id, by, looks_up=False)
        silent = row is not None and (sequence <= row["sequence"] or row["changed_since_opened"])
        saved = self._does("save", id, by, guard, save, otherwise=StaleRevision if stale else None, silent=silent)
        if not saved:
            return
        assert self.latest[id] is tab, "who did not open the draft last has written in it"
        tab["sequence"] = max(sequence, tab["sequence"])
        if row and sequence > row["sequence"]:
            after = self.before.certificates[id]
            assert text in after["answers"]
            filled_in = complete or tab["draft"].status == "DRAFT_COMPLETE"  # else the page posts what stood there when it was opened
            assert after["status"] == ("DRAFT_COMPLETE" if filled_in else "DRAFT_INCOMPLETE")

    @rule(tab=tabs)
    def signs(self, tab: Tab) -> None:
        self._sign(tab["id"], tab["by"], tab["revision"])

    @rule(id=certificates, by=by_anybody, chance=chances)
    def signs_past_the_pages(self, id: UUID, by: Actor, chance: int | None) -> None:
        id, by = self._likely("sign", id, by, chance)
        row = self.before.certificates.get(id)
        self._sign(id, by, row["revision"] if row else 0)

    def _sign(self, id: UUID, by: Actor, revision: int) -> None:
        row = self.before.certificates.get(id)
        otherwise: type[Refused] | None = None
        if row and row["revision"] != revision:
            otherwise = StaleRevision
        elif row and row["status"] == "DRAFT_INCOMPLETE":
            otherwise = Incomplete
        guard = self._guard("sign", id, by)
        signed = self._does("sign", id, by, guard, lambda: sign(id, revision=revision, by=by.login), otherwise=otherwise)
        if signed:
            after = self.before.certificates[id]
            assert (after["signed_by_id"], after["signed_at"]) == (by.login.user.hsa_id, clock.now())
            assert by.login.user.hsa_id.encode() in bytes(signed.signed_xml)

    @rule(id=certificates, by=by_anybody)
    def deletes(self, id: UUID, by: Actor) -> None:
        self._does("delete", id, by, self._guard("delete", id, by), lambda: actions.delete(id, by=by.login) or True)

    @rule(id=certificates, by=by_anybody, chance=chances, forwarded=st.booleans())
    def forwards(self, id: UUID, by: Actor, chance: int | None, forwarded: bool) -> None:
        id, by = self._likely("forward", id, by, chance)
        row = self.before.certificates.get(id)
        silent = row is not None and row["forwarded"] == forwarded
        call = lambda: actions.mark_forwarded(id, forwarded=forwarded, by=by.login)  # noqa: E731
        self._does("forward", id, by, self._guard("forward", id, by), call, silent=silent)

    @rule(id=certificates, by=by_anybody, chance=chances)
    def marks_ready(self, id: UUID, by: Actor, chance: int | None) -> None:
        id, by = self._likely("mark ready", id, by, chance)
        row = self.before.certificates.get(id)
        silent = row is not None and row["ready_at"] is not None
        self._does("mark ready", id, by, self._guard("mark ready", id, by), lambda: actions.mark_ready(id, by=by.login), silent=silent)

    # What follows

    @rule(id=certificates, by=by_anybody, chance=chances)
    def sends(self, id: UUID, by: Actor, chance: int | None) -> None:
        id, by = self._likely("send", id, by, chance)
        self._does("send", id, by, self._guard("send", id, by), lambda: actions.send(id, by=by.login))

    @rule(chance=st.integers(0, 9999), arrives=st.booleans())
    def is_delivered(self, chance: int, arrives: bool) -> None:
        """The recipient's answer to the job, also when the job is run again."""
        sent = [row for row in self.in_order if row["sent_at"] is not None]
        if not sent:
            return
        row = sent[chance % len(sent)]
        id = row["id"]
        if arrives:
            call, what, silent = (lambda: actions.record_delivery(id)), "deliver", row["delivered_at"] is not None
        elif row["delivered_at"] is None:
            call, what, silent = (lambda: actions.record_delivery_failure(id, problem="503")), "fail to deliver", False
        else:
            return
        self._does(what, id, None, None, lambda: call() or True, silent=silent)

    @rule(id=certificates, by=by_anybody, chance=chances, what=st.sampled_from(["print", "print minimal"]))
    def prints(self, id: UUID, by: Actor, chance: int | None, what: str) -> None:
        id, by = self._likely(what, id, by, chance)
        self._does(what, id, by, self._guard(what, id, by), lambda: actions.record_print(id, by=by.login, minimal=what == "print minimal"))

    @rule(target=certificates, id=certificates, by=by_anybody, chance=chances, twice=st.booleans())
    def renews(self, id: UUID, by: Actor, chance: int | None, twice: bool) -> Any:
        return self._follow("renew", *self._likely("renew", id, by, chance), twice)

    @rule(target=certificates, id=certificates, by=by_anybody, chance=chances, twice=st.booleans())
    def replaces(self, id: UUID, by: Actor, chance: int | None, twice: bool) -> Any:
        return self._follow("replace", *self._likely("replace", id, by, chance), twice)

    @rule(target=certificates, id=certificates, by=by_anybody, chance=chances, twice=st.booleans())
    def copies(self, id: UUID, by: Actor, chance: int | None, twice: bool) -> Any:
        return self._follow("copy", *self._likely("copy", id, by, chance), twice)

    def _follow(self, what: str, id: UUID, by: Actor, twice: bool) -> Any:
        made, guard = uuid4(), self._guard(what, id, by)
        done = self._does(what, id, by, guard, lambda: FOLLOW[what](id, by=by.login, new_id=made), made=made)
        if not done:
            return multiple()
        row = self.before.certificates[made]
        assert (row["parent_id"], row["unit_id"], row["created_by_id"]) == (id, by.login.unit_id, by.login.user.hsa_id)
        assert not self.facts[row["patient_id"]][1], "a new certificate for somebody who is dead"
        if twice:
            assert FOLLOW[what](id, by=by.login, new_id=made).id == made
            assert look() == self.before
        return made

    @rule(
        id=certificates,
        by=by_anybody,
        chance=chances,
        reason=st.sampled_from(["FEL_PATIENT", "ANNAT_ALLVARLIGT_FEL", ""]),
        text=st.sampled_from(["", "Fel."]),
    )
    def revokes(self, id: UUID, by: Actor, chance: int | None, reason: str, text: str) -> None:
        id, by = self._likely("revoke", id, by, chance)
        lacking = not reason or (reason == "ANNAT_ALLVARLIGT_FEL" and not text)
        guard = None if lacking else self._guard("revoke", id, by)
        call = lambda: ending.revoke(id, reason=reason, text=text, by=by.login)  # noqa: E731
        self._does("revoke", id, by, guard, call, otherwise=BadRevocation if lacking else None)

    @rule(id=certificates, confirmed=st.sampled_from([False] * 5 + [True]))
    def is_erased(self, id: UUID, confirmed: bool) -> None:
        if id not in self.before.certificates or len(self.before.certificates) < 6:
            return
        code = erasing.prepared(id, decision="IVO 1", operator="SE-OP").code if confirmed else "ABCDEFGH"
        call = lambda: erasing.erase(id, decision="IVO 1", operator="SE-OP", code=code) or True  # noqa: E731
        self._does("erase", id, None, None, call, otherwise=None if confirmed else NotConfirmed)

    # What happens by itself

    @rule(hours=st.sampled_from([1, 24, 24 * 5, 24 * 15]))
    def time_passes(self, hours: int) -> None:
        self.clock.shift(timedelta(hours=hours, minutes=1))

    @rule()
    def old_drafts_are_locked(self) -> None:
        old = {id for id, row in self.before.certificates.items() if row["status"].startswith("DRAFT_") and is_old(row, clock.now())}
        waiting = {id for id in old if self.before.certificates[id]["status"] != "DRAFT_LOCKED"}
        assert ending.lock_old_drafts() == len(waiting)
        after = look()
        assert self._news(after) == Counter((id, "LOCKED") for id in waiting)
        assert after.log == self.before.log
        assert all(columns <= WRITES["lock"] for columns in changed_columns(self.before, after).values())
        assert all(after.certificates[id]["status"] == "DRAFT_LOCKED" for id in old)
        self.before = after

    @rule(patient=st.sampled_from(PATIENTS), protected=st.booleans(), deceased=st.sampled_from([False, False, True]))
    def a_patient_is_protected_or_dies(self, patient: str, protected: bool, deceased: bool) -> None:
        self.facts[patient], self.told = (protected, deceased), True
        marking = "sekretessmarkering" if protected else ""
        self.outside.post("/pu/person", number=patient, protection=marking, deceased=str(deceased).lower())
        self.clock.shift(timedelta(seconds=61))

    @rule(down=st.sampled_from([False] * 6 + [True]))
    def the_register_goes_down_or_comes_back(self, down: bool) -> None:
        if down == self.down:
            return
        self.down = down
        self.outside.set_mode("pu", "down" if down else "normal")
        if not down:
            register._client.cache_clear()  # the quarter of a minute is over in which the register is left alone
        self.clock.shift(timedelta(seconds=61))

    # What is seen

    @rule(by=by_anybody)
    def looks_at_the_drafts(self, by: Actor) -> None:
        """The list is what the unit has, what its badge counts, and nothing that she may not see."""
        if self.down:
            return
        for patient in PATIENTS:
            actions.followed(patient, not self.facts[patient][0])
        found = queries.drafts_of_unit(Drafts(size=100), by=by.login)
        rows = self.before.certificates.values()
        expected = {row["id"] for row in rows if row["unit_id"] == by.login.unit_id and self._is_unsigned(row) and self._sees(by, row)}
        assert {row.certificate.id for row in found.rows} == expected
        assert found.total == len(expected) == queries.unsigned_per_unit(by.login).get(by.login.unit_id, 0)

    @rule(by=by_anybody, patient=st.sampled_from(PATIENTS))
    def looks_at_a_patient(self, by: Actor, patient: str) -> None:
        if self.down:
            return
        known = actions.followed(patient, not self.facts[patient][0])
        rows = self.before.certificates.values()
        own = by.login.scope
        expected = {row["id"] for row in rows if row["unit_id"] in own and row["patient_id"] == patient and self._sees(by, row)}
        found = queries.certificates_of_patient(known, Order(), by=by.login)
        assert {row.certificate.id for row in found if by.signs or not known.protected} == expected

    @staticmethod
    def _is_unsigned(row: Any) -> bool:
        return row["status"] != "SIGNED" and row["revoked_at"] is None

    def _sees(self, by: Actor, row: Any) -> bool:
        protected, _ = self.facts[row["patient_id"]]
        return (by.signs or not protected) and (row["type"] == "lisjp" or (by.has_transport and not protected))

    # What always holds

    @invariant()
    def nothing_is_as_it_may_not_be(self) -> None:
        if self.checked is not self.before:
            self.checked = self.before
            check(self.before, clock.now())

    @invariant()
    def what_is_signed_never_changes(self) -> None:
        for id, row in self.before.certificates.items():
            if row["status"] == "SIGNED":
                kept = tuple(
                    row[name]
                    for name in ("signed_xml", "answers", "digest", "signed_at", "signed_by_id", "patient_id", "version", "unit_id")
                )
                assert self.signed.setdefault(id, kept) == kept
