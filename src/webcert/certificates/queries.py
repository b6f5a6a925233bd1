"""Reading certificates for pages. Each list has its own index, and the number of SQL statements does not grow with the rows.

The drafts behind a list and the number on its tab come from one query, `unsigned`, so that they never differ.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Case, Count, Expression, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Collate, Lower

from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.asked import Drafts, Order, saver_key
from webcert.certificates.models import Certificate, Event, Status, lock_horizon
from webcert.certificates.relatives import NONE, Relatives, relatives_among
from webcert.patients.actions import look_up_all
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.vocabulary.swedish import LETTERS, swedish_order

MOST_ROWS = 500
"""More of one patient's certificates are not shown."""

IN_LISTS = (Action.FORWARD, Action.RENEW)
"""What can be done from the row of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """A certificate in a list; its answers and signed bytes are not fetched. `may`: what can be done with it there."""

    certificate: Certificate
    type: CertificateType
    status: str
    may: frozenset[str]
    protected: bool
    deceased: bool


@dataclass(frozen=True, slots=True)
class FoundDrafts:
    """A page of a list of drafts. `total`: how many pass the filter; `savers`: who has saved drafts on the unit, as (key, name).

    `withheld`: how many rows of the page are not shown because the population register did not answer for their patients; `changed`: the
    patients whose certificates say otherwise than the register about their protection.
    """

    rows: Sequence[Row]
    total: int
    page: int
    savers: Sequence[tuple[str, str]]
    withheld: int = 0
    changed: Sequence[Person] = ()


def unsigned(by: LoginContext) -> QuerySet[Certificate]:
    """The unsigned drafts that the user may see, on any unit (reference/roles-and-login-context.md §4.5)."""
    return Certificate.objects.filter(_open_to(by), revoked_at=None).exclude(status=Status.SIGNED)


def unsigned_per_unit(by: LoginContext) -> dict[str, int]:
    """How many such drafts each of the user's units has: a counter for the header (staff/counters.py)."""
    found = unsigned(by).filter(unit_id__in=[unit.id for unit in by.units])
    return dict(found.values_list("unit_id").annotate(Count("id")))


def drafts_of_unit(asked: Drafts, *, by: LoginContext) -> FoundDrafts:
    """The page that is asked for of the drafts of exactly the unit where the user is (reference/ui.md §4.4). Three SQL statements."""
    on_unit, passes = unsigned(by).filter(unit_id=by.unit_id), _filter(asked)
    savers = list(on_unit.values_list("saved_by_id", "saved_by_name").annotate(passing=Count("id", filter=passes)))
    hers = Q(saved_by_id__in=wanted) if (wanted := {id for id, _, _ in savers if saver_key(id) == asked.saved_by}) else Q()
    found = on_unit.filter(passes, hers)
    total = sum(count for id, _, count in savers if not wanted or id in wanted)
    page = min(asked.page, max(1, -(-total // asked.size)))
    shown = list(_ordered(found, asked.order)[(page - 1) * asked.size : page * asked.size].defer(*HEAVY))
    patients = look_up_all([draft.patient_id for draft in shown])
    known = [(draft, sure.person) for draft in shown if (sure := patients[draft.patient_id]).certain and sure.person]
    rows = [_row(draft, by, patient) for draft, patient in known if _is_readable(draft, patient, by)]
    changed = [patient for draft, patient in known if draft.protected != patient.protected]
    names = sorted({saver_key(id): name for id, name, _ in savers}.items(), key=lambda pair: swedish_order(pair[1]))
    return FoundDrafts(rows, total, page, names, len(shown) - len(known), changed)


def certificates_of_patient(person: Person, order: Order, *, by: LoginContext) -> Sequence[Row]:
    """The patient's certificates and drafts on the unit where the user is and its sub-units (manual S 4.2.1). Two SQL statements."""
    found = Certificate.objects.filter(patient_id=person.personal_id, unit_id__in=by.scope, type__in=_types_open_to(by, person.protected))
    certificates = list(found.order_by("-saved_at", "-id").defer(*HEAVY)[:MOST_ROWS])
    relatives = relatives_among(certificate.id for certificate in certificates)
    rows = [_row(certificate, by, person, relatives.get(certificate.id, NONE)) for certificate in certificates]
    return sorted(rows, key=ROW_ORDERS[order.column], reverse=order.descending)


def history_of(certificate: Certificate) -> Sequence[Event]:
    """What has happened to the certificate, newest first."""
    return list(Event.objects.filter(certificate_id=certificate.id).order_by("-at", "-id"))


# Status in the words of the lists (reference/ui.md §4.3)

REVOKED, COMPLEMENTED, REPLACED, SENT, SIGNED = "Makulerat", "Kompletterat", "Ersatt", "Skickat", "Signerat"
LOCKED, COMPLETE, INCOMPLETE = "Utkast, låst", "Utkast, kan signeras", "Utkast, uppgifter saknas"

NOT_CURRENT = frozenset({REVOKED, COMPLEMENTED, REPLACED, LOCKED})


def status_text(certificate: Certificate, relatives: Relatives = NONE) -> str:
    """The first that fits."""
    fits = (
        (REVOKED, certificate.revoked_at is not None),
        (COMPLEMENTED, relatives.complement is not None),
        (REPLACED, relatives.replacement is not None),
        (SENT, certificate.sent_at is not None),
        (SIGNED, certificate.is_signed),
        (LOCKED, certificate.is_locked_draft),
        (COMPLETE, certificate.status == Status.COMPLETE),
    )
    return next((text for text, holds in fits if holds), INCOMPLETE)


HEAVY = ("answers", "signed_xml", "revocation_text")
"""Columns that no list needs."""


def _row(certificate: Certificate, by: LoginContext, patient: Person, relatives: Relatives = NONE) -> Row:
    subject = Subject.of(certificate, relatives, patient)
    return Row(
        certificate,
        TYPES[certificate.type],
        status_text(certificate, relatives),
        frozenset(action for action in IN_LISTS if refusal(action, subject, by) is None),
        subject.protected,
        subject.deceased,
    )


def _is_readable(certificate: Certificate, patient: Person, by: LoginContext) -> bool:
    return refusal(Action.READ, Subject.of(certificate, patient=patient), by) is None


def _open_to(by: LoginContext) -> Q:
    """Of the types that the user may read; those of protected patients only where she may read these too."""
    return Q(protected=False, type__in=_types_open_to(by, False)) | Q(protected=True, type__in=_types_open_to(by, True))


def _types_open_to(by: LoginContext, protected: bool) -> list[str]:
    return [id for id in TYPES if refusal(Action.READ, Subject(id, by.unit_id, None, protected), by) is None]


def _filter(asked: Drafts) -> Q:
    """What is asked of the drafts, but for who saved them."""
    first, end = asked.period
    wanted = _states()[asked.state] if asked.state else Q()
    if asked.forwarded:
        wanted &= Q(forwarded=asked.forwarded == "ja")
    if first:
        wanted &= Q(saved_at__gte=first)
    if end:
        wanted &= Q(saved_at__lt=end)
    return wanted


def _states() -> dict[str, Q]:
    """What the states of the filter mean. A draft that is old enough is locked whether or not the job has been there."""
    locked = Q(status=Status.LOCKED) | Q(created_at__lte=lock_horizon())
    return {"lasta": locked, "klara": Q(status=Status.COMPLETE) & ~locked, "saknas": Q(status=Status.INCOMPLETE) & ~locked}


def _ranked(conditions: Iterable[Q]) -> Expression:
    return Case(*(When(condition, Value(rank)) for rank, condition in enumerate(conditions)))


def _state_order() -> Expression:
    states = _states()
    return _ranked(states[name] for name in ("klara", "lasta", "saknas"))


def _type_order() -> Expression:
    by_name = sorted(TYPES, key=lambda id: swedish_order(TYPES[id].name))
    return _ranked(Q(type=id) for id in by_name)


def _swedish(column: str) -> Expression:
    """As `swedish_order` sorts, done by the database whatever its own order is."""
    letters, sorted_as = Value("".join(LETTERS)), Value("".join(LETTERS.values()))
    return Collate(Func(Lower(column), letters, sorted_as, function="translate", output_field=TextField()), "C")


DRAFT_ORDERS: dict[str, Callable[[], Expression | F]] = {
    "typ": _type_order,
    "status": _state_order,
    "sparat": partial(F, "saved_at"),
    "patient": partial(F, "patient_id"),
    "sparat-av": partial(_swedish, "saved_by_name"),
    "vidarebefordrad": partial(F, "forwarded"),
}


def _ordered(drafts: QuerySet[Certificate], order: Order) -> QuerySet[Certificate]:
    by = DRAFT_ORDERS[order.column]()
    return drafts.order_by(by.desc() if order.descending else by.asc(), "-saved_at", "-id")


ROW_ORDERS: dict[str, Callable[[Row], Any]] = {
    "typ": lambda row: swedish_order(row.type.name),
    "status": lambda row: swedish_order(row.status),
    "sparat": lambda row: row.certificate.saved_at,
    "sparat-av": lambda row: swedish_order(row.certificate.saved_by_name),
}
