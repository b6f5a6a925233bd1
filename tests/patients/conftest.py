"""PU for these tests: the running stand-ins; and somebody who is logged in."""

from collections.abc import Iterator
from typing import Any

import pytest

from simulated import Simulators, running_simulators, simulators  # noqa: F401
from webcert.patients import pu as register


@pytest.fixture
def pu(simulators: Simulators, settings: Any) -> Iterator[Simulators]:
    """The product is told to ask the stand-ins, and to believe nothing for longer than a moment. No circuit is open."""
    register._client.cache_clear()
    addresses = {"pu_url": f"{simulators.url}/pu", "hsa_url": f"{simulators.url}/hsa"}
    settings.WEBCERT = settings.WEBCERT.model_copy(update={**addresses, "outside_timeout_seconds": 2.0, "pu_cache_seconds": 0})
    yield simulators
    register._client.cache_clear()
