"""A choice that the contract carries as truth values, one delsvar for each alternative or for a yes and its no.

On the page it is like any other choice. Source: reference/certificates/fk7263.md §7, svar 10005 and 10006.
"""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass

from webcert.forms.context import Context
from webcert.forms.elements.choice import Choice
from webcert.forms.elements.options import Option
from webcert.forms.transport import Fragment, Received


@dataclass(frozen=True, slots=True)
class Flag(Option):
    """`delsvar` says the alternative by being `value`."""

    _: KW_ONLY
    delsvar: str
    value: bool = True


@dataclass(frozen=True)
class FlaggedChoice(Choice):
    """The first of `options` whose delsvar has its value is the answer."""

    _: KW_ONLY
    system: str = ""
    options: tuple[Flag, ...]

    def fragments(self, answer: str, context: Context) -> Iterable[Fragment]:
        for flag in self.options:
            if flag.code == answer:
                yield Fragment(self.svar, flag.delsvar, "true" if flag.value else "false")

    def read(self, received: Received) -> str | None:
        svar = received.one(self.svar)
        if svar is None:
            return None
        given = {id for id, _value in svar.parts}
        flags = {id: received.flag(svar, id) for id in dict.fromkeys(flag.delsvar for flag in self.options) if id in given}
        chosen = [flag.code for flag in self.options if flags.get(flag.delsvar) is flag.value]
        if len(chosen) != 1:
            received.complain(self.id, "Svaret säger inte vilket alternativ som är valt.")
        return chosen[0] if chosen else None
