"""Judging a document that somebody has written, from its bytes: which type and version it is, and what is wrong with it.

`webcert check`, signing and taking in use this; it gives the same verdict as the official schematron of the type.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from webcert.certificate_types import BY_EXTERNAL_CODE
from webcert.certificate_types.certificate_type import CertificateType
from webcert.forms.context import Context
from webcert.forms.conversion import from_svar
from webcert.forms.evaluation import Evaluation, evaluate
from webcert.forms.problems import Kind, Problem
from webcert.forms.wording import major_of
from webcert.riv import xml
from webcert.riv.documents import documents_or_faults
from webcert.riv.intyg import Intyg, Patient
from webcert.riv.xml import UnreadableXml
from webcert.vocabulary.personal_id import InvalidPersonalId, PersonalId


class _NoRegister:
    """A received document is not measured against today's code lists: its codes may be of an older edition."""

    def knows(self, system: str, code: str) -> bool:
        return True

    def title(self, system: str, code: str) -> str | None:
        return None


@dataclass(frozen=True)
class Verdict:
    """What a received certificate is and what is wrong with it. `type` and `evaluation` are None when type or version is unknown."""

    intyg: Intyg
    type: CertificateType | None
    answers: dict[str, Any]
    evaluation: Evaluation | None
    problems: tuple[Problem, ...]

    @property
    def valid(self) -> bool:
        return not self.problems


def received_context(today: date, born: date | None = None) -> Context:
    """The context in which a received document is judged; `born` is the patient's day of birth, when it is known."""
    return Context(today, _NoRegister(), received=True, born=born)


def judge(data: bytes, *, today: date) -> Verdict:
    """The verdict on the one certificate in the message. Raises UnreadableXml when it is no XML, or carries none or several."""
    verdicts = judge_all(data, today=today)
    if len(verdicts) > 1:
        raise UnreadableXml(f"{len(verdicts)} certificates instead of one")
    return readable(verdicts[0])


def judge_all(data: bytes, *, today: date) -> tuple[Verdict | UnreadableXml, ...]:
    """The verdict on each certificate in the message, at least one; one that cannot be read does not hide the others.

    Raises UnreadableXml when the message is no XML or carries none."""
    found = documents_or_faults(xml.parse(data))
    verdicts = tuple(one if isinstance(one, UnreadableXml) else judge_intyg(one, today=today) for one in found)
    if not verdicts:
        raise UnreadableXml("no certificate in it")
    return verdicts


def readable(verdict: Verdict | UnreadableXml) -> Verdict:
    """The verdict. Raises UnreadableXml when there is none since the certificate could not be read."""
    if isinstance(verdict, UnreadableXml):
        raise verdict
    return verdict


def judge_intyg(intyg: Intyg, *, today: date) -> Verdict:
    """The verdict on a certificate that has been read."""
    type = BY_EXTERNAL_CODE.get(intyg.type_code)
    if type is None:
        return _unknown(intyg, "typ", f"Intygstypen är okänd. De som kan läsas är {', '.join(sorted(BY_EXTERNAL_CODE))}.")
    if not _knows_version(type, intyg.version):
        return _unknown(intyg, "version", f"Intygets version är okänd. Den nyaste som kan läsas är {type.text_versions[-1].version}.")
    form = type.form(intyg.version)
    answers, misread = from_svar(form, intyg.svar)
    evaluation = evaluate(form, answers, received_context(today, _born(intyg.patient)))
    faults = (Problem(fault.where, fault.where, Kind.OTHER, fault.text) for fault in intyg.faults)
    return Verdict(intyg, type, answers, evaluation, (*faults, *misread, *evaluation.problems))


def _knows_version(type: CertificateType, version: str) -> bool:
    """Whether the major version is one of the type's. Minor versions differ in wording only, so an unknown one can be read."""
    return major_of(version) in {major_of(known.version) for known in type.text_versions}


def _born(patient: Patient) -> date | None:
    try:
        return PersonalId(patient.personal_id).birth_date
    except InvalidPersonalId:
        return None


def _unknown(intyg: Intyg, what: str, text: str) -> Verdict:
    return Verdict(intyg, None, {}, None, (Problem(what, what, Kind.OTHER, text),))
