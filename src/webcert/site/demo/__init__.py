"""Invented signed certificates for a demonstration: one of each type and version, about the stand-ins' patients, on their units.

`examples/` holds the answers, one file for each set of questions; a date in them is "@" and days from the signing. They come in as
certificates from elsewhere do (`certificates/taking_in.py`), signed by the stand-ins, which stand for the systems that were there before.
"""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

import structlog
from django.conf import settings
from django.db import transaction

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates.errors import Refused
from webcert.certificates.models import Certificate
from webcert.certificates.patient import looked_up
from webcert.certificates.taking_in import take_in
from webcert.forms.conversion import to_svar
from webcert.patients.models import Person
from webcert.riv import signed_form, xml
from webcert.riv.client import CallFailed, Connection
from webcert.riv.documents import documents as documents_in
from webcert.riv.intyg import Intyg, Patient
from webcert.riv.intyg_xml import register_certificate
from webcert.site.demo.issuers import ISSUERS
from webcert.vocabulary.personal_id import PersonalId
from webcert.xmldsig import algorithms, profile
from webcert.xmldsig.algorithms import ECDSA_SHA256
from webcert.xmldsig.certificates import signature_of, with_signature
from webcert.xmldsig.keys import certificate_of

EXAMPLES = Path(__file__).parent / "examples"

log = structlog.get_logger("webcert.demo")

_DAY = re.compile(r"@(-?\d+)")


def fill() -> int:
    """Take the examples in, all or none, when there is no certificate at all; gives how many. Safe in several processes at once."""
    try:
        with transaction.atomic():
            taken = 0 if Certificate.objects.exists() else len([take_in(document) for document in documents()])
    except (Refused, CallFailed) as problem:
        log.warning("no certificates for the demonstration", reason=str(problem))
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
            yield _signed(_document(example, version, datetime.fromisoformat(moment), patient), example["signer"])


def _signed(document: bytes, signer: str) -> bytes:
    """The document with the signature that the signing service's stand-in makes for the issuer. Raises CallFailed."""
    root = xml.parse(document)
    (intyg,) = documents_in(root)
    octets = profile.signed_info(intyg.id, signed_form.digest(root, intyg.id), ECDSA_SHA256)
    asked = {"signer": signer, "octets": base64.b64encode(octets).decode()}
    status, answer = _stand_in().post(f"{settings.WEBCERT.sign_service_url}/of-old", urlencode(asked).encode())
    if status != HTTPStatus.OK:
        raise CallFailed(f"HTTP {status}")
    told = json.loads(answer)
    certificate = certificate_of(told["certificate"])
    value = algorithms.encoded(certificate.public_key(), base64.b64decode(told["signature"]))
    return with_signature(document, signature_of(octets, value, certificate))


@cache
def _stand_in() -> Connection:
    return Connection(content_type="application/x-www-form-urlencoded")


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
