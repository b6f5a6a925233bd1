"""HSA for these tests: the running stand-ins."""

from collections.abc import Iterator
from typing import Any

import pytest

from simulated import Simulators, running_simulators, simulators  # noqa: F401
from webcert.staff import hsa as directory


@pytest.fixture
def hsa(simulators: Simulators, settings: Any) -> Simulators:
    """The product is told to ask the stand-ins."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"hsa_url": f"{simulators.url}/hsa", "outside_timeout_seconds": 2.0})
    return simulators


@pytest.fixture
def closed_circuits() -> Iterator[None]:
    """For tests that make HSA fail: no circuit is open before or after."""
    directory._client.cache_clear()
    yield
    directory._client.cache_clear()
