"""Reading the access log: the search and its edges, and how far behind the log service is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from audit.logbook import LILLTOLVAN, TOLVAN, doctor, write, write_many  # noqa: F401
from clinic import unit, working
from webcert.audit.models import Undelivered
from webcert.audit.queries import oldest_waiting, search, standing
from webcert.audit.sealing import seal_waiting
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_a_search_finds_what_fits_all_that_is_asked(doctor: LoginContext) -> None:
    other = working("Erik Sand", Role.DOCTOR, unit("SE2321000990-9999", "Annan enhet"))
    hers, his = write(doctor), write(other, LILLTOLVAN)
    assert list(search()) == [hers, his]
    assert list(search(patient_id=TOLVAN)) == [hers]
    assert list(search(user_id=other.user.hsa_id)) == [his]
    assert list(search(unit_id="SE2321000990-9999")) == [his]
    assert list(search(patient_id=TOLVAN, unit_id="SE2321000990-9999")) == []


def test_a_search_in_time_includes_the_start_and_not_the_end() -> None:
    entries = write_many(4)
    assert list(search(start=START + timedelta(seconds=1), end=START + timedelta(seconds=3))) == entries[1:3]


def test_the_standing_tells_what_is_left_to_do(doctor: LoginContext) -> None:
    assert (standing().last, standing().unsealed, standing().undelivered) == (None, 0, 0)
    write(doctor)
    assert (standing().last, standing().unsealed, standing().undelivered) == (None, 1, 0)
    seal = seal_waiting()
    assert (standing().last, standing().unsealed, standing().undelivered) == (seal, 0, 1)


def test_the_oldest_that_waits_is_known_before_and_after_it_is_sealed(client: Client) -> None:
    assert oldest_waiting() is None
    write_many(2)
    assert oldest_waiting() == START
    seal_waiting()
    assert oldest_waiting() == START
    with time_machine.travel(START + timedelta(minutes=20), tick=False):
        assert "webcert_access_log_seconds 1200.0" in client.get("/metrics").content.decode()
    Undelivered.objects.all().delete()
    assert oldest_waiting() is None
    assert "webcert_access_log_seconds 0.0" in client.get("/metrics").content.decode()
