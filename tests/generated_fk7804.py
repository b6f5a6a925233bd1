"""Hypothesis strategies for FK 7804: what a person may type into the form, and what another system may send."""

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from example_fk7804 import FULL, WRITING
from webcert.certificate_types.fk7804 import FORM
from webcert.forms.elements.additional import Additional
from webcert.forms.elements.checkbox import Checkbox
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.choices import Choices
from webcert.forms.elements.dated_choices import DatedChoices
from webcert.forms.elements.diagnoses import Diagnoses
from webcert.forms.elements.icf_text import IcfText
from webcert.forms.elements.sick_leave import SickLeave
from webcert.forms.elements.text import TextArea
from webcert.forms.elements.unit_address import UnitAddress
from webcert.forms.elements.yes_no import YesNo
from webcert.forms.evaluation import evaluate
from webcert.forms.form import Question
from webcert.forms.transport import to_svar
from webcert.riv.intyg import Intyg, Issuer, Patient, Unit
from webcert.riv.intyg_xml import register_certificate
from webcert.vocabulary.oids import PERSONAL_NUMBER
from webcert.vocabulary.svar import Coded, Odd, PeriodText, Svar, Value

Fields = dict[str, str]

ADDRESS = {"address": "Björkvägen 1", "postcode": "123 45", "town": "Björkhagen", "phone": "08-123 45 67"}
CONTAGION = {"27": True, "6": FULL["6"], "32": FULL["32"][:1], "25": "Smitta."}
MINIMAL = {
    "1": [{"code": "UNDERSOKNING", "date": "2026-11-20"}],
    "28": ["STUDIER"],
    "6": {"system": "KSH_97_P", "rows": [{"code": "M54-P", "text": "Ryggvärk"}]},
    "35": {"text": "Stel rygg", "categories": []},
    "17": {"text": "Kan inte lyfta", "categories": []},
    "32": [{"code": "HELT_NEDSATT", "from": "2026-11-20", "to": "2026-12-03"}],
    "39": "PROGNOS_OKLAR",
    "40": ["EJ_AKTUELLT"],
}
BASES: Sequence[dict[str, Any]] = [{**answers, "unit": ADDRESS} for answers in (FULL, MINIMAL, CONTAGION)]

# What a person may type.

texts = st.sampled_from(["", " ", "\n\t ", "\u00a0", "Ont i ryggen", " å <&> ]]> \r\n🤕 ", "\x0b", "x" * 151, "x" * 3501]) | st.text(
    max_size=12
)
days = st.integers(1, 28).map(lambda day: f"2026-11-{day:02}")
dates = days | st.sampled_from(
    [
        "",
        " ",
        "20261103",
        "2026/11/3",
        "2026-13-45",
        "2026-02-30",
        "igår",
        "2150-01-01",
        "1850-01-01",
        "0999-01-01",
        "9999-12-31",
        "d10",
        "2v",
        "m0",
    ]
)
codes = st.sampled_from(["M545", "m54.5", "F32", "F321", "Z73", "Z730", "A0", "M", "M54566", "", " ", "1234", "M5å", "ı23", "M54-P"])


def _ticks(options: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(options), unique=True, max_size=len(options))


def _dated(question: DatedChoices) -> st.SearchStrategy[Fields]:
    names = [f"{question.id}.{option.code}" for option in question.options]
    return st.dictionaries(st.sampled_from([*names, *(f"{name}.on" for name in names)]), dates, max_size=5)


def _diagnoses(question: Diagnoses) -> st.SearchStrategy[Fields]:
    cells = {f"{question.id}.{i}.{part}": kind for i in range(3) for part, kind in (("code", codes), ("text", texts))}
    system = {f"{question.id}.system": st.sampled_from(["ICD_10_SE", "KSH_97_P", "ICD-11", ""])}
    return st.fixed_dictionaries({}, optional={**cells, **system})


def _sick_leave(question: SickLeave) -> st.SearchStrategy[Fields]:
    names = [f"{question.id}.{degree.code}" for degree in question.degrees]
    parts = {f"{name}.{part}": dates for name in names for part in ("from", "to", "on")}
    return st.fixed_dictionaries({}, optional=parts)


TYPED: dict[type[Question], Callable[[Any], st.SearchStrategy[Fields]]] = {
    Additional: lambda q: st.just({}),
    Checkbox: lambda q: st.sampled_from([{}, {q.id: "on"}]),
    Choice: lambda q: st.sampled_from([*(option.code for option in q.options), "", "ANNAT_SVAR"]).map(lambda code: {q.id: code}),
    Choices: lambda q: _ticks([option.code for option in q.options]).map(lambda chosen: {f"{q.id}.{code}": "on" for code in chosen}),
    DatedChoices: _dated,
    Diagnoses: _diagnoses,
    IcfText: lambda q: st.fixed_dictionaries({q.id: texts, f"{q.id}.categories": st.sampled_from(["", "Sömn\nEnergi"])}),
    SickLeave: _sick_leave,
    TextArea: lambda q: texts.map(lambda text: {q.id: text}),
    UnitAddress: lambda q: st.fixed_dictionaries({f"{q.id}.{part}": texts | st.just(text) for part, text in ADDRESS.items()}),
    YesNo: lambda q: st.sampled_from([{}, {q.id: "true"}, {q.id: "false"}, {q.id: "kanske"}]),
}


@st.composite
def typed_fields(draw: st.DrawFn) -> Fields:
    """The fields of a good draft, or of an empty one, where some questions are answered anew with anything."""
    answers = draw(st.sampled_from([*BASES, {}]))
    anew = draw(st.lists(st.sampled_from(FORM.questions), unique_by=lambda question: question.id, max_size=len(FORM.questions)))
    fields: Fields = {}
    for question in FORM.questions:
        fields |= draw(TYPED[type(question)](question)) if question in anew else question.encode(answers.get(question.id))
    return fields


# What another system may send.

DOCUMENTS = [to_svar(FORM, evaluate(FORM, answers, WRITING).answers, WRITING) for answers in BASES]

_written = [value for svar in DOCUMENTS[0] for _, value in svar.parts]
_systems = [
    "KV_FKMU_0001",
    "KV_FKMU_0003",
    " KV_FKMU_0002",
    "1.2.752.116.1.1.1.1.3",
    "1.2.752.116.1.3.1.4.1",
    " 1.2.752.116.1.1.1.1.3 ",
    "x1.2.752.116.1.1.1.1.3",
]
_codes = [option.code for question in FORM.questions for option in getattr(question, "options", getattr(question, "degrees", ()))]
_stray_codes = [
    "",
    " ",
    "X",
    " EJ_AKTUELLT",
    "\nANNAT\t",
    "\u00a0STUDIER",
    "F32",
    "f321",
    "z73",
    "Z730",
    "M54566",
    "ſ12",
    "ı23",
    "A１２",
    "M54.5",
]
_booleans = ["true", "false", "1", "0", " true ", "TRUE", "ja"]
_dates = [
    "2026-11-01",
    "2026-11-01 ",
    "\n2026-11-02",
    "2026-11-03Z",
    "2026-11-04+01:00",
    "2026-02-30",
    "20261101",
    "0999-01-01",
    "9999-12-31",
]
_texts = ["", " ", "\u00a0", "Text", "\n text \n", *_booleans, *_dates]


def _values() -> st.SearchStrategy[Value]:
    coded = st.builds(Coded, st.sampled_from(_codes + _stray_codes), st.sampled_from(_systems), st.sampled_from([None, "Text"]))
    periods = st.builds(PeriodText, days | st.sampled_from(_dates), days | st.sampled_from(_dates))
    return st.sampled_from(_texts) | coded | periods | st.just(Odd("pq")) | st.sampled_from(_written)


def _near(value: Value) -> st.SearchStrategy[Value]:
    """A value of the same datatype as the one that stands there."""
    if isinstance(value, Coded):
        same_list = [other.code for other in _written if isinstance(other, Coded) and other.system == value.system]
        code = st.sampled_from([*same_list, f" {value.code} ", value.code.lower(), *_stray_codes, *_codes])
        return st.builds(Coded, code, st.just(value.system) | st.sampled_from(_systems), st.just(value.display))
    if isinstance(value, PeriodText):
        return st.builds(PeriodText, days | st.sampled_from(_dates), days | st.sampled_from(_dates))
    return st.sampled_from(_texts)


SVAR_IDS = [*{svar.id for svar in DOCUMENTS[0]}, "9000", "9001", "9002", "9999", "30", "2", "99999", "09001"]
DELSVAR_IDS = [
    "1.1",
    "1.2",
    "1.3",
    "6.1",
    "6.2",
    "6.3",
    "6.4",
    "6.5",
    "6.6",
    "6.7",
    "26.2",
    "27.1",
    "32.1",
    "32.2",
    "33.2",
    "39.2",
    "39.3",
    "40.2",
    "9001.1",
]


@st.composite
def sent_svar(draw: st.DrawFn) -> tuple[Svar, ...]:
    """The svar of a good document after a few accidents."""
    document = list(draw(st.sampled_from(DOCUMENTS)))
    for _ in range(draw(st.integers(1, 3))):
        accident = draw(st.sampled_from(ACCIDENTS))
        if document:
            accident(draw, document, draw(st.integers(0, len(document) - 1)))
    return tuple(document)


def _lose(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    del document[at]


def _repeat(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    document.insert(draw(st.integers(0, len(document))), document[at])


def _bring(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    """A svar from another good document."""
    document.append(draw(st.sampled_from([svar for other in DOCUMENTS for svar in other])))


def _invent(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    id = draw(st.sampled_from(SVAR_IDS))
    parts = st.lists(st.tuples(st.just(f"{id}.1") | st.sampled_from(DELSVAR_IDS), _values()), min_size=1, max_size=2)
    document.append(Svar(id, tuple(draw(parts)), draw(st.sampled_from([None, 1]))))


def _renumber(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    document[at] = dataclasses.replace(document[at], instance=draw(st.sampled_from([None, -1, 0, 1, 7])))


def _lose_part(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    parts = list(document[at].parts)
    if parts:
        del parts[draw(st.integers(0, len(parts) - 1))]
    document[at] = dataclasses.replace(document[at], parts=tuple(parts))


def _add_part(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    known = [id for id, _ in document[at].parts] + [id for id in DELSVAR_IDS if id.startswith(f"{document[at].id}.")]
    part = (draw(st.sampled_from(known) if known else st.just("1.1")), draw(_values()))
    document[at] = dataclasses.replace(document[at], parts=(*document[at].parts, part))


def _change_part(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    parts = list(document[at].parts)
    if parts:
        i = draw(st.integers(0, len(parts) - 1))
        parts[i] = (parts[i][0], draw(_values()))
    document[at] = dataclasses.replace(document[at], parts=tuple(parts))


def _vary_part(draw: st.DrawFn, document: list[Svar], at: int) -> None:
    parts = tuple((id, draw(_near(value))) if draw(st.booleans()) else (id, value) for id, value in document[at].parts)
    document[at] = dataclasses.replace(document[at], parts=parts)


ACCIDENTS = [
    _lose,
    _repeat,
    _bring,
    _invent,
    _renumber,
    _lose_part,
    _add_part,
    _change_part,
    _vary_part,
    _vary_part,
    _vary_part,
    _vary_part,
]


# The svar as a whole document.

_UNIT = Unit("SE1", "Björkhagens vårdcentral", "12345", "Gatan 1", "12345", "Björkhagen", "08123", "", "SE2", "Region Björk")


def document(svar: Iterable[Svar], version: str = "1.3") -> bytes:
    """RegisterCertificate with those svar, about Tolvan Tolvansson."""
    patient, issuer = Patient(PERSONAL_NUMBER, "191212121212"), Issuer("SE3", "Åsa Öhrn", _UNIT)
    signed_at = datetime.fromisoformat("2026-11-21T10:31:00")
    return register_certificate(Intyg("4711", "LISJP", "Läkarintyg för sjukpenning", version, signed_at, patient, issuer, tuple(svar)))
