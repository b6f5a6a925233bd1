"""How long the print of a full FK 7804 takes in a warm process, a different certificate each time."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from bench.table import Row, timed
from printing.prints import FULL, signed_print
from webcert.printing.pdf import certificate_pdf

_TEXTS = ("29", "19", "20", "37", "44", "25")


def rows() -> Iterator[Row]:
    """One row."""
    different = (replace(signed_print({**FULL, **{id: f"{n}. {FULL[id]}" for id in _TEXTS}}), patient_name=f"{n}") for n in count())
    yield timed("PDF of a full FK 7804", lambda: certificate_pdf(next(different)), goal_ms=40, times=100)
