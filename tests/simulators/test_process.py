"""The stand-ins as a process: killed and started again they remember."""

from pathlib import Path

from simulated import Simulators


def test_killed_at_any_time_nothing_is_forgotten(tmp_path: Path) -> None:
    running = Simulators(tmp_path)
    running.set_mode("fk", "slow", 7)
    running.kill()
    running.start()
    try:
        page = running.http.get("/fk").text
        assert '<option value="slow" selected>' in page
        assert 'value="7.0"' in page
    finally:
        running.stop()
