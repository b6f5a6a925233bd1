"""Logging in and out. Whatever way a person proves who she is ends in `log_in` with her HSA-id; the rest is asked of HSA.

Source: reference/roles-and-login-context.md §1.2, §4.2.
"""

from enum import Enum

import structlog
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from webcert.staff import hsa, risk
from webcert.staff.hsa import Employee, HsaUnavailable
from webcert.staff.login_context import LoginContext, Method, Position, User
from webcert.staff.organisation import units_of
from webcert.staff.roles import Role, role_of
from webcert.staff.session import hold, keep
from webcert.vocabulary import clock

log = structlog.get_logger("webcert.login")


class Refusal(Enum):
    """Why a login ends (reference/ui.md §1.12)."""

    NO_EMPLOYEE = "login.failed"
    NO_ASSIGNMENT = "login.medarbetaruppdrag"
    HSA_UNAVAILABLE = "login.hsaerror"


class LoginRefused(Exception):
    """The person is who she is, but cannot work in Webcert now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def log_in(request: HttpRequest, hsa_id: str, method: Method) -> None:
    """Begin a session for the person whose identity has been proven. With one care unit it is chosen at once (A-024).

    Who has protected identity and has not accepted the risk is not logged in until she does (A-114, `accept_risk`).
    Raises LoginRefused; nobody is logged in then.
    """
    request.session.flush()
    try:
        login = _context(hsa_id, method)
    except HsaUnavailable as error:
        log.warning("HSA cannot be asked", error=str(error))
        raise LoginRefused(Refusal.HSA_UNAVAILABLE) from error
    if risk.must_accept(login.user):
        hold(request, login)
        return
    _begin(request, login)


def accept_risk(request: HttpRequest, login: LoginContext) -> None:
    """Log in who was held until she accepted the risk, and remember that she did."""
    risk.accept(login.user)
    _begin(request, login)


def _begin(request: HttpRequest, login: LoginContext) -> None:
    keep(request, login)
    rotate_token(request)
    log.info("logged in", user=login.user.hsa_id, role=login.user.role, method=login.method)


def log_out(request: HttpRequest) -> None:
    """End the session and forget all in it."""
    request.session.flush()


def _context(hsa_id: str, method: Method) -> LoginContext:
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
    login = LoginContext(_user(hsa_id, employee, role), units, unit_id="", method=method)
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
