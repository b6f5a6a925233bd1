"""A small world in which certificates live: units, users, patients, and a certificate of every kind, each made through the actions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine

from certificates.places import ALIEN, CARE, ROOM, SIBLING, UNITS
from clinic import TOLVAN, person, working
from example_fk7804 import CONTAGION
from example_transport import TSTRK1007_7
from pen import sign
from web_user import fields_of
from webcert.certificates import actions, ending, following
from webcert.certificates.models import Certificate
from webcert.staff.login_context import Integration, LoginContext, Origin
from webcert.staff.roles import Role
from webcert.vocabulary.clock import SWEDEN

NOW = datetime(2026, 11, 21, 10, 17, tzinfo=SWEDEN)

ALVA = "199901042383"
PATIENTS = (TOLVAN, ALVA)


@dataclass(frozen=True)
class Actor:
    """Somebody at work. The units are typed in from the manual, not computed: whose certificates she reads and whose she writes."""

    login: LoginContext
    reads: frozenset[str]
    writes: frozenset[str]

    def __repr__(self) -> str:
        return f"{self.login.user.name} ({self.login.user.role}, {self.login.origin}) on {self.login.unit_id}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    @property
    def signs(self) -> bool:
        return self.login.user.role in (Role.DOCTOR, Role.DENTIST)

    @property
    def has_transport(self) -> bool:
        return self.login.user.role != Role.DENTIST


def _alone(name: str, role: Role, *units: str, at: str, reaches: set[str]) -> Actor:
    login = working(name, role, *(UNITS[id] for id in units)).at(at)
    return Actor(login, frozenset(reaches), frozenset(reaches))


def _integrated(name: str, role: Role, *units: str, reads: set[str], writes: set[str], **said: bool) -> Actor:
    login = working(name, role, *(UNITS[id] for id in units))
    return Actor(replace(login, origin=Origin.DEEP_INTEGRATION, integration=Integration(**said)), frozenset(reads), frozenset(writes))


MAJA = _alone("Maja Lindqvist", Role.DOCTOR, CARE, ROOM, SIBLING, at=CARE, reaches={CARE, ROOM})
ACTORS = (
    MAJA,
    replace(MAJA, login=MAJA.login.at(ROOM), reads=frozenset({ROOM}), writes=frozenset({ROOM})),
    _alone("Karin Ek", Role.CARE_ADMINISTRATOR, CARE, ROOM, at=CARE, reaches={CARE, ROOM}),
    _alone("Sofia Berglund", Role.DENTIST, CARE, at=CARE, reaches={CARE}),
    _alone("Johan Wallin", Role.DOCTOR, SIBLING, at=SIBLING, reaches={SIBLING}),
    _alone("Frida Holm", Role.DOCTOR, ALIEN, at=ALIEN, reaches={ALIEN}),
    _integrated("Rut Ahl", Role.CARE_ADMINISTRATOR, ROOM, CARE, reads={CARE, ROOM, SIBLING}, writes={CARE, ROOM}),
    _integrated("Olle Berg", Role.DOCTOR, SIBLING, reads={CARE, ROOM, SIBLING}, writes={SIBLING}, copying_allowed=False),
    _integrated("Gun Dahl", Role.DOCTOR, ALIEN, reads=set(UNITS), writes={ALIEN}, shared_record=True),
)
KARIN = ACTORS[2]

ANSWERS: Mapping[str, dict[str, Any]] = {"lisjp": CONTAGION, "ts-bas": TSTRK1007_7[1]}
FREE_TEXT = {"lisjp": "25", "ts-bas": "32"}
TYPES = tuple(ANSWERS)


def fields(draft: Certificate, text: str, *, complete: bool = True) -> dict[str, str]:
    """What the draft's page posts when everything is filled in and that text stands in its free text; or when only the text is."""
    answers = {**draft.answers, FREE_TEXT[draft.type]: text}
    return fields_of({**ANSWERS[draft.type], **answers} if complete else answers, actions.form_of(draft))


Tab = dict[str, Any]
"""A draft's page that somebody has open: id, by, revision, the number of its last save, and the draft as it was opened."""


def open_tab(id: UUID, by: Actor) -> Tab:
    """The draft opened by that user, who has it from now on."""
    draft = actions.open_draft(id, by=by.login).certificate
    return {"id": id, "by": by, "revision": draft.revision, "sequence": 0, "draft": draft}


def build() -> tuple[list[UUID], list[Tab]]:
    """Drafts and certificates that are some days old when the story begins (NOW), and pages that are open then."""
    clock = time_machine.travel(NOW - timedelta(days=20), tick=False)
    traveller = clock.start()
    try:
        locked = _draft("lisjp")
        traveller.shift(timedelta(days=7))
        soon_locked = _draft("lisjp")
        traveller.shift(timedelta(days=5))
        ending.lock_old_drafts()
        signed, sent, transport = (_signed(_draft(type)) for type in ("lisjp", "lisjp", "ts-bas"))
        actions.send(sent.id, by=KARIN.login)
        traveller.shift(timedelta(days=8))
        replacing = following.replace(signed.id, by=MAJA.login)
        empty = actions.create("lisjp", patient=person(ALVA), by=KARIN.login)
        in_the_room = actions.create("ts-bas", patient=person(TOLVAN), by=ACTORS[1].login)
        full = _draft("lisjp")
        tabs = [open_tab(it.id, by) for it, by in ((full, KARIN), (full, MAJA), (replacing, MAJA), (soon_locked, MAJA), (empty, KARIN))]
        return [it.id for it in (locked, soon_locked, signed, sent, transport, replacing, empty, in_the_room, full)], tabs
    finally:
        clock.stop()


def _draft(type: str) -> Certificate:
    draft = actions.create(type, patient=person(TOLVAN), by=MAJA.login)
    return actions.save(draft.id, fields=fields(draft, "Först."), focus="", revision=draft.revision, sequence=1, by=MAJA.login).draft


def _signed(draft: Certificate) -> Certificate:
    return sign(draft.id, revision=draft.revision, by=MAJA.login)
