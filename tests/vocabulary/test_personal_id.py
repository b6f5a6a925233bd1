"""Identity numbers: every vector of reference/roles-and-login-context.md §6.6."""

from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from webcert.vocabulary.personal_id import Flaw, InvalidPersonalId, PersonalId

TODAY = date(2019, 10, 1)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1212121212", "201212121212"),
        ("121212-1212", "201212121212"),
        ("121212+1212", "191212121212"),
        ("600101+1111", "186001011111"),
        ("920926-2386", "199209262386"),
        ("199209262386", "199209262386"),
        ("19920926-2386", "199209262386"),
        ("19121212+1212", "191212121212"),
        ("701063-2391", "197010632391"),
        ("191212121213", "191212121213"),
    ],
)
def test_numbers_from_other_systems_are_read_with_their_century_and_without_testing_the_check_digit(text: str, digits: str) -> None:
    with time_machine.travel(TODAY, tick=False):
        assert PersonalId.parse(text).digits == digits


@pytest.mark.parametrize(("day", "century"), [(date(2019, 10, 1), "19"), (date(2019, 10, 2), "20"), (date(2101, 1, 1), "20")])
def test_ten_digits_are_never_born_in_the_future(day: date, century: str) -> None:
    with time_machine.travel(day, tick=False):
        assert PersonalId.parse("191002-1234").digits[:2] == century
        assert PersonalId.parse("191062-1234").digits[:2] == century


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "21121212-1212",
        "121212+112",
        "21212-1212",
        "186001011111",
        "20191399-1234",
        "20190230-1234",
        "19121260-1212",
        "1912121212TF",
        "992000123456",
        "１９１２１２１２１２１２",
        "19121212-1212\n",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidPersonalId):
        PersonalId.parse(text)


@pytest.mark.parametrize("number", ["191212121212", "199901042383", "199209262386", "197010632391", "195401875769"])
@pytest.mark.parametrize("dash", ["", "-"])
def test_official_test_numbers_can_be_typed(number: str, dash: str) -> None:
    typed = f" {number[:8]}{dash}{number[8:]} "
    assert PersonalId.parse_typed(typed, TODAY).with_dash() == f"{number[:8]}-{number[8:]}"


def test_a_plus_may_be_typed_for_a_personal_number_only() -> None:
    assert PersonalId.parse_typed("19121212+1212", TODAY).digits == "191212121212"
    with pytest.raises(InvalidPersonalId):
        PersonalId.parse_typed("19701063+2391", TODAY)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.FORMAT),
        ("1212121212", Flaw.FORMAT),
        ("121212-1212", Flaw.FORMAT),
        ("19121212--1212", Flaw.FORMAT),
        ("19121212TF12", Flaw.FORMAT),
        ("191212121213", Flaw.CHECKSUM),
        ("197010632392", Flaw.CHECKSUM),
        ("201902291234", Flaw.DATE),
        ("197013632391", Flaw.DATE),
        ("197010922391", Flaw.DATE),
        ("201910021234", Flaw.FUTURE),
        ("189310011234", Flaw.AGE),
    ],
)
def test_what_may_not_be_typed(text: str, flaw: Flaw) -> None:
    with pytest.raises(InvalidPersonalId) as refused:
        PersonalId.parse_typed(text, TODAY)
    assert refused.value.flaw is flaw


def test_the_oldest_and_the_newest_that_may_be_typed() -> None:
    oldest = PersonalId.parse_typed("191212121212", date(2038, 12, 11))
    assert oldest.age(date(2038, 12, 11)) == 125
    with pytest.raises(InvalidPersonalId):
        PersonalId.parse_typed("191212121212", date(2038, 12, 12))
    assert PersonalId.parse_typed("201212121212", date(2012, 12, 12)).age(date(2012, 12, 12)) == 0


def test_kinds_and_roots() -> None:
    personal, coordination = PersonalId("191212121212"), PersonalId("195401875769")
    assert (personal.is_coordination_number, personal.oid) == (False, "1.2.752.129.2.1.3.1")
    assert (coordination.is_coordination_number, coordination.oid) == (True, "1.2.752.129.2.1.3.3")
    assert coordination.birth_date == date(1954, 1, 27)


def test_printing_a_number_or_its_refusal_does_not_show_it() -> None:
    number = PersonalId("191212121212")
    for text in (str(number), repr(number), f"{number}", repr([number])):
        assert "1212121212" not in text
    with pytest.raises(InvalidPersonalId) as refused:
        PersonalId.parse("191313131313")
    assert "1313" not in repr(refused.value)


@given(st.text(alphabet="0123456789-+ TF", max_size=16))
def test_a_refusal_is_the_only_error(text: str) -> None:
    for read in (PersonalId.parse, lambda text: PersonalId.parse_typed(text, TODAY)):
        try:
            number = read(text)
        except InvalidPersonalId:
            continue
        assert PersonalId.parse(number.with_dash()) == number or number.digits < "19"
