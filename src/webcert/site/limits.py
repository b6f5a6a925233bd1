"""How large what is sent may be, and how often something may be asked for: two tables by the names of addresses.

What is not in a table has the ordinary body and may be asked for as often as the machine can. Source:
reference/security-and-audit.md §4.3, whose numbers per network address are raised: a hospital may share one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from webcert.staff.session import login_of
from webcert.staff.visitor import address

FORM, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Body:
    """What may be sent: at most so many bytes, as one of these content types."""

    largest: int
    kinds: frozenset[str]


ORDINARY = Body(256 * 1024, frozenset({FORM, MULTIPART}))

BODIES = {
    "sign-service-answer": Body(2 * 1024 * 1024, frozenset({FORM})),
    "save": Body(1024 * 1024, frozenset({JSON})),
}


def user(request: HttpRequest) -> str | None:
    """Who acts. Nobody who is not logged in gets far enough to be counted."""
    login = login_of(request)
    return login.user.hsa_id if login else None


@dataclass(frozen=True, slots=True)
class Limit:
    """How many times in so many seconds by one `who`; `setting` names the number. What only `alarms` is told in the log and let through."""

    name: str
    setting: str
    seconds: int
    who: Callable[[HttpRequest], str | None]
    alarms: bool = False

    @property
    def most(self) -> int:
        """The number."""
        most: int = getattr(settings.WEBCERT, self.setting)
        return most


LOOKUPS = Limit("lookups", "limit_lookups", MINUTE, user)
MASS_LOOKUPS = Limit("mass-lookups", "alarm_lookups", HOUR, user, alarms=True)
SIGNINGS = Limit("signings", "limit_signings", 10 * MINUTE, user)
BANKID_ORDERS = Limit("bankid-orders", "limit_bankid_orders", 10 * MINUTE, user)
LOGINS = Limit("logins", "limit_logins", MINUTE, address)
PROVIDERS_ANSWERS = Limit("providers-answers", "limit_logins", MINUTE, address)

LIMITS = {
    ("POST", "search"): (LOOKUPS, MASS_LOOKUPS),
    ("POST", "sign"): (SIGNINGS,),
    ("POST", "start-bankid"): (BANKID_ORDERS,),
    ("GET", "authenticate"): (LOGINS,),
    ("GET", "oidc-callback"): (PROVIDERS_ANSWERS,),
    ("POST", "assertion-consumer"): (PROVIDERS_ANSWERS,),
    ("POST", "single-logout"): (PROVIDERS_ANSWERS,),
    ("POST", "back-channel-logout"): (PROVIDERS_ANSWERS,),
}
"""Requests that are counted: method and name of the address → by which limits."""
