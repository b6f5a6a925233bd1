"""The events by name, and how they are told: one line in the log, with the user's HSA-id and a reference to her session.

An event is told where the thing happens. Nothing in it names a patient or repeats what somebody has written; a person who must be
recognised from one line to the next gets a pseudonym. Source: reference/security-and-audit.md §2.
"""

from enum import StrEnum

import structlog

log = structlog.get_logger("webcert.events")

Fact = str | int | None


class Event(StrEnum):
    """What can be told. Names are those of the reference where it has one."""

    USER_LOGIN = "USER_LOGIN"
    USER_LOGOUT = "USER_LOGOUT"
    USER_SESSION_EXPIRY = "USER_SESSION_EXPIRY"
    USER_MISSING_MIU = "USER_MISSING_MIU"
    USER_MISSING_MIU_ON_ENHET = "USER_MISSING_MIU_ON_ENHET"
    USER_SESSIONS_ENDED = "USER_SESSIONS_ENDED"
    LOGIN_FAILED = "LOGIN_FAILED"
    SAML_STATUS_LOGIN_FAIL = "SAML_STATUS_LOGIN_FAIL"
    PP_TERMS_ACCEPTED = "PP_TERMS_ACCEPTED"
    AUTHORIZATION_DENIED = "AUTHORIZATION_DENIED"
    ACTION_REFUSED = "ACTION_REFUSED"
    CSRF_FAILURE = "CSRF_FAILURE"
    RATE_LIMIT_HIT = "RATE_LIMIT_HIT"
    MASS_LOOKUP = "MASS_LOOKUP"
    PU_LOOKUP = "PU_LOOKUP"

    UTKAST_CREATED = "UTKAST_CREATED"
    UTKAST_READ = "UTKAST_READ"
    UTKAST_EDITED = "UTKAST_EDITED"
    UTKAST_CONCURRENTLY_EDITED = "UTKAST_CONCURRENTLY_EDITED"
    UTKAST_DELETED = "UTKAST_DELETED"
    UTKAST_PRINT = "UTKAST_PRINT"
    UTKAST_LOCKED = "UTKAST_LOCKED"
    UTKAST_REVOKED = "UTKAST_REVOKED"
    UTKAST_SIGN_FAILED = "UTKAST_SIGN_FAILED"
    DSS_SIGNATURE_REQUEST_CREATED = "DSS_SIGNATURE_REQUEST_CREATED"
    DSS_SIGNATURE_RESPONSE_RECEIVED = "DSS_SIGNATURE_RESPONSE_RECEIVED"
    DSS_SIGNATURE_RESPONSE_SUCCESS = "DSS_SIGNATURE_RESPONSE_SUCCESS"
    DSS_SIGNATURE_RESPONSE_INVALID = "DSS_SIGNATURE_RESPONSE_INVALID"
    DSS_SIGNATURE_RESPONSE_ERROR_RECEIVED = "DSS_SIGNATURE_RESPONSE_ERROR_RECEIVED"
    INTYG_REGISTERED = "INTYG_REGISTERED"
    INTYG_READ = "INTYG_READ"
    INTYG_PRINT_PDF = "INTYG_PRINT_PDF"
    INTYG_SIGNED = "INTYG_SIGNED"
    INTYG_SENT = "INTYG_SENT"
    INTYG_REVOKED = "INTYG_REVOKED"
    INTYG_ERASED = "INTYG_ERASED"
    INTYG_SIGNATURE_INVALID = "INTYG_SIGNATURE_INVALID"
    INTYG_COPIED = "INTYG_COPIED"
    INTYG_COPIED_RENEWAL = "INTYG_COPIED_RENEWAL"
    INTYG_COPIED_REPLACEMENT = "INTYG_COPIED_REPLACEMENT"
    INTYG_COPIED_COMPLETION = "INTYG_COPIED_COMPLETION"


ALARMING = frozenset(
    {
        Event.LOGIN_FAILED,
        Event.AUTHORIZATION_DENIED,
        Event.USER_MISSING_MIU_ON_ENHET,
        Event.CSRF_FAILURE,
        Event.RATE_LIMIT_HIT,
        Event.MASS_LOOKUP,
        Event.USER_SESSIONS_ENDED,
        Event.INTYG_ERASED,
        Event.INTYG_SIGNATURE_INVALID,
        Event.DSS_SIGNATURE_RESPONSE_INVALID,
    }
)
"""Security events: told as warnings, so that they can be watched for."""


def tell(event: Event, **facts: Fact) -> None:
    """Write the event. Facts are ids, codes and names from a fixed set; who acts is added from the request."""
    (log.warning if event in ALARMING else log.info)(event.value, **facts)
