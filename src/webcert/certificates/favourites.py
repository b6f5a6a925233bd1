"""The types of certificate that a user has pinned on top of the list (manual S 5.2.1)."""

from django.http import HttpRequest

from webcert.staff.preferences import kept, preference, remember
from webcert.staff.session import by

KEY = "favourites"


def favourites_of(request: HttpRequest) -> frozenset[str]:
    """The ids of the types that the user who acts has pinned."""
    return frozenset(kept(request, KEY, default=[]))


def set_favourite(request: HttpRequest, type_id: str, *, pinned: bool) -> None:
    """Pin the type for the user who acts, or unpin it."""
    others = frozenset(preference(by(request).user.hsa_id, KEY, default=())) - {type_id}
    remember(request, KEY, sorted(others | {type_id} if pinned else others))
