"""The client of PU and the look-up, against the stand-in."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from lxml import etree

from shared import shared
from simulated import Simulators
from simulators.contracts import Contracts
from webcert.patients import pu as register
from webcert.patients.actions import Lookup, Status, look_up, look_up_all
from webcert.patients.models import Person
from webcert.patients.pu import PuUnavailable
from webcert.patients.queries import person_of
from webcert.vocabulary.personal_id import PersonalId

TOLVAN, BJORN, COORDINATION = PersonalId("191212121212"), PersonalId("196910211637"), PersonalId("197010632391")
MARKED, REGISTERED, DECEASED = PersonalId("198001910002"), PersonalId("195401872394"), PersonalId("190503279812")
TEST_PERSON, NOBODY = PersonalId("195401782395"), PersonalId("200001010101")


def test_the_request_keeps_the_contract() -> None:
    message = etree.fromstring(register.request([TOLVAN, COORDINATION]))
    assert Contracts(shared("rivta")).flaws(message) == []
    assert [root.text for root in message.iterfind(".//{*}root")] == ["1.2.752.129.2.1.3.1", "1.2.752.129.2.1.3.3"]


def test_what_pu_tells_is_understood(pu: Simulators) -> None:
    asked = [TOLVAN, BJORN, COORDINATION, MARKED, REGISTERED, DECEASED, TEST_PERSON, NOBODY]
    told = register.persons(asked)
    assert set(told) == set(asked) - {NOBODY}
    bjorn = told[BJORN]
    assert (bjorn.given_name, bjorn.middle_name, bjorn.surname) == ("Björn", "Erik", "Öberg")
    assert (bjorn.street, bjorn.postcode, bjorn.town) == ("c/o Dahl, Skogsstigen 3", "87298", "Sjövik")
    assert (told[MARKED].street, told[MARKED].postcode) == ("", "")
    assert [number for number, person in told.items() if person.protected] == [MARKED, REGISTERED]
    assert [number for number, person in told.items() if person.deceased] == [DECEASED]
    assert [number for number, person in told.items() if person.test_indicated] == [TEST_PERSON]


@pytest.mark.django_db
def test_a_person_who_exists_for_tests_only_is_not_found_unless_the_operator_allows_it(pu: Simulators, settings: Any) -> None:
    assert look_up(TEST_PERSON).status is Status.NOT_FOUND
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"test_patients": True, "pu_cache_seconds": 60})
    found = look_up(TEST_PERSON)
    assert found.person
    assert found.person.test_indicated
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"test_patients": False})
    assert look_up(TEST_PERSON).status is Status.NOT_FOUND


@pytest.mark.django_db
def test_several_are_looked_up_with_one_question_for_those_who_are_not_known_well_enough(
    pu: Simulators, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 60})
    look_up(TOLVAN)
    with django_assert_num_queries(3):  # those who are known, those whom PU told of are kept and read
        found = look_up_all([TOLVAN.digits, BJORN.digits, DECEASED.digits, BJORN.digits])
    assert {number: lookup.status for number, lookup in found.items()} == dict.fromkeys(
        (TOLVAN.digits, BJORN.digits, DECEASED.digits), Status.FOUND
    )
    pu.set_mode("pu", "down")
    assert look_up_all([TOLVAN.digits, MARKED.digits])[MARKED.digits].status is Status.ERROR
    assert look_up_all([TOLVAN.digits, MARKED.digits])[TOLVAN.digits].status is Status.FOUND


def test_many_are_asked_for_in_batches(pu: Simulators, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "LARGEST_BATCH", 2)
    assert len(register.persons([TOLVAN, BJORN, COORDINATION, MARKED, DECEASED])) == 5
    assert register.persons([]) == {}


@pytest.mark.parametrize("mode", ["down", "error", "fault", "garbage", "slow"])
@pytest.mark.django_db
def test_when_pu_does_not_answer_what_was_known_is_kept_and_not_trusted(
    pu: Simulators, settings: Any, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    known = look_up(TOLVAN).person
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"outside_timeout_seconds": 0.2})
    register._client.cache_clear()
    pu.set_mode("pu", mode, seconds=0.5)
    with caplog.at_level(logging.DEBUG):
        assert look_up(TOLVAN) == Lookup(Status.ERROR, known)
        assert look_up(BJORN) == Lookup(Status.ERROR, None)
    assert not look_up(TOLVAN).certain
    assert TOLVAN.digits not in caplog.text


def test_without_an_address_nobody_is_asked(settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_url": None})
    with pytest.raises(PuUnavailable, match="no address"):
        register.persons([TOLVAN])


@pytest.mark.parametrize("number", [TEST_PERSON, NOBODY])
@pytest.mark.django_db
def test_unknown_persons_and_those_who_exist_for_tests_are_not_found(pu: Simulators, number: PersonalId) -> None:
    assert look_up(number) == Lookup(Status.NOT_FOUND, None)
    assert look_up(number).certain


@pytest.mark.django_db
def test_the_handle_of_a_person_stays_when_the_facts_change(pu: Simulators) -> None:
    before = look_up(TOLVAN).person
    pu.post("/pu/person", number=TOLVAN.digits, surname="Nyman", deceased="true", protection="sekretessmarkering")
    after = look_up(TOLVAN).person
    assert before
    assert after
    assert before.id == after.id
    assert (after.name, after.number) == ("Tolvan Nyman", "19121212-1212")
    assert (after.deceased, after.protected) == (True, True)
    assert person_of(before.id) == after
    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_pu_is_not_asked_again_within_the_cache_time(pu: Simulators, settings: Any, django_assert_num_queries: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"pu_cache_seconds": 60})
    with time_machine.travel(datetime(2026, 11, 21, 10, 0, tzinfo=UTC), tick=False) as clock:
        look_up(TOLVAN)
        pu.set_mode("pu", "down")
        clock.shift(59)
        with django_assert_num_queries(1):
            assert look_up(TOLVAN).status is Status.FOUND
        clock.shift(2)
        assert look_up(TOLVAN).status is Status.ERROR


def test_a_person_prints_without_her_number() -> None:
    assert TOLVAN.digits not in repr(Person(personal_id=TOLVAN.digits))
