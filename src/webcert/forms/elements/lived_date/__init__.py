"""A day in the patient's life so far. Answer: the date as typed. In the contract a partial date, YYYY-MM-DD, or plain text.

Source: reference/certificates/tstrk1031.md §2.2 R19–R22, §3.2 on 42.2, §3.4.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from datetime import timedelta
from typing import ClassVar

from webcert.forms.context import Context
from webcert.forms.elements.date import Date
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.dates import EARLIEST, parse_date
from webcert.vocabulary.svar import PartialDate

FORMAT = "YYYY-MM-DD"
YEAR = timedelta(days=366)


@dataclass(frozen=True)
class LivedDate(Date):
    """Neither before the patient was born nor after today; a received document is held to it too.

    `recent`: while writing, not more than a year ago. `plain`: the contract carries text instead of a partial date.
    """

    _: KW_ONLY
    recent: bool = False
    plain: bool = False

    kind: ClassVar[str] = "lived_date"

    def check(self, answer: str, context: Context) -> Iterable[Problem]:
        day = parse_date(answer)
        if day is None:
            yield from super().check(answer, context)
        elif day < (context.born or EARLIEST):
            yield self.problem(Kind.OTHER, "Ange ett datum som infaller efter patientens födelsedatum.")
        elif day > context.today:
            yield self.problem(Kind.OTHER, "Ange dagens eller ett tidigare datum.")
        elif self.recent and not context.received and day < context.today - YEAR:
            yield self.problem(Kind.INVALID_FORMAT, "Ange ett datum inom det senaste året.")

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        if (day := parse_date(answer)) and day >= EARLIEST:
            yield Fragment(self.svar, self.delsvar, answer if self.plain else PartialDate(FORMAT, answer))

    def read(self, received: Received) -> str | None:
        if self.plain:
            return super().read(received)
        svar = received.one(self.svar)
        return received.partial_date(svar, self.delsvar, FORMAT, required=self.id == self.svar) if svar else None
