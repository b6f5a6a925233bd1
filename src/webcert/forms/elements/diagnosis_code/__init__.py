"""One diagnosis as a code alone, for types whose diagnosis text is a question of its own. Answer: {"system", "code"}.

No type that can be written asks for it. Source: reference/certificates/fk7263.md §5 rules 4–5 and §7 svar 6.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from webcert.forms.blocks import MISSING, Block, Text
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_OIDS, normalise_code
from webcert.vocabulary.svar import Coded

BY_OID = {oid: system for system, oid in SYSTEM_OIDS.items()}

Diagnosis = dict[str, str]


@dataclass(frozen=True)
class DiagnosisCode(Question):
    """Carried in delsvar 2, as the first diagnosis of `Diagnoses`."""

    kind: ClassVar[str] = "diagnosis_code"
    empty: ClassVar[str] = "Ange diagnoskod."

    @property
    def delsvar(self) -> str:
        return f"{self.svar}.2"

    def decode(self, fields: Fields) -> None:
        return None

    def encode(self, answer: Diagnosis | None) -> dict[str, str]:
        return {}

    def check(self, answer: Diagnosis, context: Context) -> Iterable[Problem]:
        if not answer["code"].strip():
            yield self.lacking()
        elif not (context.received or context.codes.knows(answer["system"], normalise_code(answer["code"]))):
            yield self.problem(Kind.INVALID_FORMAT, "Diagnoskod är ej giltig.")

    def fragments(self, answer: Diagnosis, context: Context) -> Iterable[Fragment]:
        code = answer["code"].strip()
        if code:
            display = context.codes.title(answer["system"], normalise_code(code))
            yield Fragment(self.svar, self.delsvar, Coded(code, SYSTEM_OIDS[answer["system"]], display))

    def read(self, received: Received) -> Diagnosis | None:
        svar = received.one(self.svar)
        coded: Coded | None = received.value(svar, self.delsvar, Coded) if svar else None
        if coded is None:
            return None
        system = BY_OID.get(coded.system.strip())
        if system is None:
            received.complain(self.id, "Diagnosens kodverk är okänt.")
        return {"system": system or ICD_10_SE, "code": coded.code.strip()}

    def blocks(self, answer: Diagnosis | None) -> tuple[Block, ...]:
        return (Text(answer["code"]),) if answer and answer["code"] else (MISSING,)
