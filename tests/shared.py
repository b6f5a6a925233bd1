"""The shared material (samples, official schemas, code lists) that tests read and the repository does not hold."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("WEBCERT_SHARED", Path(__file__).parents[2] / "shared"))


def shared(path: str) -> Path:
    """The file or folder under the shared material. The test that asks, or the module, is skipped when it is not on this machine."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{found} is not here; set WEBCERT_SHARED to the folder with the shared material", allow_module_level=True)
    return found
