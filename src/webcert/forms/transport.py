"""What questions give to a document and take from it: fragments of svar (one delsvar each), and a received document that hands them out.

Reading is strict: whatever a received document says that no question asked for is a problem. `conversion` puts the two to work for a form.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from webcert.forms.problems import Kind, Problem
from webcert.vocabulary.svar import Coded, PartialDate, PeriodText, Svar, Value

TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})


@dataclass(frozen=True, slots=True)
class Fragment:
    """One delsvar of one svar. `instance` is None for an answer that is given once, else what tells the repetitions apart."""

    svar: str
    delsvar: str
    value: Value
    instance: str | None = None


@dataclass
class Received:
    """The svar of a received document, handed out to the questions; remembers what was asked for and what was wrong."""

    svar: Sequence[Svar]
    problems: list[Problem] = field(default_factory=list)
    _taken: set[tuple[int, str]] = field(default_factory=set)

    def complain(self, question: str, text: str, kind: Kind = Kind.INVALID_FORMAT) -> None:
        """Note that the document is wrong at the question."""
        self.problems.append(Problem(question, question, kind, text))

    def require_instances(self) -> None:
        """An instance number, wherever there is one, is at least 1."""
        for id in sorted({svar.id for svar in self.svar if svar.instance is not None and svar.instance < 1}):
            self.complain(shown(id), "Instansnumret är fel.")

    def all(self, id: str, *, unnumbered: bool = False) -> list[Svar]:
        """Each svar with the id, of an answer that is given once per instance; every one must carry its number unless `unnumbered`."""
        found = [svar for svar in self.svar if svar.id == id]
        if not unnumbered and any(svar.instance is None for svar in found):
            self.complain(id, "Instansnummer saknas.")
        return found

    def one(self, id: str) -> Svar | None:
        """The svar with the id, of an answer that is given once."""
        found = [svar for svar in self.svar if svar.id == id]
        if len(found) > 1 and not any(problem.question == id and "flera gånger" in problem.text for problem in self.problems):
            self.complain(id, "Frågan är besvarad flera gånger.")
        return found[0] if found else None

    def value(self, svar: Svar, delsvar: str, expected: type, *, required: bool = False) -> Any:
        """The value of the delsvar, or None when it is missing or of another datatype than expected (which is then a problem)."""
        found = [value for id, value in svar.parts if id == delsvar]
        self._taken.add((id_of(svar), delsvar))
        if len(found) > 1:
            self.complain(svar.id, f"Delsvar {delsvar} finns flera gånger.")
        if not found:
            if required:
                self.complain(svar.id, f"Delsvar {delsvar} saknas.", Kind.EMPTY)
            return None
        if not isinstance(found[0], expected):
            self.complain(svar.id, f"Delsvar {delsvar} har fel datatyp.")
            return None
        return found[0]

    def text(self, svar: Svar, delsvar: str, *, required: bool = False) -> str | None:
        """The text of the delsvar."""
        found = self.value(svar, delsvar, str, required=required)
        return None if found is None else str(found)

    def flag(self, svar: Svar, delsvar: str, *, required: bool = True) -> bool | None:
        """The truth value of the delsvar: true, false, 1 or 0."""
        text = self.text(svar, delsvar, required=required)
        if text is None:
            return None
        if text.strip() not in TRUE | FALSE:
            self.complain(svar.id, f"Delsvar {delsvar} ska vara true eller false.")
            return None
        return text.strip() in TRUE

    def code(self, svar: Svar, delsvar: str, system: str, codes: Iterable[str], *, required: bool = True) -> str | None:
        """The code of the delsvar, which must be one of `codes` in the code system."""
        coded = self.value(svar, delsvar, Coded, required=required)
        if coded is None:
            return None
        if coded.system != system or coded.code.strip() not in codes:
            self.complain(svar.id, f"Delsvar {delsvar} har en okänd kod.")
            return None
        return str(coded.code.strip())

    def period(self, svar: Svar, delsvar: str) -> PeriodText | None:
        """The period of the delsvar, which must be there."""
        found = self.value(svar, delsvar, PeriodText, required=True)
        return found if isinstance(found, PeriodText) else None

    def partial_date(self, svar: Svar, delsvar: str, format: str, *, required: bool = False) -> str | None:
        """The partial date of the delsvar, which must be of that form (YYYY, YYYY-MM or YYYY-MM-DD)."""
        found: PartialDate | None = self.value(svar, delsvar, PartialDate, required=required)
        if found is None:
            return None
        if found.format.strip() != format:
            self.complain(svar.id, f"Delsvar {delsvar} har fel form för datum.")
        return str(found.value)

    def leftovers(self) -> Iterable[Problem]:
        """A problem for each svar that no question asked for, and for each delsvar that no question took."""
        taken = {svar for svar, _delsvar in self._taken}
        asked = {svar.id for svar in self.svar if id_of(svar) in taken}
        for svar in self.svar:
            id = shown(svar.id)
            if svar.id not in asked:
                yield Problem(id, id, Kind.OTHER, "Svaret hör inte till formuläret.")
                continue
            for delsvar, _value in svar.parts:
                if (id_of(svar), delsvar) not in self._taken:
                    yield Problem(id, id, Kind.OTHER, f"Delsvar {shown(delsvar)} hör inte till frågan.")


def shown(id: str) -> str:
    """An id from a received document, cut so that a problem never repeats an identity number that somebody has put there."""
    return id[:8]


def id_of(svar: Svar) -> int:
    """What tells this very svar from an equal one in the same document."""
    return id(svar)
