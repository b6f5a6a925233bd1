"""What stands on the print of a certificate: plain values, gathered by whoever prints. No layout, no database."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificate_types.paper import AsRead, Minimal, PaperForm
from webcert.certificate_types.received import received_context
from webcert.forms.conditions import codes_of
from webcert.forms.context import Context
from webcert.forms.form import Form
from webcert.forms.reading import Section, read
from webcert.forms.wording import version_key
from webcert.printing.filled import FilledForm, fill, signature
from webcert.riv.intyg import Intyg, Issuer
from webcert.ui.formatting import person_number
from webcert.vocabulary.clock import SWEDEN

_NOT_IN_FILE_NAMES = {"for", "vid", "och"}


class Mark(Enum):
    """What the paper is a print of; it is told on every page."""

    DRAFT = "Utkast"
    LOCKED = "Låst utkast"
    SIGNED = "Signerat"
    REVOKED = "Makulerat"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a recipient wants around a certificate as it is read: the code on every page, the form id along the edge, and a last page about
    what the certificate is for and how it is sent."""

    code: str
    form_id: str
    about: tuple[str, ...]
    sending: str


@dataclass(frozen=True, slots=True, repr=False)
class Print:
    """One print. It does not print itself in logs: it is all about a patient.

    It holds either `sections` (as they are read, with the recipient's `surroundings` if it wants any) or `paper` (the recipient's form).
    `personal_number` is written with dash; `patient_name` may be empty. Of `issuer`, everything but the unit is only shown when
    `signed_at` is given. `sent` is a sentence, or empty. Times are aware.
    """

    type_name: str
    type_code: str
    certificate_id: str
    text_version: str
    personal_number: str
    recipient: str
    issuer: Issuer
    file_stem: str
    sections: tuple[Section, ...]
    paper: FilledForm | None
    surroundings: Surroundings | None
    mark: Mark
    printed_at: datetime
    patient_name: str = ""
    signed_at: datetime | None = None
    sent: str = ""
    minimal: bool = False

    @property
    def file_name(self) -> str:
        """Type and time, such as lakarintyg_sjukpenning_26-11-21_1031.pdf; nothing about the patient (fk7804.md §12.1)."""
        kind = "minimalt_" if self.minimal else ""
        return f"{kind}{self.file_stem}_{self.printed_at.astimezone(SWEDEN):%y-%m-%d_%H%M}.pdf"


def print_of(
    type: CertificateType,
    version: str,
    answers: Mapping[str, Any],
    context: Context,
    *,
    certificate_id: str,
    personal_id: str,
    issuer: Issuer,
    printed_at: datetime,
    signed_at: datetime | None = None,
    minimal: bool = False,
) -> Print:
    """The print of the answers, in the layout of the type: a draft unless `signed_at` is given. `minimal` needs a type that has it."""
    form = type.form(version)
    layout = type.paper
    on_form = isinstance(layout, PaperForm)
    if minimal:
        assert type.minimal is not None, f"{type.code} has no minimal print"
        answers = minimal_answers(type.minimal, form, answers, context)
    return Print(
        type_name=type.name,
        type_code=type.code,
        certificate_id=certificate_id,
        text_version=version,
        personal_number=person_number(personal_id),
        recipient=type.recipient.name,
        issuer=issuer,
        file_stem=type.file_name or _file_stem(type.name),
        sections=() if on_form else read(form, answers, context, whole=_is_whole(layout, version)),
        paper=fill(type, version, answers, signature(issuer, signed_at)) if on_form else None,
        surroundings=_surroundings(type, layout, version) if isinstance(layout, AsRead) else None,
        mark=Mark.SIGNED if signed_at else Mark.DRAFT,
        printed_at=printed_at,
        signed_at=signed_at,
        minimal=minimal,
    )


def _is_whole(layout: PaperForm | AsRead | None, version: str) -> bool:
    return isinstance(layout, AsRead) and bool(layout.whole_since) and version_key(version) >= version_key(layout.whole_since)


def _surroundings(type: CertificateType, layout: AsRead, version: str) -> Surroundings:
    return Surroundings(layout.code.format(version=version), type.text_version(version).form_id, type.about, layout.sending)


def print_of_document(
    type: CertificateType, intyg: Intyg, answers: Mapping[str, Any], *, printed_at: datetime, minimal: bool = False
) -> Print:
    """The print of a signed document, with what the document itself tells."""
    return print_of(
        type,
        intyg.version,
        answers,
        received_context(printed_at.astimezone(SWEDEN).date()),
        certificate_id=intyg.id,
        personal_id=intyg.patient.personal_id,
        issuer=intyg.issuer,
        printed_at=printed_at,
        signed_at=intyg.signed_at.replace(tzinfo=SWEDEN) if intyg.signed_at else None,
        minimal=minimal,
    )


def minimal_answers(minimal: Minimal, form: Form, answers: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The answers that a minimal print may hold: those of the whitelist, without what follows from something that is left out."""
    kept: dict[str, Any] = {}
    for question in form.questions:
        if question.id not in minimal.questions or not question.visible.holds(kept, context) or not question.follows.holds(kept, context):
            continue
        answer = answers.get(question.id)
        if question.id in minimal.only:
            answer = [row for row in answer or () if minimal.only[question.id] & {*codes_of([row])}]
        if answer is not None:
            kept[question.id] = answer
    return kept


def _file_stem(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "_".join(word for word in re.findall(r"[a-z0-9]+", letters) if word not in _NOT_IN_FILE_NAMES)
