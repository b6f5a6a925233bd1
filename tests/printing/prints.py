"""Prints of the example certificate, in each state that a paper can tell of."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from example_fk7804 import FULL, SIGNED, WRITING
from webcert.certificate_types import TYPES
from webcert.certificate_types.certificate_type import CertificateType
from webcert.forms.context import Context
from webcert.printing.contents import Mark, Print, print_of
from webcert.riv.intyg import Issuer, Unit
from webcert.vocabulary import oids
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.svar import Coded

FK7804 = TYPES["lisjp"]
GENERAL = replace(FK7804, paper=None)
"""The same type as if its recipient wanted no form of its own."""

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


def signed_print(answers: dict[str, Any] = FULL, type: CertificateType = FK7804, *, version: str = "", minimal: bool = False) -> Print:
    """A signed certificate, in the type's own layout."""
    return replace(_print(type, version, answers, SIGNED, SIGNED_AT, minimal), sent=f"Skickat till {type.recipient.name} 2026-11-21 10:35.")


def draft_print(answers: dict[str, Any] = FULL, mark: Mark = Mark.DRAFT, type: CertificateType = FK7804, *, version: str = "") -> Print:
    """A draft, or a locked one."""
    return replace(_print(type, version, answers, WRITING, None, False), mark=mark)


def _print(
    type: CertificateType, version: str, answers: dict[str, Any], context: Context, signed_at: datetime | None, minimal: bool
) -> Print:
    contents = print_of(
        type,
        version or type.text_versions[-1].version,
        answers,
        context,
        certificate_id=CERTIFICATE_ID,
        personal_id="191212121212",
        issuer=ISSUER,
        printed_at=PRINTED_AT,
        signed_at=signed_at,
        minimal=minimal,
    )
    return replace(contents, patient_name="Tolvan Tolvansson")
