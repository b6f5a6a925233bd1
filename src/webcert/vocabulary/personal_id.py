"""Swedish personal identity numbers and coordination numbers (personnummer, samordningsnummer).

A value is always a real date with century and four digits; reserve numbers are never one. Whether a person with the number
exists is the population register's business (`patients`). Source: reference/roles-and-login-context.md §6.6.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from webcert.vocabulary import oids
from webcert.vocabulary.clock import today
from webcert.vocabulary.luhn import luhn_valid

_WITH_CENTURY = re.compile(r"((?:19|20)\d{6})[-+]?(\d{4})", re.ASCII)
_WITHOUT_CENTURY = re.compile(r"(\d{6})([-+]?)(\d{4})", re.ASCII)
_TYPED = re.compile(r"(\d{8})([-+]?)(\d{4})", re.ASCII)

_COORDINATION_DAYS = 60
_OLDEST = 125


class Flaw(StrEnum):
    """Why a text is no identity number."""

    FORMAT = "wrong form, or no century"
    DATE = "no such date"
    FUTURE = "born in the future"
    AGE = "more than 125 years old"
    CHECKSUM = "wrong check digit"


class InvalidPersonalId(ValueError):
    """The text is no identity number; says why, never repeats the text."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True, repr=False)
class PersonalId:
    """An identity number of twelve digits. Two are equal when the digits are.

    Printing it shows only the century and year, so that a number cannot reach a log by accident;
    whoever wants it asks for `digits` or `with_dash()`.
    """

    digits: str

    def __post_init__(self) -> None:
        if not (len(self.digits) == 12 and self.digits.isascii() and self.digits.isdigit()):
            raise InvalidPersonalId(Flaw.FORMAT)
        _birth_date(self.digits[:8])

    @classmethod
    def parse(cls, text: str) -> "PersonalId":
        """The number that another system wrote, with or without century and dash; the check digit is not tested.

        Without century the person was born in the hundred years up to today, and `+` means the hundred years before.
        Raises InvalidPersonalId.
        """
        if match := _WITH_CENTURY.fullmatch(text):
            return cls(match[1] + match[2])
        if match := _WITHOUT_CENTURY.fullmatch(text):
            return cls(_century(match[1], hundred=match[2] == "+") + match[1] + match[3])
        raise InvalidPersonalId(Flaw.FORMAT)

    @classmethod
    def parse_typed(cls, text: str, today: date) -> "PersonalId":
        """The number that a user typed in the search field: century and right check digit required, at most 125 years old.

        Raises InvalidPersonalId.
        """
        match = _TYPED.fullmatch(text.strip())
        if not match:
            raise InvalidPersonalId(Flaw.FORMAT)
        number = cls(match[1] + match[3])
        if number.is_coordination_number and match[2] == "+":
            raise InvalidPersonalId(Flaw.FORMAT)
        if number.birth_date > today:
            raise InvalidPersonalId(Flaw.FUTURE)
        if number.age(today) > _OLDEST:
            raise InvalidPersonalId(Flaw.AGE)
        if not luhn_valid(number.digits[2:]):
            raise InvalidPersonalId(Flaw.CHECKSUM)
        return number

    @property
    def is_coordination_number(self) -> bool:
        """Whether it is a coordination number: 60 is added to the day."""
        return self.digits[6] >= "6"

    @property
    def oid(self) -> str:
        """The OID that tells the kind of number in the RIV-TA contracts."""
        return oids.COORDINATION_NUMBER if self.is_coordination_number else oids.PERSONAL_NUMBER

    @property
    def birth_date(self) -> date:
        """The day the person was born, according to the number."""
        return _birth_date(self.digits[:8])

    def age(self, today: date) -> int:
        """Whole years that the person has lived on the day `today`."""
        born = self.birth_date
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    def with_dash(self) -> str:
        """The number as people read it: ååååmmdd-nnnn."""
        return f"{self.digits[:8]}-{self.digits[8:]}"

    def __repr__(self) -> str:
        return f"PersonalId({self.digits[:4]}…)"

    __str__ = __repr__


def _birth_date(digits: str) -> date:
    """The date in `digits` (ååååmmdd, day as in the number)."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), _day(digits[6:]))
    except ValueError:
        raise InvalidPersonalId(Flaw.DATE) from None


def _day(dd: str) -> int:
    day = int(dd)
    return day - _COORDINATION_DAYS if day > _COORDINATION_DAYS else day


def _century(yymmdd: str, *, hundred: bool) -> str:
    """The two digits that make `yymmdd` the latest date that is not in the future; one century earlier when `hundred`."""
    now = today()
    century = now.year // 100
    born = (century * 100 + int(yymmdd[:2]), int(yymmdd[2:4]), _day(yymmdd[4:]))
    if born > (now.year, now.month, now.day):
        century -= 1
    return str(century - hundred)
