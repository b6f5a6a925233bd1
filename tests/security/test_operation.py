"""T19, T20, T21, T27: what whoever runs the product can rely on."""

import json
import os
import re
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Literal

import pytest
import time_machine

from certificates.test_pages import remembered  # noqa: F401
from clinic import doctor, outside, patient, running_simulators, simulators, unit, working  # noqa: F401
from running import SOURCE
from security.test_url_map import browser_of
from webcert.certificates import actions, ending
from webcert.certificates.models import Certificate, Status
from webcert.patients.models import Person
from webcert.site.configuration import REAL_SYSTEMS, Configuration, ConfigurationError, configuration
from webcert.staff.login_context import LoginContext

ROOT = SOURCE.parent

FORGING = """
import logging, structlog
from webcert.site import logs
logs.configure({form!r}, "prov")
line = "x\\n2026-11-21T10:00:00Z [info] USER_LOGIN user=SE2321000990-2001\\r\\x1b[2Jy\\u2028z"
structlog.get_logger("a").warning(line, reason=line)
logging.getLogger("b").warning("%s", line)
"""


@pytest.mark.parametrize("form", ["json", "console"])
def test_T19_no_text_makes_a_log_line_of_its_own(form: Literal["json", "console"]) -> None:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    told = subprocess.check_output([sys.executable, "-c", FORGING.format(form=form)], env=environment, text=True)
    lines = told.removesuffix("\n").split("\n")
    assert len(lines) == 2
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", told)
    if form == "json":
        assert [json.loads(line)["level"] for line in lines] == ["warning", "warning"]


SECRETS = {
    "a private key": re.compile(rb"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20,}"),
    "a PKCS#12 file": re.compile(rb"^\x30\x82..\x02\x01\x03\x30\x82", re.S),
    "a key of a cloud": re.compile(rb"\b(?:AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{36}|xox[bp]-[0-9A-Za-z-]{20,})\b"),
    "a password in an address": re.compile(rb"\b[a-z]+://[\w.-]+:(?!password|hemligt|secret)[\w!#$%&*.-]{4,}@"),
}


def test_T20_no_secret_is_in_the_repository() -> None:
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT).decode().split("\0")
    found = [
        (name, what)
        for name in names
        if name and (ROOT / name).is_file()
        for what, pattern in SECRETS.items()
        if pattern.search((ROOT / name).read_bytes())
    ]
    assert found == []


def test_T20_the_key_that_is_made_can_be_read_by_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBCERT_DATA_FOLDER", str(tmp_path))
    assert len(Configuration().signing_key) >= 48
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


MIXED = "WEBCERT_SIMULATORS: stand-ins do not run beside real systems ({}); set it to false"


@pytest.mark.parametrize("command", ["up", "web", "worker"])
def test_T22_nothing_starts_with_stand_ins_beside_a_real_system(tmp_path: Path, command: str) -> None:
    """Somebody who is let in by a stand-in of the identity provider must not meet real patients. Stand-ins are on unless turned off."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("WEBCERT_", "DATABASE_URL"))}
    given = {"PYTHONPATH": str(SOURCE), "WEBCERT_DATA_FOLDER": str(tmp_path), "WEBCERT_PU_URL": "https://real.example.se/x"}
    refused = subprocess.run([sys.executable, "-m", "webcert.site", command], env=kept | given, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr.strip() == f"webcert: {MIXED.format('WEBCERT_PU_URL')}"


@pytest.mark.parametrize("name", REAL_SYSTEMS)
def test_T22_every_system_with_real_people_in_it_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("WEBCERT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv(f"WEBCERT_{name.upper()}", "https://real.example.se/x")
    with pytest.raises(ConfigurationError) as refused:
        configuration()
    assert str(refused.value) == MIXED.format(f"WEBCERT_{name.upper()}")
    monkeypatch.setenv("WEBCERT_SIMULATORS", "false")
    assert not configuration().simulators
    monkeypatch.setenv("WEBCERT_SIMULATORS", "true")
    monkeypatch.setenv(f"WEBCERT_{name.upper()}", "http://127.0.0.1:8010/x")
    assert configuration().simulators


def test_T22_only_a_proven_identity_begins_a_session() -> None:
    """`log_in` takes nothing but an Identity, and only the room that proves one calls it; nobody else lets a user in."""
    callers = {
        (path.relative_to(SOURCE).as_posix(), called)
        for path in (SOURCE / "webcert").rglob("*.py")
        for called in re.findall(r"(?<!def )\b(log_in|admit)\(request", path.read_text())
    }
    assert callers == {
        ("webcert/login/views.py", "log_in"),
        ("webcert/staff/login.py", "admit"),
        ("webcert/staff/units.py", "admit"),
    }


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_T21_every_dependency_is_pinned_with_its_hashes(file: str) -> None:
    entries = re.sub(r"\\\n\s*", " ", (ROOT / file).read_text()).splitlines()
    packages = [entry for entry in entries if entry.strip() and not entry.lstrip().startswith("#")]
    assert len(packages) > 20
    for package in packages:
        assert re.match(r"^[\w.\[\],-]+==\S+.* --hash=sha256:[0-9a-f]{64}", package), package[:80]


def test_T21_dependencies_are_installed_by_their_hashes_only() -> None:
    assert (ROOT / "Makefile").read_text().count("--require-hashes") == 2


NIGHTS = {"the hour that comes twice": datetime(2026, 10, 25, 0, 40, tzinfo=UTC), "the lost one": datetime(2026, 3, 29, 0, 40, tzinfo=UTC)}


@pytest.mark.django_db
@pytest.mark.parametrize("begun", NIGHTS.values(), ids=NIGHTS)
def test_T27_a_session_lasts_thirty_minutes_also_when_the_clocks_are_changed(doctor: LoginContext, begun: datetime) -> None:
    background = {"X-Webcert-Background": "1", "Accept": "application/json"}
    with time_machine.travel(begun, tick=False) as clock:
        browser = browser_of(doctor)
        browser.get("/sok")
        clock.shift(30 * 60 - 1)
        assert browser.get("/session", headers=background).json()["seconds_left"] == 1
        clock.shift(2)
        assert browser.get("/session", headers=background).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("night", NIGHTS.values(), ids=NIGHTS)
def test_T27_saves_in_that_night_keep_their_order_and_drafts_their_days(patient: Person, doctor: LoginContext, night: datetime) -> None:
    with time_machine.travel(night, tick=False) as clock:
        draft = actions.create("lisjp", patient=patient, by=doctor)
        moments = []
        for sequence in range(1, 5):
            clock.shift(20 * 60)
            patient.fetched_at = datetime.now(UTC)
            patient.save()
            saved = actions.save(draft.id, fields={"25": str(sequence)}, focus="", revision=draft.revision, sequence=sequence, by=doctor)
            moments.append(saved.draft.saved_at)
        assert [later - earlier for earlier, later in pairwise(moments)] == [timedelta(minutes=20)] * 3
        clock.move_to(night + timedelta(days=14))
        assert ending.lock_old_drafts() == 0
        clock.move_to(night + timedelta(days=15))
        assert ending.lock_old_drafts() == 1
    assert Certificate.objects.get(pk=draft.id).status == Status.LOCKED
