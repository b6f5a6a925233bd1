"""Reading and writing a user's preferences. A key belongs to the room that uses it."""

from typing import Any

from django.http import HttpRequest

from webcert.staff.models import UserPreference
from webcert.staff.session import by

CHOICES = frozenset({"panel_hidden", "skip_renew_dialog"})
"""Choices between yes and no that pages post by themselves: whether the support panel is hidden; "Visa inte igen" in "Förnya intyg"."""


def preference(hsa_id: str, key: str, default: Any = None) -> Any:
    """What the user has chosen under the key, else `default`."""
    kept = UserPreference.objects.filter(hsa_id=hsa_id, key=key).values_list("value", flat=True).first()
    return default if kept is None else kept


def set_preference(hsa_id: str, key: str, value: Any) -> None:
    """Remember the user's choice, a JSON value other than null."""
    UserPreference.objects.bulk_create(
        [UserPreference(hsa_id=hsa_id, key=key, value=value)],
        update_conflicts=True,
        unique_fields=["hsa_id", "key"],
        update_fields=["value"],
    )


def kept(request: HttpRequest, key: str, default: Any) -> Any:
    """What the user who acts has chosen, else `default`. Asked of the database once in a session."""
    if key not in request.session:
        request.session[key] = preference(by(request).user.hsa_id, key, default)
    return request.session[key]


def chosen(request: HttpRequest, key: str) -> bool:
    """The same for a choice between yes and no; no when nothing has been chosen."""
    value: bool = kept(request, key, default=False)
    return value


def remember(request: HttpRequest, key: str, value: Any) -> None:
    """Keep a choice of the user who acts."""
    set_preference(by(request).user.hsa_id, key, value)
    request.session[key] = value
