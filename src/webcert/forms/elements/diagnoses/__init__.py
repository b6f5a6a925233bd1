"""Up to three diagnoses with code and text, of one code system. Answer: {"system", "rows": [{"code", "text"}]}.

The first row is the main diagnosis. A row of a received document may carry a "system" of its own, which is then wrong.
Source: reference/certificates/fk7804.md §2.5, V12–V20, §8 svar 6.
"""

import re
from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar

from webcert.forms.blocks import MISSING, Block, Table
from webcert.forms.context import Context
from webcert.forms.form import Fields, Question
from webcert.forms.problems import Kind, Problem
from webcert.forms.transport import Fragment, Received
from webcert.vocabulary.diagnosis_codes import ICD_10_SE, SYSTEM_NAMES, SYSTEM_OIDS, needs_more_positions, normalise_code
from webcert.vocabulary.svar import Coded, Svar

Row = dict[str, str]

BY_OID = {oid: system for system, oid in SYSTEM_OIDS.items()}

FORMAT = re.compile(r"[A-EG-Y]\d\d[A-Z0-9-]*|Z(?!73)\d\d[A-Z0-9-]*|(Z73|F\d\d)[A-Z0-9-]+", re.ASCII | re.IGNORECASE)
"""A code's form as Försäkringskassan checks it (the schematron's expression)."""


@dataclass(frozen=True)
class Diagnoses(Question):
    """`column` is the heading over the codes; it stays the same when KSH97-P is chosen (manual S 6.2)."""

    _: KW_ONLY
    column: str
    limit: int = 3
    text_limit: int = 81

    kind: ClassVar[str] = "diagnoses"
    empty: ClassVar[str] = "Ange minst en diagnos."
    systems: ClassVar[dict[str, str]] = SYSTEM_NAMES

    def is_answered(self, answer: Any) -> bool:
        return bool(answer and answer["rows"])

    def decode(self, fields: Fields) -> dict[str, Any] | None:
        chosen = fields.get(f"{self.id}.system", "")
        system = chosen if chosen in SYSTEM_NAMES else ICD_10_SE
        rows = [{"code": fields.get(f"{self.id}.{i}.code", ""), "text": fields.get(f"{self.id}.{i}.text", "")} for i in range(self.limit)]
        while rows and not any(text.strip() for text in rows[-1].values()):
            rows.pop()
        return {"system": system, "rows": rows} if rows or system != ICD_10_SE else None

    def encode(self, answer: dict[str, Any] | None) -> dict[str, str]:
        answer = answer or {"system": ICD_10_SE, "rows": []}
        fields = {f"{self.id}.system": answer["system"]}
        for i in range(self.limit):
            row = answer["rows"][i] if i < len(answer["rows"]) else {"code": "", "text": ""}
            fields |= {f"{self.id}.{i}.code": row["code"], f"{self.id}.{i}.text": row["text"]}
        return fields

    def settle(self, answer: dict[str, Any], focus: str, context: Context) -> dict[str, Any]:
        def settled(i: int, row: Row) -> Row:
            if focus == f"{self.id}.{i}.code":
                return row
            code = normalise_code(row["code"])
            text = row["text"] if focus == f"{self.id}.{i}.text" else row["text"] or context.codes.title(answer["system"], code) or ""
            return {**row, "code": code, "text": text[: self.text_limit] if text != row["text"] else text}

        return {**answer, "rows": [settled(i, row) for i, row in enumerate(answer["rows"])]}

    def check(self, answer: dict[str, Any], context: Context) -> Iterable[Problem]:
        rows = answer["rows"]
        if len(rows) > 1 and not any(rows[0][part].strip() for part in ("code", "text")):
            yield self.problem(Kind.INCORRECT_COMBINATION, "Ange diagnos på översta raden först.", "0.code")
            return
        first = rows[0].get("system", answer["system"])
        for i, row in enumerate(rows):
            system = row.get("system", answer["system"])
            if problem := _code_problem(row["code"], system, context):
                yield self.problem(*problem, f"{i}.code")
            if not row["text"].strip():
                yield self.problem(Kind.EMPTY, "Ange diagnostext.", f"{i}.text")
            elif len(row["text"]) > self.text_limit and not context.received:
                yield self.problem(Kind.OTHER, f"Diagnostexten får vara högst {self.text_limit} tecken.", f"{i}.text")
            if system != first:
                yield self.problem(Kind.INCORRECT_COMBINATION, "Alla diagnoskoder ska ha samma kodverk.", f"{i}.code")

    def fragments(self, answer: dict[str, Any], context: Context) -> Iterable[Fragment]:
        for i, row in enumerate(answer["rows"]):
            system = row.get("system", answer["system"])
            if _code_problem(row["code"], system, context) or not row["text"].strip():
                continue
            code = normalise_code(row["code"])
            coded = Coded(code, SYSTEM_OIDS[system], context.codes.title(system, code))
            yield Fragment(self.svar, f"{self.svar}.{2 * i + 2}", coded)
            yield Fragment(self.svar, f"{self.svar}.{2 * i + 1}", row["text"])

    def read(self, received: Received) -> dict[str, Any] | None:
        svar = received.one(self.svar)
        if svar is None:
            return None
        rows = [self._read_row(received, svar, i) for i in range(self.limit)]
        while rows and not (rows[-1]["code"] or rows[-1]["text"]):
            rows.pop()
        system = rows[0]["system"] if rows else ICD_10_SE
        return {"system": system, "rows": [_without_common_system(row, system) for row in rows]}

    def _read_row(self, received: Received, svar: Svar, i: int) -> Row:
        coded: Coded | None = received.value(svar, f"{self.svar}.{2 * i + 2}", Coded, required=i == 0)
        text = received.text(svar, f"{self.svar}.{2 * i + 1}", required=i == 0)
        system = BY_OID.get(coded.system.strip(), "") if coded else ICD_10_SE
        if not system:
            received.complain(self.id, "Diagnosens kodverk är okänt.")
        return {"code": coded.code.strip() if coded else "", "text": text or "", "system": system or ICD_10_SE}

    def blocks(self, answer: dict[str, Any] | None) -> tuple[Block, ...]:
        return self.on_paper(answer) if self.is_answered(answer) else (MISSING,)

    def on_paper(self, answer: dict[str, Any] | None) -> tuple[Block, ...]:
        rows = answer["rows"] if answer else ()
        return (Table((self.column, "Diagnos"), tuple((row["code"], row["text"]) for row in rows)),)

    def summary(self, answer: dict[str, Any] | None) -> str:
        """The text of the main diagnosis (fk-common.md §5, "Avser diagnos")."""
        return str(answer["rows"][0]["text"]) if answer and answer["rows"] else ""


def _without_common_system(row: Row, system: str) -> Row:
    return row if row["system"] != system else {"code": row["code"], "text": row["text"]}


def _code_problem(typed: str, system: str, context: Context) -> tuple[Kind, str] | None:
    code = typed.strip() if context.received else normalise_code(typed)
    if not code:
        return Kind.EMPTY, "Ange diagnoskod."
    if needs_more_positions(code.upper()):
        return Kind.INVALID_FORMAT, "Ange minst fyra positioner för en psykiatrisk diagnos."
    if len(code) < 3:
        return Kind.INVALID_FORMAT, "Ange diagnoskod med så många positioner som möjligt, minst tre."
    if len(code) > 5:
        return Kind.INVALID_FORMAT, "Ange diagnoskod med högst fem positioner."
    if not FORMAT.fullmatch(code) or not (context.received or context.codes.knows(system, code)):
        return Kind.INVALID_FORMAT, "Diagnoskod är ej giltig."
    return None
