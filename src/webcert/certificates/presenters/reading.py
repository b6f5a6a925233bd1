"""A signed certificate as it is shown: its status in the user's words, what has happened to it, and who signed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from webcert.certificate_types import TYPES
from webcert.certificates.events import Happened
from webcert.certificates.models import Certificate, Event
from webcert.forms.elements.sick_leave import SickLeave
from webcert.forms.form import Form
from webcert.riv.intyg import Intyg
from webcert.ui.formatting import swedish_datetime
from webcert.vocabulary import clock
from webcert.vocabulary.periods import covered_days, period_of

SHORT_SICK_LEAVE = 15
"""Fewer days than this are not to be sent to Försäkringskassan without a special reason (reference/certificates/fk7804.md §11)."""

CONFIRMED_SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the certificate stands. `notice`: what the user should know about a delivery that has not gone as it should, with its tone."""

    text: str
    tone: str
    notice: str = ""
    notice_tone: str = ""


def standing(certificate: Certificate) -> Standing:
    """The newest thing that has happened, for the status row (reference/ui.md §1.9)."""
    recipient = TYPES[certificate.type].recipient.name
    if certificate.revoked_at:
        return Standing("Intyget är makulerat", "wrong")
    if not certificate.sent_at:
        return Standing("Intyget är signerat", "done")
    if certificate.delivery_problem:
        notice = f"{recipient} har inte kunnat ta emot intyget. Kontakta supporten, eller lämna en utskrift till patienten så länge."
        return Standing(f"Intyget har inte kommit fram till {recipient}", "wrong", notice, "error")
    sent = f"Intyget är skickat till {recipient}"
    if certificate.delivered_at or clock.now() - certificate.sent_at < CONFIRMED_SOON:
        return Standing(sent, "done")
    notice = f"{recipient} har ännu inte bekräftat att intyget har kommit fram. Webcert fortsätter att försöka; du behöver inte göra något."
    return Standing(sent, "info", notice, "info")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has happened."""

    at: datetime
    text: str
    by: str


TEXTS: Mapping[str, str] = {
    Happened.CREATED: "Intyget är skapat",
    Happened.TAKEN_IN: "Intyget är hämtat till Webcert",
    Happened.CHANGED: "Utkastet är ändrat",
    Happened.FORWARDED: "Utkastet är vidarebefordrat",
    Happened.SIGNED: "Intyget är signerat",
    Happened.SENT: "Intyget är skickat till {detail}",
    Happened.DELIVERED: "{detail} har tagit emot intyget",
    Happened.DELIVERY_FAILED: "Intyget kunde inte levereras",
    Happened.PRINTED: "Intyget är utskrivet",
}
"""Kind of event → what is told of it."""


def history(events: Iterable[Event]) -> Iterable[Entry]:
    """The events for "Alla händelser", in their order, newest first (reference/ui.md §5.4)."""
    for event in events:
        if event.kind == Happened.SIGNED:
            yield Entry(event.at, "Intyget är tillgängligt för patienten", "")
        yield Entry(event.at, TEXTS[event.kind].format(detail=event.detail), event.by_name)


def signature(certificate: Certificate, intyg: Intyg | None) -> list[tuple[str, str]]:
    """Who signed, when and where, as the signed document says: term and value. Empty without a signed document."""
    if intyg is None:
        return []
    issuer, unit = intyg.issuer, intyg.issuer.unit
    codes = {"Förskrivarkod": issuer.prescriber_code, "Arbetsplatskod": unit.workplace_code}
    real = {name: code for name, code in codes.items() if code.strip("0")}
    return [
        ("Signerat av", issuer.name),
        ("Signerat", swedish_datetime(certificate.signed_at) if certificate.signed_at else ""),
        ("Vårdenhet", f"{unit.name}, {unit.care_provider_name}"),
        ("Adress", f"{unit.address}, {unit.postcode} {unit.town}, telefon {unit.phone}"),
        *([(" och ".join(real).capitalize(), " - ".join(real.values()))] if real else []),
    ]


def is_short_sick_leave(form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether the certificate is about sick leave and covers fewer days than are to be sent."""
    rows = [row for question in form.questions if isinstance(question, SickLeave) for row in answers.get(question.id) or ()]
    periods = [period for row in rows if (period := period_of(row["from"], row["to"]))]
    return bool(periods) and covered_days(periods) < SHORT_SICK_LEAVE
