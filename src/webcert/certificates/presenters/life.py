"""What can follow from a certificate, and how it can end: the buttons, from the table of access alone, and what their dialogs say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from webcert.certificate_types.certificate_type import CertificateType
from webcert.certificates.access import Action, Guard, Subject, refusal
from webcert.certificates.guards import BEING_COPIED, BEING_REPLACED, COMPLEMENT_REQUESTED
from webcert.certificates.models import Certificate, Relation, RevocationReason
from webcert.forms.form import Form
from webcert.staff.login_context import LoginContext

CONTINUED: Mapping[Guard, Relation] = {BEING_REPLACED: Relation.REPLACES, BEING_COPIED: Relation.COPIES}
"""The guards that refuse because somebody has begun already: the button then leads to what was begun (D9b, D10b)."""


@dataclass(frozen=True, slots=True)
class WayOn:
    """A button. `new_id`: the id that the new draft gets, the same however often it is pressed. `begun`: the draft that is there already;
    `reason`: why it cannot be gone on with."""

    new_id: UUID = field(default_factory=uuid4)
    begun: UUID | None = None
    reason: str = ""


def ways_on(subject: Subject, by: LoginContext) -> dict[str, WayOn]:
    """Renew, replace, copy, revoke: those whose buttons are shown, also out of use with the reason (reference/ui.md §5.2–5.3)."""
    found = {}
    for action in (Action.RENEW, Action.REPLACE, Action.COPY, Action.REVOKE):
        guard = refusal(action, subject, by)
        if guard is None:
            found[str(action)] = WayOn()
        elif guard in CONTINUED:
            found[str(action)] = _begun(subject, guard, by)
        elif guard is COMPLEMENT_REQUESTED:
            found[str(action)] = WayOn(reason=guard.text)
    return found


def _begun(subject: Subject, guard: Guard, by: LoginContext) -> WayOn:
    draft = subject.relatives.open_draft(CONTINUED[guard])
    return WayOn(begun=draft.id) if draft and by.writes(draft.unit_id) else WayOn(reason=f"{guard.text} Det finns på en annan vårdenhet.")


def not_carried(form: Form, type: CertificateType) -> list[tuple[str, list[str]]]:
    """What a renewal leaves empty: section and its questions. The questions that depend on these go with them."""
    own = {question.id for question in form.questions if question.id in type.not_renewed and "." not in question.id}
    sections = [(category.title, [question.label for question in category.questions if question.id in own]) for category in form.categories]
    return [(title, labels) for title, labels in sections if labels]


@dataclass(frozen=True, slots=True)
class Revocation:
    """What stands in the dialog: the chosen reason, the text for each, and what was wrong with it."""

    reason: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


NOT_BEGUN = Revocation()


@dataclass(frozen=True, slots=True)
class Reason:
    """A choice in the dialog, with the text that it asks for."""

    code: str
    label: str
    text_label: str
    needs_text: bool

    @property
    def option(self) -> tuple[str, str]:
        """As a group of radio buttons takes it."""
        return self.code, self.label


def reasons(certificate: Certificate) -> tuple[Reason, ...]:
    """The reasons to choose from (reference/ui.md §2.1)."""
    wrong_patient = "Intyget har utfärdats på fel patient." if certificate.is_signed else "Utkastet har skapats på fel patient."
    return (
        Reason(RevocationReason.WRONG_PATIENT, wrong_patient, "Ange orsak vid behov.", needs_text=False),
        Reason(RevocationReason.OTHER_SERIOUS, RevocationReason.OTHER_SERIOUS.label, "Ange orsaken till felet.", needs_text=True),
    )
