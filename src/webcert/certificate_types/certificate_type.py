"""What a certificate type is: its names, its recipient, its text versions and its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from webcert.certificate_types.paper import AsRead, Minimal, PaperForm
from webcert.forms.form import Form
from webcert.forms.wording import major_of, version_key
from webcert.vocabulary import oids

LONGEST_SUMMARY = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """The authority that a type of certificate is written for. `id` is its logical part id in the contracts.

    `reminder` is what the patient should be told when the certificate is sent."""

    id: str
    name: str
    reminder: str


FORSAKRINGSKASSAN = Recipient("FKASSA", "Försäkringskassan", "Påminn patienten om att också ansöka om ersättningen hos Försäkringskassan.")
TRANSPORTSTYRELSEN = Recipient(
    "TRANSP", "Transportstyrelsen", "Påminn patienten om att ansökan om körkort eller taxilegitimation görs hos Transportstyrelsen."
)


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A minor version: wording only. `form_id` is what the recipient prints on the paper form of that version."""

    version: str
    valid_from: date
    form_id: str


@dataclass(frozen=True, slots=True)
class Generation:
    """The form from the text version `since` on, until the next generation: another set of questions, not only other words."""

    since: str
    form: Form


@dataclass(frozen=True, slots=True)
class AgeLimit:
    """Who is older than so many months is hardly meant by the type; `question` is asked before it is written for her all the same."""

    months: int
    question: str

    def is_passed(self, born: date, day: date) -> bool:
        """Whether somebody who was born then is older on that day."""
        return (day.year * 12 + day.month - self.months, day.day) > (born.year * 12 + born.month, born.day)


@dataclass(frozen=True)
class CertificateType:
    """`id` is the original's internal id, `code` what users see, `external_code` what the contracts say.

    `summary` names the question that sums the certificate up in lists, with a label. `generations` are oldest first.
    `former_codes` are codes that older documents say; `contract_name` is the contracts' displayName when it is not the name.
    `replaced_by` is the id of the type that is written instead, when this one no longer is. `not_renewed` are the questions whose answers
    a renewal does not carry over. `oldest` is the age above which the user is asked whether she means this type.
    Without `paper` it is printed in the general layout, without `minimal` only in full; `file_name` is what the file of a print is called
    when not the name of the type.
    """

    id: str
    code: str
    external_code: str
    name: str
    recipient: Recipient
    description: str
    about: tuple[str, ...]
    text_versions: tuple[TextVersion, ...]
    summary: tuple[str, str]
    generations: tuple[Generation, ...]
    type_system: str = oids.CERTIFICATE_TYPE
    contract_name: str = ""
    former_codes: tuple[str, ...] = ()
    replaced_by: str = ""
    not_renewed: tuple[str, ...] = ()
    oldest: AgeLimit | None = None
    paper: PaperForm | AsRead | None = None
    minimal: Minimal | None = None
    file_name: str = ""

    @property
    def issued(self) -> bool:
        """Whether it is written at all. A type that another has replaced can only be read and printed."""
        return not self.replaced_by

    @property
    def newest_form(self) -> Form:
        """The form that is written today, in its newest words."""
        return self.generations[-1].form

    def version_at(self, day: date, major: int | None = None) -> str:
        """The text version that a draft gets on that day: the newest in force, or the newest in force of the major version."""
        in_force = (v.version for v in reversed(self.text_versions) if v.valid_from <= day)
        return next(version for version in in_force if major in (None, major_of(version)))

    def form(self, version: str) -> Form:
        """The form in the words of the text version. An unknown minor version gets the nearest older words."""
        return _form(self, version)

    def text_version(self, version: str) -> TextVersion:
        """The text version in force for a document of that version: the nearest older one, or else the oldest."""
        older = [known for known in self.text_versions if version_key(known.version) <= version_key(version)]
        return older[-1] if older else self.text_versions[0]

    def summarise(self, version: str, answers: Mapping[str, Any]) -> str:
        """A few words for lists, such as the period that the certificate covers; empty when there is nothing to say. Cut when long."""
        question = self.form(version).by_id[self.summary[1]]
        return question.summary(answers.get(question.id))[:LONGEST_SUMMARY]

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def _form(type: CertificateType, version: str) -> Form:
    older = [generation for generation in type.generations if version_key(generation.since) <= version_key(version)]
    return (older or type.generations)[-1 if older else 0].form.at(version)
