"""What the header of every page says for the user who is logged in: her unit, her role, her tabs in her role's order.

Pages of higher rooms are known here by the names of their addresses only.
"""

from collections.abc import Mapping
from functools import cache
from importlib.metadata import version

from django.urls import NoReverseMatch, reverse

from webcert.certificate_types import TYPES
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.ui.header import About, Header, Tab

TAB_LABELS = {"search": "Sök/skriv intyg", "unhandled": "Ej hanterade ärenden", "drafts": "Ej signerade utkast"}
"""Name of the page's address → label."""

_WRITERS = ("search", "unhandled", "drafts")
TAB_ORDER = {Role.DOCTOR: _WRITERS, Role.DENTIST: _WRITERS, Role.CARE_ADMINISTRATOR: ("unhandled", "drafts", "search")}
"""Source: standalone manual 4; reference/ui.md §1.4."""


def header_of(login: LoginContext | None, active: str = "", counts: Mapping[str, int] | None = None) -> Header | None:
    """The header for the page template; None until somebody is logged in on a unit.

    `active` is the name of the tab's page that is shown; `counts` are the numbers on the tabs, by the same names.
    """
    if login is None or not login.unit_id:
        return None
    counts = counts or {}
    several = len(login.units) > 1
    return Header(
        unit_name=login.unit.name,
        care_provider_name=login.unit.care_provider_name,
        user_name=login.user.name,
        role_label=login.user.role.label,
        about=_about(),
        home_url=home_url(login),
        change_unit_url=reverse("choose-unit") if several else "",
        logout_url=reverse("log-out"),
        session_url=reverse("session"),
        logged_out_url=reverse("logged-out", query={"orsak": "timeout"}),
        tabs=tuple(
            Tab(TAB_LABELS[name], _address(name), name == active, counts.get(name, 0), urgent=name == "unhandled")
            for name in TAB_ORDER[login.user.role]
            if _address(name)
        ),
    )


def home_url(login: LoginContext) -> str:
    """The page that the user meets after login: the first of her tabs."""
    return next(address for name in TAB_ORDER[login.user.role] if (address := _address(name)))


@cache
def _address(name: str) -> str:
    """Where the tab leads; empty while the room that has the page is not part of the product."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _about() -> About:
    types = sorted(f"{type.name}, {type.code}" for type in TYPES.values())
    return About(version("webcert"), tuple(types), reverse("help"))
