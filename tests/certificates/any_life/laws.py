"""What must always hold of certificates, whoever does what and when: typed in from the manual, not taken from the product."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from certificates.any_life.seen import Row, Seen
from certificates.any_life.world import Actor
from webcert.vocabulary.clock import SWEDEN

# What each thing that is done may write, and what it must leave behind

_SAVED = {"saved_at", "saved_by_id", "saved_by_name"}
_EDITED = {"answers", "status", "summary", "sequence", "changed_since_opened", *_SAVED}
_LOCKED = {"status", "locked_at", "parent_id", "relation"}

WRITES: Mapping[str, set[str]] = {
    "open": {"version", "revision", "sequence", "editor_id", "editor_name", "changed_since_opened"},
    "save": _EDITED,
    "forward": {"forwarded"},
    "mark ready": {"ready_at", "ready_by_name"},
    "sign": {"answers", "status", "signed_at", "signed_by_id", "signed_by_name", "signed_xml", "digest", "signature", *_SAVED},
    "send": {"sent_at", "recipient"},
    "deliver": {"delivered_at", "delivery_problem"},
    "fail to deliver": {"delivery_problem"},
    "revoke": {"revoked_at", "revoked_by_name", "revocation_reason", "revocation_text", "delivery_problem", *_LOCKED},
    "lock": _LOCKED,
    "erase": {"parent_id", "relation"},
}
"""Columns; what is not listed writes nothing in what was there before."""

FACTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "create": (("CREATED",), ("Skriva",)),
    "open": ((), ("Läsa",)),
    "save": (("CHANGED",), ("Skriva",)),
    "delete": (("DELETED",), ("Radera",)),
    "forward": (("FORWARDED",), ()),
    "mark ready": (("MARKED_READY",), ()),
    "sign": (("SIGNED",), ("Signera",)),
    "send": (("SENT",), ("Utskrift",)),
    "deliver": (("DELIVERED",), ()),
    "fail to deliver": (("DELIVERY_FAILED",), ()),
    "print": (("PRINTED",), ("Utskrift",)),
    "renew": (("CREATED",), ("Skriva",)),
    "replace": (("CREATED",), ("Skriva",)),
    "copy": (("CREATED",), ("Skriva",)),
    "revoke": (("REVOKED",), ("Radera",)),
    "erase": (("ERASED",), ("Radera",)),
}
"""The events and the entries in the access log; those of a renewal, replacement or copy are about the new draft."""

READ_FOR_IT = frozenset({"renew", "replace", "copy"})
"""What reads the certificate that the new draft follows from, which is an access to that one too."""

LOGGED = {kind: activity for kinds, activities in FACTS.values() for kind, activity in zip(kinds, activities, strict=False)}
"""Event → the entry that it makes in the access log; what is not listed makes none."""

ALSO_TOLD = {("sign", "FRLANG"): "RENEWED", ("sign", "ERSATT"): "REPLACED", ("copy", "KOPIA"): "COPIED"}
"""What the certificate that a draft follows from is told."""

_LIFE = re.compile(
    r"CREATED( CHANGED| FORWARDED| MARKED_READY| PRINTED)*"
    r"( DELETED| ERASED"
    r"| LOCKED( PRINTED| COPIED)*( REVOKED)?( ERASED)?"
    r"|( COPIED| PRINTED)+( LOCKED( PRINTED| COPIED)*( REVOKED)?)?( ERASED)?"
    r"| SIGNED( SENT| DELIVERED| DELIVERY_FAILED| PRINTED| RENEWED| REPLACED)*"
    r"( REVOKED( DELIVERED| DELIVERY_FAILED| RENEWED)*)?( ERASED)?)?"
)
"""Every history is one of these. A draft that is old enough may be copied before the job has locked it."""


# What may be done


def day_of(moment: datetime) -> int:
    """The day in Sweden, as a number."""
    return moment.astimezone(SWEDEN).toordinal()


def is_old(row: Row, now: datetime) -> bool:
    """Whether a draft is locked by its age, job or no job: from the fifteenth day on."""
    return day_of(now) - day_of(row["created_at"]) > 14


def is_open(row: Row, now: datetime) -> bool:
    return row["status"] in ("DRAFT_INCOMPLETE", "DRAFT_COMPLETE") and not is_old(row, now)


def _is_live(row: Row) -> bool:
    return row["status"] == "SIGNED" and row["revoked_at"] is None


def _free(row: Row, before: Seen, *, also_of_drafts: bool, now: datetime) -> bool:
    """Whether no signed certificate has replaced this one, and no draft is about to when that matters."""
    replacing = list(before.children(row["id"], "ERSATT"))
    return not any(_is_live(other) or (also_of_drafts and is_open(other, now)) for other in replacing)


def _parent_is_free(row: Row, before: Seen) -> bool:
    if row["relation"] != "ERSATT":
        return True
    parent = before.certificates.get(row["parent_id"])
    return parent is not None and parent["revoked_at"] is None and not any(map(_is_live, before.children(parent["id"], "ERSATT")))


Law = Callable[[Row, Seen, Actor, datetime], bool]

MAY: Mapping[str, Law] = {
    "save": lambda row, before, by, now: is_open(row, now) and row["unit_id"] in by.writes,
    "delete": lambda row, before, by, now: is_open(row, now) and row["unit_id"] in by.writes,
    "forward": lambda row, before, by, now: is_open(row, now) and row["unit_id"] in by.writes and not by.login.is_integrated,
    "mark ready": lambda row, before, by, now: (
        is_open(row, now) and row["unit_id"] in by.writes and by.login.is_integrated and not by.signs
    ),
    "sign": lambda row, before, by, now: (
        is_open(row, now)
        and row["unit_id"] in by.writes
        and by.signs
        and row["status"] == "DRAFT_COMPLETE"
        and _parent_is_free(row, before)
    ),
    "send": lambda row, before, by, now: (
        _is_live(row) and row["unit_id"] in by.writes and row["sent_at"] is None and _free(row, before, also_of_drafts=False, now=now)
    ),
    "print": lambda row, before, by, now: row["unit_id"] in by.reads and row["revoked_at"] is None,
    "print minimal": lambda row, before, by, now: False,  # all that is written here is about contagion, which no employer is told
    "renew": lambda row, before, by, now: (
        _is_live(row) and row["unit_id"] in by.reads and row["type"] == "lisjp" and _free(row, before, also_of_drafts=False, now=now)
    ),
    "replace": lambda row, before, by, now: (
        _is_live(row) and row["unit_id"] in by.writes and by.signs and _free(row, before, also_of_drafts=True, now=now)
    ),
    "copy": lambda row, before, by, now: (
        not is_open(row, now)
        and row["status"] != "SIGNED"
        and row["unit_id"] in by.reads
        and row["revoked_at"] is None
        and not any(is_open(other, now) for other in before.children(row["id"], "KOPIA"))
    ),
    "revoke": lambda row, before, by, now: not is_open(row, now) and row["unit_id"] in by.writes and by.signs and row["revoked_at"] is None,
    "open": lambda row, before, by, now: row["unit_id"] in by.reads,
}
"""What is necessary for something to be done with a certificate: nothing that is done may lack it. And what has it all is not refused for
the state that it or its relatives are in."""

DOERS: Mapping[str, int] = dict.fromkeys(FACTS, 2) | {
    "mark ready": 1,
    **dict.fromkeys(("deliver", "fail to deliver", "erase"), 0),
}
"""What can be done → how many roles must have done it, for a chapter to have told of it."""


# What always holds


def check(now: Seen, at: datetime) -> None:
    """Fail when something is so that never may be."""
    for row in now.certificates.values():
        _check_states(row, at)
        _check_relations(row, now)
    _check_histories(now)
    _check_deliveries(now)


def _check_states(row: Row, at: datetime) -> None:
    is_signed = row["status"] == "SIGNED"
    for column in ("signed_at", "signed_xml", "signature"):
        assert (row[column] is not None) == is_signed, column
    assert bool(row["digest"]) == bool(row["signed_by_id"]) == is_signed
    assert (row["status"] == "DRAFT_LOCKED") == (row["locked_at"] is not None)
    assert row["sent_at"] is None or is_signed
    assert row["delivered_at"] is None or row["sent_at"] is not None
    assert row["revoked_at"] is None or row["status"] in ("SIGNED", "DRAFT_LOCKED")
    assert (row["revoked_at"] is not None) == bool(row["revocation_reason"])
    if is_signed:
        assert not is_old(row, row["signed_at"]), "signed when it was too old"
    moments = [row[name] for name in ("created_at", "saved_at", "signed_at", "sent_at", "delivered_at") if row[name]]
    assert moments == sorted(moments)
    assert moments[-1] <= at
    assert not (is_old(row, row["saved_at"]) and not is_signed), "written when it was too old"


def _check_relations(row: Row, now: Seen) -> None:
    assert (row["parent_id"] is None) == (row["relation"] == "")
    older, seen = row, {row["id"]}
    while older["parent_id"] is not None:
        assert older["parent_id"] in now.certificates, "follows from nothing"
        older = now.certificates[older["parent_id"]]
        assert older["id"] not in seen, "follows from itself"
        seen.add(older["id"])
    assert older["created_at"] <= row["created_at"]
    assert row["patient_id"] == older["patient_id"]
    assert row["type"] == older["type"]
    replacements = list(now.children(row["id"], "ERSATT"))
    assert sum(map(_is_live, replacements)) <= 1, "two live replacements"
    if row["relation"] == "FRLANG":
        assert row["type"] != "ts-bas"


def _check_histories(now: Seen) -> None:
    """Every history is a life, and each of its facts stands once in the access log, beside the times that somebody has read."""
    histories: dict[UUID, list[str]] = {}
    for _, id, kind, _ in now.events:
        histories.setdefault(id, []).append(kind)
    for history in map(" ".join, histories.values()):
        assert _LIFE.fullmatch(history), history
    expected = Counter((id, LOGGED[kind]) for id, kinds in histories.items() for kind in kinds if kind in LOGGED)
    logged: Counter[tuple[UUID, str]] = Counter()
    for (id, activity, *_), times in now.log.items():
        logged[id, activity] += times * (activity != "Läsa")
    assert +logged == expected


def _check_deliveries(now: Seen) -> None:
    """One delivery for each that is sent, one revocation for each of these that is revoked, and none for anything else."""
    expected = Counter(
        (task, row["id"])
        for row in now.certificates.values()
        for task, so in (("deliver_certificate", row["sent_at"]), ("revoke_certificate", row["sent_at"] and row["revoked_at"]))
        if so
    )
    assert now.jobs == expected
