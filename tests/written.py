"""Good answers as another system would send them: as svar, and as a whole RegisterCertificate message."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from example_fk7804 import BASES, WRITING
from webcert.certificate_types import FK7804
from webcert.certificate_types.certificate_type import CertificateType
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Form
from webcert.riv.intyg import Intyg, Issuer, Patient, Unit
from webcert.riv.intyg_xml import register_certificate
from webcert.vocabulary.oids import PERSONAL_NUMBER
from webcert.vocabulary.svar import Svar

_UNIT = Unit("SE1", "Björkhagens vårdcentral", "12345", "Gatan 1", "12345", "Björkhagen", "08123", "", "SE2", "Region Björk")


def svar_of(form: Form, answers: Mapping[str, Any]) -> tuple[Svar, ...]:
    """What is sent of the answers to the questions that are asked."""
    return to_svar(form, evaluate(form, answers, WRITING).answers, WRITING)


def document(svar: Iterable[Svar], version: str = "1.3", type: CertificateType = FK7804) -> bytes:
    """RegisterCertificate with those svar, about Tolvan Tolvansson."""
    patient, issuer = Patient(PERSONAL_NUMBER, "191212121212"), Issuer("SE3", "Åsa Öhrn", _UNIT)
    signed_at = datetime.fromisoformat("2026-11-21T10:31:00")
    return register_certificate(Intyg("4711", type.external_code, type.name, version, signed_at, patient, issuer, tuple(svar)))


DOCUMENTS = [svar_of(FK7804.newest_form, answers) for answers in BASES]
"""The svar of good FK 7804."""
