"""The types of certificate that a user has pinned on top of the list (manual S 5.2.1)."""

from webcert.staff.login_context import User
from webcert.staff.preferences import preference, set_preference

KEY = "favourites"


def favourites_of(user: User) -> frozenset[str]:
    """The ids of the user's pinned types."""
    return frozenset(preference(user.hsa_id, KEY, default=()))


def set_favourite(user: User, type_id: str, *, pinned: bool) -> None:
    """Pin the type for the user, or unpin it."""
    others = favourites_of(user) - {type_id}
    set_preference(user.hsa_id, KEY, sorted(others | {type_id} if pinned else others))
