"""Names for persons and sessions in the log: the same one each time, and of no use to who has the log but not the secret key.

A plain hash would not do: all personal identity numbers can be tried in minutes (reference/security-and-audit.md §2).
"""

from django.utils.crypto import salted_hmac

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def in_letters(hexadecimal: str) -> str:
    """The same without digits, which in a row would be taken for an identity number and masked (site/logs.py)."""
    return hexadecimal.translate(_LETTERS)


def pseudonym(purpose: str, value: str) -> str:
    """Twenty letters that stand for the value; other ones for another purpose, and after a change of the secret key."""
    return in_letters(salted_hmac(f"webcert.monitoring.{purpose}", value, algorithm="sha256").hexdigest()[:20])
