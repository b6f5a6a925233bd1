"""The user's session as a ticket knows it."""

from django.http import HttpRequest

from webcert.monitoring.pseudonyms import pseudonym


def session_of(request: HttpRequest) -> str:
    """A name for the session that is of no use to who has it."""
    return pseudonym("signing", request.session.session_key or "")
