"""Logging in and out, when it is proven who somebody is: what HSA knows of an employee, what must be accepted first, the session.

How it is proven is the business of the room `login`.

Source: reference/roles-and-login-context.md §1.2, §4.2.
"""

from enum import Enum

import structlog
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from webcert.monitoring.events import Event, tell
from webcert.staff import hsa, provider_sessions, risk, terms
from webcert.staff.hsa import Employee, HsaUnavailable
from webcert.staff.identity import Identity, ProviderSession
from webcert.staff.login_context import LoginContext, Position, User
from webcert.staff.organisation import units_of
from webcert.staff.roles import Role, role_of
from webcert.staff.session import admit, hold, login_of
from webcert.vocabulary import clock

log = structlog.get_logger("webcert.login")


class Refusal(Enum):
    """Why a login ends (reference/ui.md §1.12)."""

    NO_EMPLOYEE = "login.failed"
    NO_ASSIGNMENT = "login.medarbetaruppdrag"
    HSA_UNAVAILABLE = "login.hsaerror"
    NO_ACCOUNT = "login.no-account"
    NOT_AUTHORISED = "login.not-authorised"
    REGISTER_UNAVAILABLE = "login.registererror"
    PU_UNAVAILABLE = "pu-problem"


class LoginRefused(Exception):
    """The person is who she is, but cannot work in Webcert now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def begin(request: HttpRequest, login: LoginContext, session: ProviderSession | None = None) -> None:
    """Begin a session for the user. `session` is the one at the identity provider that it belongs to.

    Who has protected identity and has not accepted the risk (A-114), or is a private practitioner who has not accepted the terms of
    use (A-180), is not logged in until she does.
    """
    request.session.flush()
    _begin_or_hold(request, login)
    if session:
        if session.ends_at:
            request.session["ends_at"] = session.ends_at
        provider_sessions.note(request, session)


def accept_risk(request: HttpRequest, login: LoginContext) -> None:
    """Remember that who was held knows the risk, and log her in unless there is more to accept."""
    risk.accept(login.user)
    _begin_or_hold(request, login)


def accept_terms(request: HttpRequest, login: LoginContext) -> None:
    """Remember that who was held has accepted the terms of use, and log her in unless there is more to accept."""
    terms.accept(login.user)
    _begin_or_hold(request, login)


def to_accept(login: LoginContext) -> str:
    """The name of the page with what the user must accept first; empty when there is nothing."""
    if risk.must_accept(login.user):
        return "accept-risk"
    return "accept-terms" if terms.must_accept(login.user) else ""


def _begin_or_hold(request: HttpRequest, login: LoginContext) -> None:
    if to_accept(login):
        hold(request, login)
        return
    admit(request, login)
    rotate_token(request)
    tell(Event.USER_LOGIN, role=login.user.role, scheme=login.method, origin=login.origin)


def log_out(request: HttpRequest) -> ProviderSession | None:
    """End the session and forget all in it; gives the session at the identity provider that it belonged to."""
    login = login_of(request)
    if login:
        tell(Event.USER_LOGOUT, scheme=login.method)
    session = provider_sessions.taken(request)
    request.session.flush()
    return session


def context_of(identity: Identity) -> LoginContext:
    """The login context of an employee, as HSA knows her. With one care unit it is chosen at once (A-024). Raises LoginRefused."""
    try:
        return _told_by_hsa(identity)
    except HsaUnavailable as error:
        log.warning("HSA cannot be asked", error=str(error))
        raise LoginRefused(Refusal.HSA_UNAVAILABLE) from error


def _told_by_hsa(identity: Identity) -> LoginContext:
    hsa_id = identity.hsa_id
    employee = hsa.employee(hsa_id)
    if employee is None:
        raise LoginRefused(Refusal.NO_EMPLOYEE)
    credentials = hsa.credentials(hsa_id)
    units = units_of(credentials.assignments, clock.now())
    if not units:
        raise LoginRefused(Refusal.NO_ASSIGNMENT)
    role = role_of(
        employee.licences | credentials.licences,
        credentials.position_codes | {code for code, _ in employee.positions},
        credentials.prescription_codes,
    )
    login = LoginContext(
        _user(hsa_id, employee, role), units, unit_id="", method=identity.method, signing_provider=identity.signing_provider
    )
    only, *others = login.care_units
    return login if others else login.at(only.id)


def _user(hsa_id: str, employee: Employee, role: Role) -> User:
    return User(
        hsa_id=hsa_id,
        name=employee.name,
        role=role,
        positions=tuple(Position(code, name) for code, name in sorted(employee.positions)),
        specialities=tuple(sorted(employee.specialities)),
        protected=employee.protected,
    )
