"""Invented signed certificates for a demonstration: one of each type and version, about the stand-ins' patients, on their units.

`examples/` holds the answers, one file for each set of questions; a date in them is "@" and days from the signing. They come in as
certificates from elsewhere do (`certificates/taking_in.py`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from django.db import transaction

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates.actions import looked_up
from webcert.certificates.errors import Refused
from webcert.certificates.models import Certificate
from webcert.certificates.taking_in import take_in
from webcert.forms.conversion import to_svar
from webcert.patients.models import Person
from webcert.riv.intyg import Intyg, Patient
from webcert.riv.intyg_xml import register_certificate
from webcert.site.demo.issuers import ISSUERS
from webcert.vocabulary.personal_id import PersonalId

EXAMPLES = Path(__file__).parent / "examples"

log = structlog.get_logger("webcert.demo")

_DAY = re.compile(r"@(-?\d+)")


def fill() -> int:
    """Take the examples in, all or none, when there is no certificate at all; gives how many. Safe in several processes at once."""
    try:
        with transaction.atomic():
            taken = 0 if Certificate.objects.exists() else len([take_in(document) for document in documents()])
    except Refused as refused:
        log.warning("no certificates for the demonstration", reason=str(refused))
        return 0
    if taken:
        log.info("certificates for the demonstration", taken=taken)
    return taken


def documents() -> Iterator[bytes]:
    """The RegisterCertificate message of each example, written as we write our own."""
    for file in sorted(EXAMPLES.glob("*.json")):
        example = json.loads(file.read_text())
        patient = looked_up(example["patient"])
        for version, moment in example["signed"].items():
            yield _document(example, version, datetime.fromisoformat(moment), patient)


def _document(example: dict[str, Any], version: str, signed_at: datetime, person: Person) -> bytes:
    type = TYPES[example["type"]]
    form = type.form(version)
    answers = _dated(example["answers"], signed_at)
    intyg = Intyg(
        id=str(uuid5(NAMESPACE_URL, f"webcert demo {type.id} {version}")),
        type_code=type.external_code,
        type_name=type.contract_name or type.name,
        type_system=type.type_system,
        version=version,
        signed_at=signed_at,
        patient=_patient(person, named="patient" in form.by_id),
        issuer=ISSUERS[example["signer"]],
        svar=to_svar(form, answers, received_context(signed_at.date())),
    )
    return register_certificate(intyg)


def _patient(person: Person, *, named: bool) -> Patient:
    patient = Patient(PersonalId(person.personal_id).oid, person.personal_id)
    if not named:
        return patient
    return replace(
        patient,
        given_name=person.given_name,
        middle_name=person.middle_name,
        surname=person.surname,
        address=person.street,
        postcode=person.postcode,
        town=person.town,
    )


def _dated(value: Any, signed_at: datetime) -> Any:
    """The same answers with their dates written out."""
    match value:
        case str():
            found = _DAY.fullmatch(value)
            return (signed_at + timedelta(days=int(found[1]))).date().isoformat() if found else value
        case dict():
            return {key: _dated(inner, signed_at) for key, inner in value.items()}
        case list():
            return [_dated(inner, signed_at) for inner in value]
    return value
