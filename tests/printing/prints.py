"""Prints of the example certificate, in each state that a paper can tell of."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from example_fk7804 import FULL, SIGNED, WRITING
from webcert.certificate_types import TYPES
from webcert.forms.reading import read
from webcert.printing.contents import Mark, Print
from webcert.riv.intyg import Issuer, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.svar import Coded

FK7804 = TYPES["lisjp"]
CERTIFICATE_ID = "9f1c5a3e-2b77-4d0e-9a55-0a1b2c3d4e5f"
SIGNED_AT = datetime(2026, 11, 21, 10, 31, tzinfo=SWEDEN)
PRINTED_AT = datetime(2026, 11, 22, 8, 5, tzinfo=SWEDEN)

UNIT = Unit(
    id="TSTNMT2321000156-1077",
    name="Björkhagens vårdcentral",
    workplace_code="1627",
    address="Storgatan 12",
    postcode="123 45",
    town="Björkhagen",
    phone="08-123 45 67",
    email="",
    care_provider_id="TSTNMT2321000156-102Q",
    care_provider_name="Region Exempel",
)
ISSUER = Issuer(
    "TSTNMT2321000156-1079",
    "Arnold Johansson",
    UNIT,
    (Coded("201010", oids.POSITION, "Överläkare"), Coded("999999", oids.POSITION)),
    ("Allmänmedicin", "Arbetsmedicin"),
)


def signed_print(answers: dict[str, Any] = FULL) -> Print:
    return Print(
        type_name=FK7804.name,
        type_code=FK7804.code,
        certificate_id=CERTIFICATE_ID,
        text_version="1.3",
        personal_number="19121212-1212",
        patient_name="Tolvan Tolvansson",
        issuer=ISSUER,
        sections=read(FK7804.form("1.3"), answers, SIGNED),
        mark=Mark.SIGNED,
        printed_at=PRINTED_AT,
        signed_at=SIGNED_AT,
        sent="Skickat till Försäkringskassan 2026-11-21 10:35.",
    )


def draft_print(answers: dict[str, Any] = FULL, mark: Mark = Mark.DRAFT) -> Print:
    sections = read(FK7804.form("1.3"), answers, WRITING)
    return replace(signed_print(), sections=sections, mark=mark, signed_at=None, sent="")
