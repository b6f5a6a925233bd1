"""Hypothesis strategies made from a form's declaration: what a person may type into it, and what another system may send.

They start from good answers (`bases`) and spoil them. A new element kind needs one row in `TYPED`.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from example_fk7804 import WRITING
from webcert.forms.conversion import to_svar
from webcert.forms.elements.acuity import VALUES, Acuity
from webcert.forms.elements.additional import Additional
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choice.flagged import FlaggedChoice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.date import Date
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.diagnoses import Diagnoses
from webcert.forms.elements.diagnosis_code import DiagnosisCode
from webcert.forms.elements.documents import Documents
from webcert.forms.elements.heading import Heading
from webcert.forms.elements.icf_text import IcfText
from webcert.forms.elements.lived_date import LivedDate
from webcert.forms.elements.notice import Notice
from webcert.forms.elements.patient_address import LINES as PATIENT_LINES
from webcert.forms.elements.patient_address import PatientAddress
from webcert.forms.elements.sick_leave import SickLeave
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.ticks import Ticks
from webcert.forms.elements.unit_address import LINES, UnitAddress
from webcert.forms.elements.year import Year
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Form, Question
from webcert.vocabulary.diagnosis_codes import SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, Odd, PartialDate, PeriodText, Svar, Value

Answers = Mapping[str, Any]
Fields = dict[str, str]

# What a person may type.

texts = st.sampled_from(
    ["", " ", "\n\t ", "\u00a0", "12345", "Ont i ryggen", " å <&> ]]> \r\n🤕 ", "\x0b", "x" * 54, "x" * 151, "x" * 3501]
) | st.text(max_size=12)
days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")
_NO_DAYS = ["", " ", "20261103", "2026/11/3", "2026-13-45", "2026-02-30", "igår", "d10", "2v", "m0"]
dates = days | st.sampled_from([*_NO_DAYS, "2150-01-01", "1850-01-01", "0999-01-01", "9999-12-31"])
_TYPED_CODES = ["M545", "m54.5", "F32", "F321", "Z73", "Z730", "A0", "M", "M54566", "", " ", "1234", "M5å", "ı23", "M54-P"]
codes = st.sampled_from(_TYPED_CODES)
years = st.sampled_from(["1912", "1990", "2026", " 2019 ", "1911", "1850", "2027", "199", "20190", "i år", "２０１９"])
_NUMBERS = ["0,0", "0,1", "0,4", "0,5", "0,7", "0,8", "1,0", "2,0", "0.8", "8", "08", ",8", "2,1", "0,75", "-0,5", "9", "1e1", "²", "bra"]
numbers = st.sampled_from(_NUMBERS)


def _some(fields: Mapping[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Fields]:
    """Any of the fields with what may be typed in each."""
    return st.fixed_dictionaries({}, optional=dict(fields))


def _codes(question: Any) -> list[str]:
    return [option.code for option in question.options]


def _choice(question: Choice) -> st.SearchStrategy[Fields]:
    return st.sampled_from([*_codes(question), "", "ANNAT_SVAR"]).map(lambda code: {question.id: code})


def _ticks(question: Choices | Ticks) -> st.SearchStrategy[Fields]:
    chosen = st.lists(st.sampled_from(_codes(question)), unique=True)
    return chosen.map(lambda codes: {f"{question.id}.{code}": "on" for code in codes})


def _dated(question: DatedChoices) -> st.SearchStrategy[Fields]:
    names = [f"{question.id}.{code}" for code in _codes(question)]
    return st.dictionaries(st.sampled_from([*names, *(f"{name}.on" for name in names)]), dates, max_size=5)


def _diagnoses(question: Diagnoses) -> st.SearchStrategy[Fields]:
    cells = {f"{question.id}.{i}.{part}": kind for i in range(question.limit) for part, kind in (("code", codes), ("text", texts))}
    return _some({**cells, f"{question.id}.system": st.sampled_from(["ICD_10_SE", "KSH_97_P", "ICD-11", ""])})


def _documents(question: Documents) -> st.SearchStrategy[Fields]:
    types = st.sampled_from([*_codes(question), "", "ANNAT_SVAR"])
    parts = {"type": types, "date": dates, "source": texts}
    return _some({f"{question.id}.{i}.{part}": kind for i in range(question.limit) for part, kind in parts.items()})


def _sick_leave(question: SickLeave) -> st.SearchStrategy[Fields]:
    names = [f"{question.id}.{degree.code}" for degree in question.degrees]
    return _some({f"{name}.{part}": dates for name in names for part in ("from", "to", "on")})


def _acuity(question: Acuity) -> st.SearchStrategy[Fields]:
    lenses = st.sampled_from(["", "on"])
    return _some({f"{question.id}.{part}": numbers if part in VALUES else lenses for part in question.delsvar_of})


TYPED: dict[type[Question], Callable[[Any], st.SearchStrategy[Fields]]] = {
    Acuity: _acuity,
    Additional: lambda q: st.just({}),
    Checkbox: lambda q: st.sampled_from([{}, {q.id: "on"}]),
    Choice: _choice,
    Choices: _ticks,
    Date: lambda q: dates.map(lambda date: {q.id: date}),
    DatedChoices: _dated,
    Diagnoses: _diagnoses,
    DiagnosisCode: lambda q: st.just({}),
    Documents: _documents,
    FlaggedChoice: _choice,
    Heading: lambda q: st.just({}),
    IcfText: lambda q: st.fixed_dictionaries({q.id: texts, f"{q.id}.categories": st.sampled_from(["", "Sömn\nEnergi"])}),
    LivedDate: lambda q: dates.map(lambda date: {q.id: date}),
    Notice: lambda q: st.just({}),
    PatientAddress: lambda q: _some({f"{q.id}.{part}": texts for part in PATIENT_LINES}),
    SickLeave: _sick_leave,
    Ticks: _ticks,
    TextArea: lambda q: texts.map(lambda text: {q.id: text}),
    UnitAddress: lambda q: _some({f"{q.id}.{part}": texts for part in LINES}),
    Year: lambda q: years.map(lambda year: {q.id: year}),
    YesNo: lambda q: st.sampled_from([{}, {q.id: "true"}, {q.id: "false"}, {q.id: "kanske"}]),
}


def typed_fields(form: Form, bases: Sequence[Answers]) -> st.SearchStrategy[Fields]:
    """The fields of a good draft, or of an empty one, where some questions are answered anew with anything."""
    anew = st.lists(st.sampled_from(form.questions), min_size=1, unique_by=lambda question: question.id)
    spoilt = {question.id: TYPED[type(question)](question) for question in form.questions}

    @st.composite
    def strategy(draw: st.DrawFn) -> Fields:
        answers = draw(st.sampled_from([*bases, {}]))
        changed = {question.id for question in draw(anew)}
        fields: Fields = {}
        for question in form.questions:
            fields |= draw(spoilt[question.id]) if question.id in changed else question.encode(answers.get(question.id))
        return fields

    return strategy()


# What another system may send.

_STRAY_CODES = ["", " ", "X", "\nANNAT\t", "\u00a0STUDIER", "F32", "f321", "z73", "Z730", "M54566", "ſ12", "ı23", "A１２", "M54.5"]
_BOOLEANS = ["true", "false", "1", "0", " true ", "TRUE", "ja"]
_REAL_DAYS = ["2026-11-01", "2026-11-01 ", "\n2026-11-02", "2026-11-03Z", "2026-11-04+01:00", "0999-01-01", "9999-12-31"]
_DAYS = [*_REAL_DAYS, "2026-02-30", "20261101"]
_TEXTS = ["", " ", "\u00a0", "Text", "\n text \n", *_BOOLEANS, *_DAYS]
_STRAY_SVAR = ["9000", "9001", "9002", "9999", "2", "24", "30", "99999", "09001"]
_A_NUMBER = re.compile(r"\d\.\d")
_SENT_NUMBERS = [
    "0.0",
    "0.1",
    "0.4",
    "0.5",
    "0.7",
    "0.8",
    "1.0",
    "2.0",
    "2.1",
    "0.75",
    "-0.5",
    " 0.8 ",
    "1",
    ".5",
    "1.",
    "1e0",
    "0,8",
    "NaN",
]
_LIVED_DAYS = ["1912-12-12", "1912-12-11", "2001-02-03", "2026-11-20", "2027-01-01", "2099-01-01", "2001-02-30", "2001-02-03Z"]
_LIVED_YEARS = ["1912", "1911", "2026", "2027", "26"]
_PARTIAL = st.builds(
    PartialDate, st.sampled_from(["YYYY", "YYYY-MM-DD"]), st.sampled_from([*_LIVED_DAYS, "1912", "1911", "2026", "2027", "26"])
)
_PERIODS = st.builds(PeriodText, days | st.sampled_from(_DAYS), days | st.sampled_from(_DAYS))


class Sent:
    """What the good documents of a form are made of, and how they are spoilt."""

    def __init__(self, form: Form, bases: Sequence[Answers]) -> None:
        self.documents = [to_svar(form, evaluate(form, answers, WRITING).answers, WRITING) for answers in bases]
        self.svar = [svar for document in self.documents for svar in document]
        self.values = [value for svar in self.svar for _, value in svar.parts]
        self.coded = [value for value in self.values if isinstance(value, Coded)]
        options = [option for question in form.questions for option in getattr(question, "options", getattr(question, "degrees", ()))]
        self.codes = [*(option.code for option in options), *_STRAY_CODES]
        systems = dict.fromkeys([*(value.system for value in self.coded), *SYSTEM_OIDS.values()])
        self.systems = [*systems, *(f" {system} " for system in systems), *(f"x{system}" for system in systems)]
        ids = {id for svar in self.svar for id, _ in svar.parts}
        following = (f"{id.rpartition('.')[0]}.{int(id.rpartition('.')[2]) + 1}" for id in ids)
        self.delsvar_ids = sorted(ids.union(following, ["9001.1"]))
        self.svar_ids = sorted({svar.id for svar in self.svar}.union(_STRAY_SVAR))

    def any_value(self) -> st.SearchStrategy[Value]:
        coded = st.builds(Coded, st.sampled_from(self.codes), st.sampled_from(self.systems), st.sampled_from([None, "Text"]))
        return st.sampled_from(_TEXTS) | coded | _PERIODS | st.just(Odd("pq")) | st.sampled_from(self.values)

    def near(self, value: Value) -> st.SearchStrategy[Value]:
        """A value of the same datatype as the one that stands there."""
        if isinstance(value, Coded):
            same_list = [other.code for other in self.coded if other.system == value.system]
            code = st.sampled_from([*same_list, f" {value.code} ", value.code.lower(), *self.codes])
            return st.builds(Coded, code, st.just(value.system) | st.sampled_from(self.systems), st.just(value.display))
        if isinstance(value, PartialDate):
            return _PARTIAL.map(lambda date: dataclasses.replace(date, format=value.format)) | _PARTIAL
        if isinstance(value, str) and _A_NUMBER.fullmatch(value):
            return st.sampled_from(_SENT_NUMBERS)
        return _PERIODS if isinstance(value, PeriodText) else st.sampled_from(_TEXTS)


def sent_svar(form: Form, bases: Sequence[Answers]) -> st.SearchStrategy[tuple[Svar, ...]]:
    """The svar of a good document after a few accidents."""
    sent = Sent(form, bases)

    @st.composite
    def strategy(draw: st.DrawFn) -> tuple[Svar, ...]:
        document = list(draw(st.sampled_from(sent.documents)))
        for _ in range(draw(st.integers(1, 3))):
            accident = draw(st.sampled_from(ACCIDENTS))
            if document:
                accident(draw, sent, document, draw(st.integers(0, len(document) - 1)))
        return tuple(document)

    return strategy()


def _lose(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    del document[at]


def _repeat(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    document.insert(draw(st.integers(0, len(document))), document[at])


def _bring(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    """A svar from another good document."""
    document.append(draw(st.sampled_from(sent.svar)))


def _invent(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    id = draw(st.sampled_from(sent.svar_ids))
    parts = st.lists(st.tuples(st.just(f"{id}.1") | st.sampled_from(sent.delsvar_ids), sent.any_value()), min_size=1, max_size=2)
    document.append(Svar(id, tuple(draw(parts)), draw(st.sampled_from([None, 1]))))


def _renumber(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    document[at] = dataclasses.replace(document[at], instance=draw(st.sampled_from([None, -1, 0, 1, 7])))


def _lose_part(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    parts = list(document[at].parts)
    if parts:
        del parts[draw(st.integers(0, len(parts) - 1))]
    document[at] = dataclasses.replace(document[at], parts=tuple(parts))


def _add_part(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    own = [id for id in sent.delsvar_ids if id.startswith(f"{document[at].id}.")]
    part = (draw(st.sampled_from(own or sent.delsvar_ids)), draw(sent.any_value()))
    document[at] = dataclasses.replace(document[at], parts=(*document[at].parts, part))


def _change_part(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    parts = list(document[at].parts)
    if parts:
        i = draw(st.integers(0, len(parts) - 1))
        parts[i] = (parts[i][0], draw(sent.any_value()))
    document[at] = dataclasses.replace(document[at], parts=tuple(parts))


def _vary_parts(draw: st.DrawFn, sent: Sent, document: list[Svar], at: int) -> None:
    parts = tuple((id, draw(sent.near(value))) if draw(st.booleans()) else (id, value) for id, value in document[at].parts)
    document[at] = dataclasses.replace(document[at], parts=parts)


ACCIDENTS = [_lose, _repeat, _bring, _invent, _renumber, _lose_part, _add_part, _change_part, *[_vary_parts] * 4]
