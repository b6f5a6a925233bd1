"""The invented staff of the stand-ins, offered on the start page while the stand-ins run.

Elsewhere there is no such list, and no such login.
"""

from dataclasses import dataclass
from functools import cache

import httpx
from django.conf import settings
from pydantic import TypeAdapter, ValidationError

_TIMEOUT = 2.0


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person; `about` says what she is good for in a test."""

    hsaId: str
    name: str
    role: str
    about: str


_LIST: TypeAdapter[tuple[Invented, ...]] = TypeAdapter(tuple[Invented, ...])


def invented_staff() -> tuple[Invented, ...]:
    """Whom the stand-ins know; empty when none run."""
    url = settings.WEBCERT.simulators_url
    if url is None:
        return ()
    try:
        return _LIST.validate_json(_client().get(f"{url}/staff.json").content)
    except (httpx.HTTPError, ValidationError):
        return ()


@cache
def _client() -> httpx.Client:
    return httpx.Client(timeout=_TIMEOUT, trust_env=False)
