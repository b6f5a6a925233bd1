"""A signed certificate as it is shown: its status in the user's words, what has happened to it, and who signed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from webcert.certificate_types import TYPES
from webcert.certificates import signatures
from webcert.certificates.events import Happened
from webcert.certificates.models import Certificate, Event, Relation
from webcert.certificates.queries import status_text
from webcert.certificates.relatives import Relatives
from webcert.certificates.signatures import Judgement
from webcert.forms.elements.sick_leave import SickLeave
from webcert.forms.form import Form
from webcert.patients.models import Person
from webcert.riv.intyg import Intyg
from webcert.staff.identity import Method
from webcert.staff.login_context import LoginContext
from webcert.ui.formatting import swedish_datetime
from webcert.vocabulary import clock
from webcert.vocabulary.periods import covered_days, period_of
from webcert.xmldsig.profile import Flaw

SHORT_SICK_LEAVE = 15
"""Fewer days than this are not to be sent to Försäkringskassan without a special reason (reference/certificates/fk7804.md §11)."""

CONFIRMED_SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Link:
    """To a certificate, with the words that are pressed."""

    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    """What stands in one place of the status row, with its tone. `opens`: the dialog that explains it."""

    text: str
    tone: str
    link: Link | None = None
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the certificate stands: the newest that has happened, and what else there is to know."""

    newest: Slot
    beside: Slot | None


AVAILABLE = Slot("Intyget är tillgängligt för patienten", "done", opens="tillgangligt")

BEGUN = {
    Relation.REPLACES: "Det finns redan ett påbörjat utkast som ska ersätta detta intyg",
    Relation.COMPLEMENTS: "Det finns redan en påbörjad komplettering",
}
"""What is told of a draft that is being written to follow the certificate (is-009, is-012)."""

PARENT_TOO = {
    Relation.REPLACES: "Intyget ersatte ett tidigare intyg som också kan behöva makuleras.",
    Relation.RENEWS: "Intyget förnyade ett tidigare intyg som också kan behöva makuleras.",
    Relation.COMPLEMENTS: "Intyget kompletterade ett tidigare intyg som också kan behöva makuleras.",
}
"""What is told in a revoked certificate of the one that it followed from (is-007, is-010, is-011)."""


def standing(certificate: Certificate, relatives: Relatives, by: LoginContext) -> Standing:
    """The status row (reference/ui.md §1.9)."""
    if certificate.revoked_at:
        what = "Intyget" if certificate.is_signed else "Utkastet"
        revoked = Slot(f"{what} är makulerat", "wrong", opens="makulerat")
        return Standing(revoked, _parent_too(certificate, relatives, by))
    if certificate.is_open_draft:
        return Standing(Slot(status_text(certificate), "missing"), None)
    if not certificate.is_signed:
        return Standing(Slot("Utkastet är låst", "", opens="last"), None)
    newest = max(_events(certificate, relatives, by), key=lambda event: event[0])
    return Standing(newest[1], AVAILABLE)


def _events(certificate: Certificate, relatives: Relatives, by: LoginContext) -> Iterable[tuple[datetime, Slot]]:
    yield certificate.signed_at or certificate.created_at, Slot("Intyget är signerat", "done")
    if certificate.sent_at:
        yield certificate.sent_at, _sent(certificate)
    if replacement := relatives.replacement:
        link = _link(replacement, "detta intyg", by)
        yield _signed_at(replacement), Slot("Intyget har ersatts av" if link else "Intyget har ersatts av ett annat intyg", "info", link)
    if complement := relatives.complement:
        yield _signed_at(complement), Slot("Intyget har kompletterats med ett annat intyg", "info", _link(complement, "Öppna intyget", by))
    for relation, text in BEGUN.items():
        if draft := relatives.open_draft(relation):
            yield draft.created_at, Slot(text, "missing", _link(draft, "Öppna utkastet", by))


def _signed_at(relative: Certificate) -> datetime:
    return relative.signed_at or relative.created_at


def _sent(certificate: Certificate) -> Slot:
    recipient = TYPES[certificate.type].recipient.name
    if certificate.delivery_problem:
        return Slot(f"Intyget har inte kommit fram till {recipient}", "wrong")
    return Slot(f"Intyget är skickat till {recipient}", "info" if is_unconfirmed(certificate) else "done")


def is_unconfirmed(certificate: Certificate) -> bool:
    """Whether the recipient has had time to take the certificate, and has not said that it has."""
    sent_at = certificate.sent_at
    return sent_at is not None and not certificate.delivered_at and clock.now() - sent_at >= CONFIRMED_SOON


def _parent_too(certificate: Certificate, relatives: Relatives, by: LoginContext) -> Slot | None:
    parent = relatives.parent
    if parent is None or parent.revoked_at or certificate.relation not in PARENT_TOO:
        return None
    return Slot(PARENT_TOO[Relation(certificate.relation)], "missing", _link(parent, "Öppna intyget", by))


def _link(relative: Certificate, label: str, by: LoginContext) -> Link | None:
    """To a relative on a unit where the user may read it."""
    return Link(relative.id, label) if by.reads(relative.unit_id, relative.care_provider_id) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has happened."""

    at: datetime
    text: str
    by: str
    link: Link | None = None


TEXTS: Mapping[str, str] = {
    Happened.CREATED: "Intyget är skapat",
    Happened.TAKEN_IN: "Intyget är hämtat till Webcert",
    Happened.CHANGED: "Utkastet är ändrat",
    Happened.FORWARDED: "Utkastet är vidarebefordrat",
    Happened.MARKED_READY: "Utkastet är markerat klart för signering",
    Happened.LOCKED: "Utkastet är låst",
    Happened.COPIED: "Utkastet är kopierat",
    Happened.SIGNED: "Intyget är signerat",
    Happened.SENT: "Intyget är skickat till {detail}",
    Happened.DELIVERED: "{detail} har tagit emot intyget",
    Happened.DELIVERY_FAILED: "Intyget kunde inte levereras",
    Happened.PRINTED: "Intyget är utskrivet",
    Happened.RENEWED: "Intyget är förnyat",
    Happened.REPLACED: "Intyget är ersatt av ett annat intyg",
    Happened.REVOKED: "{what} är makulerat",
    Happened.REVOCATION_DELIVERED: "{detail} har tagit emot makuleringen",
    Happened.REVOCATION_FAILED: "Makuleringen kunde inte levereras",
}
"""Kind of event → what is told of it."""

MADE_FROM = {
    Relation.RENEWS: "Intyget är skapat för att förnya ett tidigare intyg",
    Relation.REPLACES: "Intyget är skapat för att ersätta ett tidigare intyg",
    Relation.COMPLEMENTS: "Intyget är skapat för att komplettera ett tidigare intyg",
    Relation.COPIES: "Intyget är skapat som en kopia av ett låst utkast",
}
"""What is told of the creation of a certificate that follows from another."""


def history(events: Iterable[Event], certificate: Certificate, relatives: Relatives, by: LoginContext) -> Iterable[Entry]:
    """The events for "Alla händelser", in their order, newest first, with links to the relatives (reference/ui.md §5.4)."""
    children = {str(child.id): child for child in relatives.children}
    what = "Intyget" if certificate.is_signed else "Utkastet"
    for event in events:
        if event.kind == Happened.SIGNED:
            yield Entry(event.at, AVAILABLE.text, "")
        text = TEXTS[event.kind].format(detail=event.detail, what=what)
        relative = children.get(event.detail)
        if event.kind == Happened.CREATED and relatives.parent:
            text, relative = MADE_FROM[Relation(certificate.relation)], relatives.parent
        yield Entry(event.at, text, event.by_name, _link(relative, "Öppna", by) if relative else None)


def changed_since(intyg: Intyg | None, patient: Person) -> list[str]:
    """What a signed certificate says of the patient that is no longer so, for the types that carry name and address; it stays as it was
    signed (reference/roles-and-login-context.md §6.4)."""
    if intyg is None or not intyg.patient.surname:
        return []
    then = intyg.patient
    pairs = {
        "Patientens namn har ändrats": ((then.given_name, then.surname), (patient.given_name, patient.surname)),
        "Patientens adress har ändrats": ((then.address, then.postcode, then.town), (patient.street, patient.postcode, patient.town)),
    }
    return [told for told, (before, now) in pairs.items() if before != now]


METHODS: Mapping[str, str] = {
    Method.SITHS: " med SITHS",
    Method.EFOS: " med Efos",
    Method.NET_ID: " med Telia e-legitimation",
    Method.BANK_ID: " med BankID",
    Method.MOBILE_BANK_ID: " med Mobilt BankID",
}
"""By which means the signer signed; unknown of what was signed elsewhere."""

DOUBTS: Mapping[str, str] = {
    Flaw.REFERENCE_DIGEST_MISMATCH: "Intyget är inte det som skrevs under.",
    Flaw.SIGNATURE_VALUE_INVALID: "Underskriften är inte gjord med undertecknarens nyckel.",
    Flaw.CERTIFICATE_UNTRUSTED: "Undertecknarens e-legitimation kommer inte från någon utfärdare som Webcert litar på.",
    Flaw.CERTIFICATE_NOT_VALID_AT_SIGNING: "Undertecknarens e-legitimation gällde inte när intyget skrevs under.",
    Flaw.SIGNER_MISMATCH: "Någon annan än intygets utfärdare har skrivit under.",
    Flaw.SIGNATURE_MISSING: "Underskriften saknas.",
    signatures.RECORD_DIFFERS: "Det som visas här är inte det som skrevs under.",
    signatures.UNREADABLE: "Det som skrevs under går inte att läsa.",
    signatures.NOT_JUDGED: "Underskriften kunde inte kontrolleras.",
}
"""Why a signature does not hold, where that can be said to a user."""

ODD_SIGNATURE = "Underskriften har inte den form som den ska ha."


def doubt(judgement: Judgement) -> str:
    """Why the signature does not hold."""
    return DOUBTS.get(judgement.flaw, ODD_SIGNATURE)


def _verdict(judgement: Judgement) -> str:
    if not judgement.is_signed:
        return "Intyget utfärdades i ett annat system och har ingen elektronisk underskrift här."
    if judgement.flaw == signatures.NOT_JUDGED:
        return doubt(judgement)
    if judgement.flaw:
        return f"Inte giltig. {doubt(judgement)}"
    return f"Giltig, av {judgement.signer}{METHODS.get(judgement.method, '')}" if judgement.signer else "Giltig"


def signature(certificate: Certificate, intyg: Intyg | None, judgement: Judgement | None) -> list[tuple[str, str]]:
    """Who signed, when and where, as the signed document says, and whether that holds: term and value. Empty for a draft."""
    if judgement is None:
        return []
    if intyg is None:
        return [("Elektronisk underskrift", _verdict(judgement))]
    issuer, unit = intyg.issuer, intyg.issuer.unit
    codes = {"Förskrivarkod": issuer.prescriber_code, "Arbetsplatskod": unit.workplace_code}
    real = {name: code for name, code in codes.items() if code.strip("0")}
    return [
        ("Signerat av", issuer.name),
        ("Signerat", swedish_datetime(certificate.signed_at) if certificate.signed_at else ""),
        ("Vårdenhet", f"{unit.name}, {unit.care_provider_name}"),
        ("Adress", f"{unit.address}, {unit.postcode} {unit.town}, telefon {unit.phone}"),
        *([(" och ".join(real).capitalize(), " - ".join(real.values()))] if real else []),
        ("Elektronisk underskrift", _verdict(judgement)),
    ]


def is_short_sick_leave(form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether the certificate is about sick leave and covers fewer days than are to be sent."""
    rows = [row for question in form.questions if isinstance(question, SickLeave) for row in answers.get(question.id) or ()]
    periods = [period for row in rows if (period := period_of(row["from"], row["to"]))]
    return bool(periods) and covered_days(periods) < SHORT_SICK_LEAVE
