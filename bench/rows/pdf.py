"""How long prints take in a warm process, a different certificate each time: the recipients' own forms, and the general layout."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from bench.table import Row, timed
from example_fk7804 import FULL
from example_statements import LUSE
from example_transport import TSTRK1007_7
from printing.prints import GENERAL, signed_print
from webcert.certificate_types import FK7800, FK7804, TSTRK1007
from webcert.certificate_types.certificate_type import CertificateType
from webcert.printing.pdf import certificate_pdf

_SENTENCE = "Patienten har svårt att hålla tråden och blir snabbt uttröttad, särskilt i miljöer med många ljud. "


def rows() -> Iterator[Row]:
    """The types with the most text or questions, as they usually are; and with more than their frames hold."""
    yield timed("PDF of a full FK 7804", _printing(FK7804, FULL), goal_ms=40, times=100)
    yield timed("PDF of a full FK 7804, general layout", _printing(GENERAL, FULL), goal_ms=40, times=100)
    yield timed("PDF of a full TSTRK1007", _printing(TSTRK1007, TSTRK1007_7[0]), goal_ms=60, times=100)
    yield timed("PDF of a full FK 7800", _printing(FK7800, LUSE[0]), goal_ms=60, times=100)
    yield timed("PDF of an FK 7800 with continuation sheets", _printing(FK7800, LUSE[0], _SENTENCE * 9), goal_ms=60, times=100)


def _printing(type: CertificateType, answers: dict[str, Any], more: str = "") -> Callable[[], bytes]:
    """Printing of the answers, with a number first and `more` last in every text, so that nothing is remembered from the print before."""
    numbers = count()

    def work() -> bytes:
        n = next(numbers)
        different = {id: f"{n}. {answer} {more}" if _is_text(answer) else answer for id, answer in answers.items()}
        return certificate_pdf(signed_print(different, type))

    return work


def _is_text(answer: Any) -> bool:
    return isinstance(answer, str) and " " in answer
