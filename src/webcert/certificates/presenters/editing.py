"""The editor of a draft: its sections and questions, and the judgement that the page shows and every autosave answers with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webcert.certificates import guards as g
from webcert.certificates.access import Action, Subject, refusal
from webcert.certificates.models import Certificate
from webcert.forms.context import Context
from webcert.forms.evaluation import Evaluation
from webcert.forms.form import Category, Form, Question
from webcert.forms.problems import Kind
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the page.

    `fields`: field name → text. `remarks`: place → text. `star`: None when it need not be answered, else whether something is missing.
    `hangs`: it depends on the question above, without a line between. `beside`: those that stand in its control.
    """

    question: Question
    fields: Mapping[str, str]
    remarks: Mapping[str, str]
    star: bool | None
    hidden: bool
    hangs: bool
    beside: tuple["Asked", ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A category on the page. `state`: complete, missing or wrong."""

    number: int
    id: str
    title: str
    state: str
    hidden: bool
    questions: tuple[Asked, ...]


def sections(evaluation: Evaluation, remarks: Mapping[str, str]) -> tuple[Section, ...]:
    """All sections in form order; those that the answers hide are there too, so that they can appear."""
    lacking = {problem.question for problem in evaluation.problems if problem.kind is Kind.EMPTY}

    def asked(question: Question, above: Question | None = None) -> Asked:
        return Asked(
            question=question,
            fields=question.encode(evaluation.answers.get(question.id)),
            remarks=remarks,
            star=(question.id in lacking or question.id not in evaluation.visible) if question.mandatory else None,
            hidden=question.id not in evaluation.visible,
            hangs=above is not None and (question.svar == above.svar or above.id in question.about),
            beside=tuple(asked(other) for other in evaluation.form.beside(question.id)),
        )

    def section(number: int, category: Category) -> Section:
        own = [question for question in category.questions if not question.beside]
        questions = tuple(asked(question, above) for question, above in zip(own, [None, *own], strict=False))
        state = evaluation.sections.get(category.id)
        return Section(number, category.id, category.title, state or "missing", state is None, questions)

    return tuple(section(number, category) for number, category in enumerate(evaluation.form.categories, start=1))


def remarks(evaluation: Evaluation, context: Context) -> dict[str, str]:
    """The texts that follow the answers, when the draft is opened. What is never stored (weekly hours) is not known then."""
    found: dict[str, str] = {}
    for question in evaluation.form.questions:
        found |= question.remarks(evaluation.answers.get(question.id), {}, context)
    return found


def earlier(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """What a renewal tells of the answers in the certificate that it renews: question → text."""
    told = ((question.id, question.recalled(answers.get(question.id))) for question in form.questions)
    return {id: text for id, text in told if text}


_FROM_HSA = {"address": "postadress", "postcode": "postnummer", "town": "postort", "phone": "telefonnummer"}
"""What every certificate tells of its unit, by the unit's field."""


def heads_up(draft: Certificate, by: LoginContext, *, reworded: bool) -> list[str]:
    """What is told above the draft when it is opened (reference/access-and-lifecycle.md §8.3)."""
    told = ["Observera att frågetexterna har uppdaterats sedan utkastet senast öppnades."] if reworded else []
    unit = next((unit for unit in by.units if unit.id == draft.unit_id), None)
    lacking = [name for field, name in _FROM_HSA.items() if unit and not getattr(unit, field)]
    if lacking:
        *others, last = lacking
        names = f"{', '.join(others)} och {last}" if others else last
        told.append(f"Vårdenhetens {names} saknas i {_register(by)}")
    return told


def _register(by: LoginContext) -> str:
    """Where the unit's data come from, and how they get there."""
    if by.user.role is Role.PRIVATE_PRACTITIONER:
        return "ditt konto. Fyll i det här."
    return "HSA. Fyll i det här, och be HSA-ansvarig på enheten att lägga in det."


@dataclass(frozen=True, slots=True)
class Finish:
    """How the user ends her work with the draft: signs it, forwards it, or marks it ready. `hindered`: why it can be signed by nobody;
    `responsible`: the doctor whom the EHR has named for whoever only writes it."""

    signs: bool
    forwards: bool
    marks_ready: bool
    hindered: str
    responsible: str


def finish(subject: Subject, by: LoginContext) -> Finish:
    """The buttons at the end of the draft (reference/ui.md §3.5), from the table of access alone."""
    guard = refusal(Action.SIGN, subject, by)
    signs = guard is None or guard in g.TAKEN
    marks_ready = refusal(Action.MARK_READY, subject, by) is None
    return Finish(
        signs=signs,
        forwards=not signs and refusal(Action.FORWARD, subject, by) is None,
        marks_ready=marks_ready,
        hindered=guard.text if guard in g.TAKEN and guard else "",
        responsible=by.integration.responsible_doctor if marks_ready else "",
    )


def judgement(evaluation: Evaluation, remarks: Mapping[str, str]) -> dict[str, Any]:
    """What the page's script needs to show how the draft stands (docs/architecture.md §4, "Autosave")."""
    return {
        "complete": evaluation.complete,
        "visible": sorted(evaluation.visible),
        "problems": [{"question": p.question, "field": p.field, "kind": p.kind, "text": p.text} for p in evaluation.problems],
        "sections": [{"id": id, "state": state} for id, state in evaluation.sections.items()],
        "remarks": remarks,
    }


def saved(draft: Certificate, evaluation: Evaluation, remarks: Mapping[str, str]) -> dict[str, Any]:
    """The answer to an autosave: the judgement, and the texts of the fields as they were kept."""
    values: dict[str, str] = {}
    for question in evaluation.form.questions:
        if question.id in evaluation.visible:
            values |= question.encode(evaluation.answers.get(question.id))
    return judgement(evaluation, remarks) | {"revision": draft.revision, "saved": moment(draft.saved_at), "values": values}


def moment(at: datetime) -> str:
    """When something was done: the time alone when it was today."""
    local = at.astimezone(clock.SWEDEN)
    return f"{local:%H.%M}" if local.date() == clock.today() else f"{local:%Y-%m-%d %H.%M}"


def progress(evaluation: Evaluation) -> tuple[str, str]:
    """How far the draft has come, and the tone of it (reference/ui.md §1.9, is-015 and is-016)."""
    return ("Klart att signera", "done") if evaluation.complete else ("Obligatoriska uppgifter saknas", "missing")
