"""The original's samples on their way: internal JSON → answers → XML, XML → answers → XML, and what an XML document means."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml import etree

from example_fk7804 import SIGNED, TODAY
from legacy_json import answers_of, intyg_of, titles_of
from shared import shared
from webcert.certificate_types import TYPES
from webcert.certificate_types.received import judge
from webcert.forms.context import Context
from webcert.forms.conversion import to_svar
from webcert.forms.evaluation import evaluate
from webcert.forms.problems import Problem
from webcert.riv import xml
from webcert.riv.intyg_xml import register_certificate

Json = dict[str, Any]
Meaning = dict[tuple[str, ...], list[str]]


def read_json(path: str) -> Json:
    """The JSON document at that place in the shared material."""
    found: Json = json.loads(shared(path).read_text())
    return found


def told(problems: tuple[Problem, ...]) -> set[tuple[str, str]]:
    """(field, kind) of each problem."""
    return {(problem.field, problem.kind.value) for problem in problems}


class _Titles:
    """A register that knows the titles that the sample itself gives."""

    def __init__(self, titles: dict[str, str]) -> None:
        self.titles = titles

    def knows(self, system: str, code: str) -> bool:
        return True

    def title(self, system: str, code: str) -> str | None:
        return self.titles.get(code)


def written(document: Json) -> bytes:
    """What we write of a signed internal document."""
    type = TYPES[document["typ"]]
    form = type.form(document["textVersion"])
    context = Context(TODAY, _Titles(titles_of(document)), received=True)
    answers = evaluate(form, answers_of(document), context).answers
    return register_certificate(intyg_of(document, type.name, to_svar(form, answers, context)))


def written_again(document: bytes) -> bytes:
    """What we write of what we have read."""
    verdict = judge(document, today=TODAY)
    assert verdict.type
    svar = to_svar(verdict.type.form(verdict.intyg.version), verdict.answers, SIGNED)
    return register_certificate(replace(verdict.intyg, svar=svar))


def meaning(document: bytes) -> Meaning:
    """Element path by name and id → texts, in no order among different elements; white space and forskrivarkod (always ours) left out."""
    found: Meaning = {}
    for path, text in _leaves(xml.parse(document), ()):
        found.setdefault(path, []).append(text)
    return {path: sorted(texts) for path, texts in found.items() if path[-1] != "forskrivarkod"}


def meaning_of_svar(document: bytes) -> Meaning:
    """The svar alone, without displayName, which follows from the code, and which hand-written documents may lack."""
    return {path: texts for path, texts in meaning(document).items() if path[2].startswith("svar") and path[-1] != "displayName"}


def _leaves(element: etree._Element, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    path = (*above, f"{etree.QName(element).localname}{element.get('id', '')}")
    if len(element):
        for child in element:
            yield from _leaves(child, path)
    else:
        yield path, (element.text or "").strip()
