"""What the schemas of the older contracts, and the checks on receipt, refuse beside the answers."""

import re
from collections.abc import Iterable, Iterator, Mapping

from webcert.riv.intyg import Fault
from webcert.vocabulary import oids

PERSON, STAFF = (oids.PERSONAL_NUMBER, oids.COORDINATION_NUMBER), (oids.HSA_ID,)
"""The roots that an id may have."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*", re.ASCII)


def faults(needed: Mapping[str, str], signed: tuple[str, str], roots: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[Fault]:
    """`needed` is the text of each element that must have one, `signed` the name and the text of the time of signing, `roots` the name,
    the root and the allowed roots of each id."""
    name, moment = signed
    yield from (Fault(where, "Uppgiften saknas.") for where, text in (*needed.items(), signed) if not text.strip())
    if moment.strip() and not _MOMENT.fullmatch(moment):
        yield Fault(name, "Tidpunkten är inte skriven som datum och klockslag.")
    yield from (Fault(where, "Uppgiftens rot är fel.") for where, root, allowed in roots if root and root not in allowed)
