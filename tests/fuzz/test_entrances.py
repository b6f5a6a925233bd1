"""A few hundred hostile messages at every entrance for XML; `make fuzz` tries a hundred thousand (reference/security-and-audit.md §5)."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.entrance import Entrance
from fuzz.entrances import entrances
from fuzz.trial import tried
from shared import shared

BELIEVED_TOO = ["sign responses", "SAML responses", "SAML log-outs", "SAML metadata"]
NAMES = ["certificates", "signed form", "PU answers", "HSA answers", "recipients' answers", "BankID signatures", "signed certificates"]
NAMES += [name for signed in BELIEVED_TOO for name in (signed, f"{signed}, believed")]


@pytest.fixture(scope="module")
def open_entrances() -> Iterator[dict[str, Entrance]]:
    with ExitStack() as stack:
        yield {entrance.name: entrance for entrance in entrances(stack)}


def test_every_entrance_is_tried(open_entrances: dict[str, Entrance]) -> None:
    shared("data/saml")
    assert list(open_entrances) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_no_message_crashes_hangs_or_eats_memory(open_entrances: dict[str, Entrance], name: str) -> None:
    outcome = tried(_entrance(open_entrances, name), range(300))
    assert outcome.findings == []
    assert 0 < outcome.taken < outcome.messages


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(message=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_what_is_no_message_at_all_is_refused(open_entrances: dict[str, Entrance], name: str, message: bytes) -> None:
    entrance = _entrance(open_entrances, name)
    with pytest.raises(entrance.refusals):
        entrance.take(message)


def _entrance(open_entrances: dict[str, Entrance], name: str) -> Entrance:
    if name.startswith(("SAML", "sign")):
        shared("data/saml")
    return open_entrances[name]
