"""Whether a signed certificate still is what was signed: judged anew each time from what is stored, never remembered.

Both are asked: whether the signature holds for the document, and whether the row from which pages are made says what the document says.
What needs a service's own knowledge (BankID's evidence) is judged by the room that has it; `site/wiring.py` says which. Source:
reference/login-and-signing.md §6.9, reference/security-and-audit.md §6 T29.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import structlog
from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings

from webcert.certificate_types import TYPES
from webcert.certificate_types.received import received_context
from webcert.certificates.actions import form_of
from webcert.certificates.models import Certificate, Signature
from webcert.certificates.taking_in import handle_of
from webcert.forms.conversion import from_svar, to_svar
from webcert.monitoring.events import Event, tell
from webcert.riv import signed_form, xml
from webcert.riv.documents import documents
from webcert.riv.intyg import Intyg
from webcert.staff.identity import Method
from webcert.vocabulary.clock import SWEDEN
from webcert.vocabulary.svar import Coded, Svar
from webcert.xmldsig import certificates as signed_certificates
from webcert.xmldsig.certificates import Trust
from webcert.xmldsig.keys import UnreadableKey
from webcert.xmldsig.keys import certificates as certificates_in
from webcert.xmldsig.profile import Flaw

log = structlog.get_logger("webcert.certificates")

RECORD_DIFFERS, UNREADABLE, NOT_JUDGED = "RECORD_DIFFERS", "UNREADABLE", "NOT_JUDGED"
"""Flaws beside those of the signature itself: the row says something else, the document is none, nobody could judge."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`flaw` says why the signature does not hold, and is empty when it does. `signer` is the name in the signer's own certificate.

    `method` is how it was signed here, empty for what was signed elsewhere; `is_signed` is False for what was signed there without
    an electronic signature. `intyg` is what was judged: the document as it was read, None when it cannot be.
    """

    flaw: str = ""
    signer: str = ""
    method: str = ""
    is_signed: bool = True
    intyg: Intyg | None = None

    @property
    def holds(self) -> bool:
        """Whether there is a signature, and nothing is wrong with it."""
        return self.is_signed and not self.flaw

    @property
    def is_alarming(self) -> bool:
        """Whether somebody has to look at it. That a signer elsewhere comes from an authority that we do not know is no sign of harm."""
        return bool(self.flaw) and self.flaw != NOT_JUDGED and (bool(self.method) or self.flaw != Flaw.CERTIFICATE_UNTRUSTED)


Judge = Callable[[Certificate, Signature, Intyg], Judgement]

_judges: dict[str, Judge] = {}


def wire_judges(judges: Mapping[str, Judge]) -> None:
    """Set who judges the signatures of a kind that do not stand in the document. Called once, when the product starts."""
    _judges.update(judges)


def trust() -> Trust:
    """The authorities that signers' certificates come from, as this installation is told. Raises UnreadableKey, OSError."""
    file = settings.WEBCERT.signer_authorities
    return Trust(_authorities(file) if file else ())


def judged(certificate: Certificate) -> Judgement | None:
    """The judgement on a signed certificate; None for a draft. What has been tampered with is told in the log."""
    if certificate.signed_xml is None:
        return None
    signature: Signature | None = getattr(certificate, "signature", None)
    judgement = replace(_judged(certificate, signature), method=signature.method if signature else "")
    if judgement.is_alarming:
        tell(Event.INTYG_SIGNATURE_INVALID, certificate=str(certificate.id), reason=judgement.flaw)
    return judgement


def _judged(certificate: Certificate, signature: Signature | None) -> Judgement:
    document = bytes(certificate.signed_xml or b"")
    try:
        root = xml.parse(document)
        (intyg,) = documents(root)
        digest = signed_form.digest(root, intyg.id)
    except (xml.UnreadableXml, ValueError):
        return Judgement(UNREADABLE)
    if signature and signature.kind != Signature.Kind.XMLDSIG:
        judge = _judges.get(signature.kind)
        judgement = judge(certificate, signature, intyg) if judge else Judgement(NOT_JUDGED)
    else:
        judgement = _in_document(document, intyg.id, signature)
    differs = not judgement.flaw and (digest != certificate.digest or not _says_the_same(certificate, intyg))
    return replace(judgement, flaw=RECORD_DIFFERS if differs else judgement.flaw, intyg=intyg)


def _in_document(document: bytes, id: str, signature: Signature | None) -> Judgement:
    known_as = {signature.signer_id} if signature and Method(signature.method).is_e_legitimation else set()
    try:
        (verdict,) = (one for one in signed_certificates.verify(document, trust(), known_as=known_as) if one.certificate_id == id)
    except (UnreadableKey, OSError) as error:
        log.error("the signers' authorities cannot be read", error=str(error))
        return Judgement(NOT_JUDGED)
    if signature is None and not verdict.is_signed:
        return Judgement(is_signed=False)
    return Judgement(verdict.flaw or "", _name_of(verdict.signer) if verdict.signer else "")


def _says_the_same(certificate: Certificate, intyg: Intyg) -> bool:
    """Whether the row from which pages and prints are made is about what the document is about, and has its answers."""
    row = (
        TYPES[certificate.type].external_code,
        certificate.version,
        certificate.unit_id,
        certificate.signed_by_id,
        certificate.patient_id,
    )
    patient = intyg.patient.personal_id.replace("-", "")
    if row != (intyg.type_code, intyg.version, intyg.issuer.unit.id, intyg.issuer.hsa_id, patient):
        return False
    return handle_of(intyg) == certificate.id and _signed_at(certificate) == intyg.signed_at and _has_answers(certificate, intyg.svar)


def _signed_at(certificate: Certificate) -> Any:
    at = certificate.signed_at
    return at and at.astimezone(SWEDEN).replace(tzinfo=None, microsecond=0)


def _has_answers(certificate: Certificate, svar: tuple[Svar, ...]) -> bool:
    """As they were written here, or as they were read from a document that came from elsewhere."""
    form, at = form_of(certificate), certificate.signed_at
    assert at
    try:
        written = to_svar(form, certificate.answers, received_context(at.astimezone(SWEDEN).date()))
    except (TypeError, KeyError, ValueError, AttributeError):  # no answers of this form, which only somebody else can have written
        return False
    return _without_titles(written) == _without_titles(svar) or json.loads(json.dumps(from_svar(form, svar)[0])) == certificate.answers


def _without_titles(svar: tuple[Svar, ...]) -> list[Any]:
    """Titles of codes follow the code lists of the day; the codes are what was answered."""
    return [
        (it.id, it.instance, [(part, replace(value, display=None) if isinstance(value, Coded) else value) for part, value in it.parts])
        for it in svar
    ]


def _name_of(signer: x509.Certificate) -> str:
    names = signer.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else ""


@cache
def _authorities(file: Path) -> tuple[x509.Certificate, ...]:
    return certificates_in(file)
