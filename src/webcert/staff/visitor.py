"""Where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str | None:
    """The network address of the user's browser: as the proxies say that stand in front of us, by the setting, and nobody else."""
    passed = [seen.strip() for seen in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.WEBCERT.proxies
    trusted = passed[-proxies] if 0 < proxies <= len(passed) else ""
    return trusted or request.META.get("REMOTE_ADDR")
