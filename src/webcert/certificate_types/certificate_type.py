"""What a certificate type is: its names, its recipient, its text versions and its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from webcert.forms.form import Form
from webcert.forms.wording import version_key


@dataclass(frozen=True, slots=True)
class Recipient:
    """The authority that a type of certificate is written for. `id` is its logical part id in the contracts."""

    id: str
    name: str


FORSAKRINGSKASSAN = Recipient("FKASSA", "Försäkringskassan")


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A minor version: wording only. `form_id` is what Försäkringskassan prints on the paper form of that version."""

    version: str
    valid_from: date
    form_id: str


@dataclass(frozen=True, slots=True)
class Generation:
    """The form from the text version `since` on, until the next generation: another set of questions, not only other words."""

    since: str
    form: Form


@dataclass(frozen=True)
class CertificateType:
    """`id` is the original's internal id, `code` what users see, `external_code` what the contracts say.

    `summary` names the question that sums the certificate up in lists, with a label. `generations` are oldest first.
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

    @property
    def newest_form(self) -> Form:
        """The form that is written today, in its newest words."""
        return self.generations[-1].form

    def version_at(self, day: date) -> str:
        """The text version that a new draft gets on that day: the newest in force."""
        return next(v.version for v in reversed(self.text_versions) if v.valid_from <= day)

    def form(self, version: str) -> Form:
        """The form in the words of the text version. An unknown minor version gets the nearest older words."""
        return _form(self, version)

    def summarise(self, answers: Mapping[str, Any]) -> str:
        """A few words for lists, such as the period that the certificate covers; empty when there is nothing to say."""
        question = self.newest_form.by_id[self.summary[1]]
        return question.summary(answers.get(question.id))

    def __hash__(self) -> int:
        return hash(self.id)


@cache
def _form(type: CertificateType, version: str) -> Form:
    older = [generation for generation in type.generations if version_key(generation.since) <= version_key(version)]
    return (older or type.generations)[-1 if older else 0].form.at(version)
