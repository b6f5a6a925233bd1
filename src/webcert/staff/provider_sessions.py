"""Single logout: which session of ours belongs to which session at an identity provider.

A session's key changes while the user works (session.py); what is noted here follows it. Source: reference/login-and-signing.md §2.7.
"""

from collections.abc import Sequence

from django.contrib.sessions.models import Session
from django.http import HttpRequest

from webcert.staff.identity import ProviderSession
from webcert.staff.models import ProviderLogin


def note(request: HttpRequest, session: ProviderSession) -> None:
    """Remember where the user logged in from."""
    request.session.save()
    assert request.session.session_key
    ProviderLogin.objects.create(
        session_key=request.session.session_key, registration=session.registration, name_id=session.name_id, index=session.index
    )


def follow(former_key: str | None, key: str | None) -> None:
    """The session goes on under another key."""
    if former_key and key:
        ProviderLogin.objects.filter(session_key=former_key).update(session_key=key)


def taken(request: HttpRequest) -> ProviderSession | None:
    """Where the user logged in from, which is then forgotten; None when she did not come from a provider."""
    noted = ProviderLogin.objects.filter(session_key=request.session.session_key).first()
    if noted is None:
        return None
    noted.delete()
    return ProviderSession(noted.registration, noted.name_id, noted.index)


def end(registration: str, name_id: str, indexes: Sequence[str]) -> int:
    """End the sessions that the provider opened under that name, all or those with one of the indexes; gives how many.

    Without a name the indexes say which; without either nothing is meant.
    """
    noted = ProviderLogin.objects.filter(registration=registration)
    if name_id or not indexes:
        noted = noted.filter(name_id=name_id)
    if indexes:
        noted = noted.filter(index__in=indexes)
    ended, _ = Session.objects.filter(session_key__in=noted.values("session_key")).delete()
    noted.delete()
    return ended


def forget_ended() -> None:
    """Forget what belongs to sessions that are no more."""
    ProviderLogin.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
