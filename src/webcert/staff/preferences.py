"""Reading and writing a user's preferences. A key belongs to the room that uses it."""

from typing import Any

from webcert.staff.models import UserPreference


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
