"""How a stand-in behaves at the moment: as it should, slowly, or in one of the ways that real services fail."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from simulators.forms import form_of
from simulators.soap import fault
from simulators.store import Store

MODES = {
    "normal": "Svarar som vanligt",
    "slow": "Svarar långsamt",
    "down": "Är nere (HTTP 503)",
    "error": "Svarar HTTP 500",
    "fault": "Svarar med SOAP-fel",
    "garbage": "Svarar med något obegripligt",
}
"""Ways to behave that every stand-in has."""

_LONGEST_WAIT = 600.0


def mode_of(store: Store, service: str) -> tuple[str, float]:
    """The service's mode and, for the slow one, its number of seconds."""
    row = store.row("SELECT mode, seconds FROM mode WHERE service = ?", service)
    return (row["mode"], row["seconds"]) if row else ("normal", 5.0)


async def set_mode(request: Request, service: str, allowed: dict[str, str]) -> str | None:
    """Set the mode from a posted form (`mode`, and `seconds` for the slow one); the error to show when the form is wrong."""
    form = await form_of(request)
    mode = form.get("mode", "")
    try:
        seconds = float(form.get("seconds", "5").replace(",", "."))
    except ValueError:
        seconds = -1
    if mode not in allowed or not 0 <= seconds <= _LONGEST_WAIT:
        return "Okänt läge, eller antal sekunder som inte är 0–600."
    store: Store = request.app.state.store
    store.change("INSERT OR REPLACE INTO mode VALUES (?, ?, ?)", service, mode, seconds)
    return None


async def misbehave(store: Store, service: str) -> Response | None:
    """Wait or fail as the mode says; None when the call is to be answered as usual."""
    mode, seconds = mode_of(store, service)
    if mode == "slow":
        await asyncio.sleep(seconds)
    return _failure(mode)


def _failure(mode: str) -> Response | None:
    match mode:
        case "down":
            return Response("Service unavailable", 503, media_type="text/plain")
        case "error":
            return Response("<html><body>Internal error</body></html>", 500, media_type="text/html")
        case "fault":
            return fault("Server", "The stand-in was told to fail")
        case "garbage":
            return Response(b"<soap:Envelope>\x00\xff oj", 200, media_type="text/xml")
    return None
