"""What the older certificates to Transportstyrelsen say, as svar: the codes and the datatypes of the newer form."""

from collections.abc import Iterable, Iterator

from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS
from webcert.vocabulary.svar import Coded, PartialDate, Svar, Value

CONCERNS = "24c41b8d-258a-46bf-a08a-b90738b28770"
IDENTITY = "e7cc8f30-a353-4c42-b17a-a189b6876647"
LICENCE = "e889fa20-1dee-4f79-8b37-03853e75a9f8"

TYPE_NAMES = {"TSTRK1007": "Transportstyrelsens läkarintyg", "TSTRK1031": "Transportstyrelsens läkarintyg, diabetes"}

_CODED = ("18.1",)
_YEARS = ("35.1", "19.4")


def svar_of(*, concerns: Iterable[str], identity: str, said: Iterable[tuple[str, str]], meets: Iterable[str]) -> Iterator[Svar]:
    """The svar: the categories of questions 1 (IAV) and 33 (VAR), the check of identity (IDK), and all else as delsvar with its text."""
    yield from _categories("1", CONCERNS, concerns)
    if identity:
        yield Svar("2", (("2.1", Coded(identity, IDENTITY)),))
    parts: dict[str, list[tuple[str, Value]]] = {}
    for delsvar, text in said:
        parts.setdefault(delsvar.partition(".")[0], []).append((delsvar, _value(delsvar, text)))
    for id, found in parts.items():
        yield Svar(id, tuple(found))
    yield from _categories("33", LICENCE, meets)


def _categories(id: str, system: str, codes: Iterable[str]) -> Iterator[Svar]:
    return (Svar(id, ((f"{id}.1", Coded(code, system)),), instance) for instance, code in enumerate(codes, 1))


def _value(delsvar: str, text: str) -> Value:
    if delsvar in _CODED:
        return Coded(text, SYSTEM_OIDS[ICD_10_SE])
    return PartialDate("YYYY", text) if delsvar in _YEARS else text
