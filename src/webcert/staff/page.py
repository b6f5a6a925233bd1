"""What the header of every page says for the user who is logged in: her unit, her role, her tabs with what waits behind them.

Pages of higher rooms are known here by the names of their addresses only.
"""

from dataclasses import replace
from functools import cache
from importlib.metadata import version

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from webcert.certificate_types import TYPES
from webcert.staff.counters import Waiting, waiting_for
from webcert.staff.login_context import LoginContext
from webcert.staff.risk import risks_of
from webcert.staff.roles import Role
from webcert.ui.header import About, Header, Tab

TAB_LABELS = {"search": "Sök/skriv intyg", "unhandled": "Ej hanterade ärenden", "drafts": "Ej signerade utkast"}
"""Name of the page's address → label."""

_WRITERS = ("search", "unhandled", "drafts")
TAB_ORDER = {
    Role.DOCTOR: _WRITERS,
    Role.DENTIST: _WRITERS,
    Role.PRIVATE_PRACTITIONER: _WRITERS,
    Role.CARE_ADMINISTRATOR: ("unhandled", "drafts", "search"),
}
"""Source: standalone manual 4; reference/ui.md §1.4."""

COUNTED = {"unhandled": ("ej hanterat ärende", "ej hanterade ärenden"), "drafts": ("ej signerat utkast", "ej signerade utkast")}
"""What the number on a tab counts: one, several."""

ELSEWHERE = {"unhandled": ("ärende", "ärenden"), "drafts": ("utkast", "utkast")}
"""The same in short, for the user's other units together (reference/ui.md §14.8)."""


def header_of(login: LoginContext | None, active: str = "", waiting: Waiting | None = None) -> Header | None:
    """The header for the page template; None until somebody is logged in on a unit.

    `active` is the name of the tab's page that is shown; `waiting` is what waits on the user's units, when the page knows it already.
    Who works through her EHR has the ways on there, and none here (manual I 3.3–3.4, reference/ui.md §1.5).
    """
    if login is None or not login.unit_id:
        return None
    timeout = "timeout-journalsystem" if login.is_integrated else "timeout"
    header = Header(
        unit_name=login.unit.name,
        care_provider_name=login.unit.care_provider_name,
        user_name=login.user.name,
        role_label=login.user.role.label,
        about=_about(),
        notice="Inaktiv enhet" if login.integration.inactive_unit else "",
        session_url=reverse("session"),
        logged_out_url=reverse("logged-out", query={"orsak": timeout}),
        window_url=reverse("window") if login.is_integrated else "",
        risks=risks_of(login.user),
    )
    return header if login.is_integrated else _with_ways_on(header, login, active, waiting or waiting_for(login))


def _with_ways_on(header: Header, login: LoginContext, active: str, waiting: Waiting) -> Header:
    """The header of who works stand-alone: her tabs, and what else leads away from the page."""
    return replace(
        header,
        home_url=home_url(login),
        change_unit_url=reverse("choose-unit") if login.may_change_unit else "",
        account_url=address_of_page("account") if login.user.role is Role.PRIVATE_PRACTITIONER else "",
        logout_url=reverse("log-out"),
        counts_url=reverse("counts"),
        elsewhere=_elsewhere(login, waiting),
        tabs=tuple(_tab(name, login, waiting, active=name == active) for name in TAB_ORDER[login.user.role] if address_of_page(name)),
    )


def _tab(name: str, login: LoginContext, waiting: Waiting, *, active: bool) -> Tab:
    """Messages are counted for the unit and its sub-units, drafts for exactly the unit: as their lists show them (ui.md §1.6)."""
    count = waiting.on(name, login.scope if name == "unhandled" else {login.unit_id})
    counted = _inflected(count, COUNTED[name]) if name in COUNTED else ""
    return Tab(TAB_LABELS[name], address_of_page(name), active, count, counted, urgent=name == "unhandled", name=name)


def _elsewhere(login: LoginContext, waiting: Waiting) -> str:
    """What waits on the user's other units: "2 ärenden och 1 utkast på andra enheter", or nothing."""
    units = {unit.id for unit in login.units} - login.scope
    counts = {tab: waiting.on(tab, units) for tab in ELSEWHERE}
    parts = [f"{count} {_inflected(count, ELSEWHERE[tab])}" for tab, count in counts.items() if count]
    return f"{' och '.join(parts)} på andra enheter" if parts else ""


def _inflected(count: int, words: tuple[str, str]) -> str:
    return words[0] if count == 1 else words[1]


def home_url(login: LoginContext) -> str:
    """The page that the user meets after login: the first of her tabs. Not for who is integrated, who has none."""
    return next(address for name in TAB_ORDER[login.user.role] if (address := address_of_page(name)))


def own_page(request: HttpRequest, target: str) -> str:
    """The address when it leads to a page of ours, else nothing."""
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts=None, require_https=request.is_secure())
    return target if allowed and target.startswith("/") and target.isprintable() else ""


@cache
def address_of_page(name: str) -> str:
    """Where a page of a higher room is; empty while the room that has it is not part of the product."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


@cache
def _about() -> About:
    types = sorted(f"{type.name}, {type.code}".replace("FK ", "FK\u00a0") for type in TYPES.values() if type.issued)
    return About(version("webcert"), tuple(types), reverse("help"))
