"""Whatever anybody does to certificates, and whenever, what must always hold holds.

WEBCERT_LIFE_RUNS says how many stories are told, each of up to WEBCERT_LIFE_STEPS things done (16). When it is not set they are the same
1 000 stories each time, so that a test that passed passes again; with it they are new ones. Each chapter tells a tenth of them.
"""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from certificates.any_life.laws import DOERS
from certificates.any_life.machine import AnyLife
from certificates.any_life.story import doers, tally
from certificates.any_life.world import build
from certificates.test_pages import codes, remembered  # noqa: F401
from clinic import outside, running_simulators, simulators  # noqa: F401
from simulated import Simulators

pytestmark = pytest.mark.django_db

RUNS = int(os.environ.get("WEBCERT_LIFE_RUNS", "1000"))
STEPS = int(os.environ.get("WEBCERT_LIFE_STEPS", "16"))
CHAPTERS = 10

OFTEN = 24
"""How often everything must have been done in all the stories together."""

chapters_told: set[int] = set()


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("chapter", range(CHAPTERS))
def test_what_must_always_hold_holds(outside: Simulators, chapter: int) -> None:
    begun, tabs = build()
    told = settings(
        max_examples=RUNS // CHAPTERS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    story = lambda: AnyLife(outside, begun, tabs)  # noqa: E731
    run_state_machine_as_test(story if "WEBCERT_LIFE_RUNS" in os.environ else seed(chapter)(story), settings=told)  # type: ignore[arg-type, return-value]
    chapters_told.add(chapter)


def test_everything_has_been_done_and_by_several() -> None:
    if len(chapters_told) < CHAPTERS or RUNS < 1000:
        pytest.skip("not all chapters have been told here, or they are short")
    print(sorted(tally.items()))
    assert [what for what in DOERS if tally[what, "done"] < OFTEN] == []
    assert [what for what, roles in DOERS.items() if len(doers.get(what, ())) < roles] == []
