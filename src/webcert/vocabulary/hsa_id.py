"""HSA-ids: the names that the national directory HSA gives to persons, units and care providers.

Only their form is judged here; whether one exists is asked of HSA (`staff`). Source: reference/roles-and-login-context.md §6.6.
"""

import re

from webcert.vocabulary.luhn import luhn_valid

_LONGEST = 31
_LOCAL_PART = r"[0-9A-Za-z '()+,\-./:=?]+"
_STRICT = re.compile(rf"SE(?:16)?(\d{{10}})-{_LOCAL_PART}", re.ASCII)
_RELAXED = re.compile(rf"[A-Z]{{2,4}}(?:16)?(\d{{10}})-{_LOCAL_PART}", re.ASCII)


def is_hsa_id(text: str) -> bool:
    """Whether `text` has the form of a real HSA-id: SE, a valid organisation number, a dash and a local part."""
    return _matches(_STRICT, text)


def is_hsa_id_or_test_id(text: str) -> bool:
    """As `is_hsa_id`, but two to four capital letters may stand instead of SE, as in test data."""
    return _matches(_RELAXED, text)


def _matches(form: re.Pattern[str], text: str) -> bool:
    match = form.fullmatch(text)
    return match is not None and len(text) <= _LONGEST and luhn_valid(match[1])
