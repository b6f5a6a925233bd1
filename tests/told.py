"""The events that a test has caused, as the log has them."""

from typing import Any

import pytest


def told(caplog: pytest.LogCaptureFixture, *names: str) -> list[dict[str, Any]]:
    """What has been told in order; only the events with these names, if any are given."""
    lines: list[dict[str, Any]] = [record.msg for record in caplog.records if record.name == "webcert.events"]  # type: ignore[misc]
    return [line for line in lines if not names or line["event"] in names]
