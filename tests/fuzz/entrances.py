"""Where XML from outside comes in: for each way, good messages to begin with, and how the product takes what is made of them."""

import json
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.conf import settings

from fuzz.entrance import Entrance
from fuzz.signed_entrances import signed_entrances
from riv.test_ts_older import UTLATANDE
from shared import SHARED
from simulators import hsa as hsa_stand_in
from simulators import population
from simulators import pu as pu_stand_in
from simulators import soap as stand_in
from simulators.people import STAFF
from simulators.store import Store
from webcert.audit import delivery as log_service
from webcert.certificate_types.received import judge_all
from webcert.patients import pu
from webcert.patients.models import Person
from webcert.patients.pu import PuUnavailable
from webcert.recipients import delivery as recipients
from webcert.riv import signed_form, soap, xml
from webcert.riv.breaker import CircuitBreaker
from webcert.riv.client import CallFailed, Connection
from webcert.riv.retrying import Rejected, Temporary
from webcert.riv.xml import UnreadableXml
from webcert.site import demo
from webcert.staff import hsa
from webcert.staff.hsa import HsaUnavailable
from webcert.vocabulary.personal_id import PersonalId

DAY = date(2026, 11, 21)
TOLVAN = "191212121212"


def entrances(stack: ExitStack) -> list[Entrance]:
    """All of them; what is changed in the product for as long as they are tried is undone by the stack."""
    answer = _Answer(stack)
    return [
        Entrance("certificates", _certificates(), _judge, (xml.UnreadableXml,)),
        Entrance("signed form", _certificates(), _digest, (xml.UnreadableXml,)),
        Entrance("PU answers", _pu_answers(), answer.to(_ask_pu), (PuUnavailable,)),
        Entrance("HSA answers", _hsa_answers(), answer.to(_ask_hsa), (HsaUnavailable,)),
        Entrance("recipients' answers", _results(), answer.to(_deliver), (Temporary, Rejected, CallFailed)),
        *signed_entrances(),
    ]


class _Answer:
    """Stands where the network is: the SOAP client gets the message as the answer to whatever it asks."""

    def __init__(self, stack: ExitStack) -> None:
        self._message = b""
        stack.enter_context(patch.object(Connection, "post", lambda *_: (200, self._message)))
        stack.enter_context(patch.object(CircuitBreaker, "may_call", lambda _: True))
        chosen = dict.fromkeys(("pu_url", "hsa_url", "forsakringskassan_url", "log_url"), "http://localhost")
        stack.enter_context(patch.object(settings, "WEBCERT", settings.WEBCERT.model_copy(update=chosen)))

    def to(self, ask: Callable[[], object]) -> Callable[[bytes], object]:
        def take(message: bytes) -> object:
            self._message = message
            return ask()

        return take


def _judge(message: bytes) -> None:
    for verdict in judge_all(message, today=DAY):
        assert isinstance(verdict, UnreadableXml) or verdict.problems is not None


def _digest(message: bytes) -> str:
    root = xml.parse(message)
    ids = [element.text or "" for element in root.iter("{*}extension")]
    return signed_form.digest(root, ids[0].strip() if ids else "")


def _ask_pu() -> object:
    return pu.persons([PersonalId(TOLVAN)])


def _ask_hsa() -> object:
    """Whatever is asked, the answer is taken for one to that question."""
    for ask in (hsa.credentials, hsa.employee, hsa.unit, hsa.care_unit_of, hsa.members):
        try:
            return ask("SE2321000990-1010")
        except HsaUnavailable as unavailable:
            if not str(unavailable).endswith("another message than the answer"):
                raise
    raise HsaUnavailable("an answer to none of the questions")


def _deliver() -> None:
    recipients.deliver(b"<x/>", "FKASSA", recipients.REGISTER)
    log_service._understand(log_service._client("http://localhost").call(b"<x/>", action="", logical_address=""))


def _certificates() -> list[bytes]:
    """One of each type and version, as we write them, and those that others have written, when they are on this machine."""
    written = []
    for file in sorted(demo.EXAMPLES.glob("*.json")):
        example = json.loads(file.read_text())
        person = Person(personal_id=example["patient"], given_name="Ada", surname="Berg", street="Vägen 1", postcode="12345", town="Orten")
        for version, moment in example["signed"].items():
            written.append(demo._document(example, version, datetime.fromisoformat(moment), person))
    enveloped = [soap.envelope(document, logical_address="x") for document in written[:2]]
    return [*written, *enveloped, UTLATANDE.encode(), *_shared("Register*")]


def _shared(*patterns: str) -> list[bytes]:
    files = [file for pattern in patterns for file in sorted((SHARED / "data" / "soap").glob(f"{pattern}/**/*.xml"))]
    return [file.read_bytes() for file in files if file.stat().st_size < 40_000]


def _pu_answers() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        population.settle(store)
        asked = stand_in.message_of(soap.envelope(pu.request([PersonalId(TOLVAN)]), logical_address="x"))
        answers = [_enveloped(pu_stand_in.get_persons(store, asked))]
    return [*answers, *_shared("GetPersonsForProfile-v3")]


def _hsa_answers() -> list[bytes]:
    questions: list[tuple[Any, Any, str, list[str]]] = [
        (hsa_stand_in.get_credentials, hsa.CREDENTIALS, "personHsaId", [person.id for person in STAFF[:4]]),
        (hsa_stand_in.get_employee, hsa.EMPLOYEE, "personHsaId", [person.id for person in STAFF[:4]]),
        (hsa_stand_in.get_unit, hsa.UNIT, "unitHsaId", ["SE2321000990-1010"]),
        (hsa_stand_in.get_care_unit, hsa.CARE_UNIT, "healthCareUnitMemberHsaId", ["SE2321000990-1021"]),
        (hsa_stand_in.get_members, hsa.MEMBERS, "healthCareUnitHsaId", ["SE2321000990-1020"]),
    ]
    none: Any = None
    return [
        _enveloped(get(none, stand_in.message_of(soap.envelope(hsa.request(service, field, id), logical_address="x"))))
        for get, service, field, ids in questions
        for id in ids
    ]


def _enveloped(message: Any) -> bytes:
    return bytes(stand_in.answer(message).body)


def _results() -> list[bytes]:
    return [soap.envelope(message, logical_address="x") for message in (*map(_result, (b"OK", b"INFO", b"ERROR")), _FAULT)]


def _result(code: bytes) -> bytes:
    error = b"<c:errorId>VALIDATION_ERROR</c:errorId><c:resultText>x</c:resultText>"
    return b'<r:Response xmlns:r="urn:r" xmlns:c="urn:c"><r:result><c:resultCode>%s</c:resultCode>%s</r:result></r:Response>' % (
        code,
        error,
    )


_FAULT = (
    b'<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Server</faultcode><faultstring>x</faultstring></s:Fault>'
)
