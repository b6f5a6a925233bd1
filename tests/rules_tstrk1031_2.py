"""The rules of TSTRK1031 2 once more, read off tstrk1031.md §3.2 and §3.4 without the product: the judge of a version without a schematron.

Of a document that is signed only what can be told from it is judged: not lengths, and not whether 42.2 lies within a year of today.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from lxml import etree

BORN, TODAY = date(1912, 12, 12), date(2026, 11, 21)
"""Of the patient in the generated documents, and of the tests."""

IAV = [f"IAV{number}" for number in (*range(1, 10), *range(11, 18))]
HIGHER = IAV[:9]
VAR = [f"VAR{number}" for number in (*range(1, 10), *range(11, 19))]
IDK = [f"IDK{number}" for number in range(1, 7)]

YES, NO = ("true", "1"), ("false", "0")
Datatype = Callable[[etree._Element], bool]


def _text_of(delsvar: etree._Element) -> str:
    return (delsvar.text or "").strip() if not len(delsvar) else ""


def _parts(delsvar: etree._Element, kind: str, *names: str) -> list[str | None]:
    """The texts of the named parts of the one value of that datatype."""
    values = delsvar.findall(f"{{*}}{kind}") if len(delsvar) == 1 else []
    return [value.findtext(f"{{*}}{name}") for value in values for name in names]


def coded(delsvar: etree._Element, system: str, codes: list[str]) -> bool:
    code, its_system = _parts(delsvar, "cv", "code", "codeSystem") or (None, None)
    return its_system == system and (code or "").strip() in codes


def year(delsvar: etree._Element) -> bool:
    form, value = _parts(delsvar, "partialDate", "format", "value") or (None, None)
    return (form or "").strip() == "YYYY" and bool(re.fullmatch("[12][0-9]{3}", value or "")) and BORN.year <= int(value or 0) <= TODAY.year


def day(delsvar: etree._Element) -> bool:
    try:
        return len(text := _text_of(delsvar)) == 10 and BORN <= date.fromisoformat(text) <= TODAY
    except ValueError:
        return False


def flag(delsvar: etree._Element) -> bool:
    return _text_of(delsvar) in (*YES, *NO)


def text(delsvar: etree._Element) -> bool:
    return bool(_text_of(delsvar))


def acuity(delsvar: etree._Element) -> bool:
    return bool(re.fullmatch(r"\+?([0-9]+\.?[0-9]*|\.[0-9]+)", found := _text_of(delsvar))) and float(found) <= 2


ICD_10 = "1.2.752.116.1.1.1.1.3"
FORM: dict[str, dict[str, Datatype]] = {
    "1": {"1.1": partial(coded, system="24c41b8d-258a-46bf-a08a-b90738b28770", codes=IAV)},
    "2": {"2.1": partial(coded, system="e7cc8f30-a353-4c42-b17a-a189b6876647", codes=IDK)},
    "35": {"35.1": year},
    "18": {"18.1": partial(coded, system=ICD_10, codes=["E10", "E11"])},
    "19": {"19.1": flag, "19.2": flag, "19.3": flag, "19.4": year, "19.5": text},
    **{id: {f"{id}.1": flag} for id in ("36", "37", "38", "41", "43", "44", "45", "6")},
    "39": {"39.1": flag, "39.2": text},
    "40": {"40.1": flag, "40.2": text},
    "42": {"42.1": flag, "42.2": day},
    "8": dict.fromkeys([f"8.{number}" for number in range(1, 7)], acuity),
    "33": {"33.1": partial(coded, system="e889fa20-1dee-4f79-8b37-03853e75a9f8", codes=VAR)},
    "34": {"34.1": text},
    "32": {"32.1": text},
}
REPEATED = ("1", "33")


class Document:
    """What the message says: svar by id, the content of each delsvar."""

    def __init__(self, message: bytes) -> None:
        self.svar = etree.fromstring(message).findall("{*}intyg/{*}svar")
        self.delsvar = [(part.get("id", ""), part) for svar in self.svar for part in svar.findall("{*}delsvar")]

    def has(self, *delsvar: str) -> bool:
        return all(any(id == wanted for id, _ in self.delsvar) for wanted in delsvar)

    def yes(self, delsvar: str) -> bool:
        return any(id == delsvar and _text_of(part) in YES for id, part in self.delsvar)

    def no(self, delsvar: str) -> bool:
        return any(id == delsvar and _text_of(part) in NO for id, part in self.delsvar)

    def codes(self, delsvar: str) -> list[str]:
        return [(code or "").strip() for id, part in self.delsvar if id == delsvar for code in _parts(part, "cv", "code")]

    @property
    def higher(self) -> bool:
        return any(code in HIGHER for code in self.codes("1.1"))


def accepts(message: bytes) -> bool:
    """Whether no rule is broken."""
    document = Document(message)
    return not any(_ill_formed(document)) and all(_rules(document))


def _ill_formed(document: Document) -> Iterator[bool]:
    ids = [svar.get("id", "") for svar in document.svar]
    for svar, id in zip(document.svar, ids, strict=True):
        parts = [part.get("id", "") for part in svar.findall("{*}delsvar")]
        yield id not in FORM or not set(parts) <= FORM[id].keys() or len(parts) != len(set(parts)) or not parts
        yield ids.count(id) > 1 and id not in REPEATED
        yield any(not re.fullmatch("0*[1-9][0-9]*", (number.text or "").strip()) for number in svar.findall("{*}instans"))
    checks = {id: check for checks in FORM.values() for id, check in checks.items()}
    yield from (id not in checks or not checks[id](part) for id, part in document.delsvar)
    yield from (len(codes) != len(set(codes)) for codes in (document.codes("1.1"), document.codes("33.1")))
    yield "VAR11" in document.codes("33.1") and len(document.codes("33.1")) > 1


def _rules(document: Document) -> Iterator[bool]:
    """What must hold: the rows of §3.2, each "if, then"."""
    has, yes, no, higher = document.has, document.yes, document.no, document.higher
    yield has("1.1", "2.1", "35.1", "18.1", "36.1", "37.1", "43.1", "33.1")
    yield yes("19.1") or yes("19.2") or yes("19.3") or has("19.5")
    yield not yes("19.3") or has("19.4")
    yield not yes("37.1") or has("38.1", "39.1", "40.1")
    yield not yes("39.1") or has("39.2")
    yield not yes("40.1") or has("40.2")
    yield not yes("42.1") or has("42.2")
    yield not higher or has("41.1", "42.1", "45.1")
    yield not no("43.1") or has("44.1", "8.1", "8.2", "8.3", "6.1")
