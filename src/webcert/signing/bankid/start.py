"""The link that starts BankID on the device where the browser is."""

from dataclasses import dataclass
from urllib.parse import urlencode

UNIVERSAL = "https://app.bankid.com/"
SCHEME = "bankid:///"

_APPLE, _PHONES = ("iPhone", "iPad"), ("iPhone", "iPad", "Android")


@dataclass(frozen=True, slots=True)
class StartLink:
    """Where the link leads. `beside`: it opens a page, which must not take the place of the one that waits for the signature."""

    url: str
    beside: bool


def start_link(auto_start_token: str, *, browser: str, way_back: str, app_url: str | None = None) -> StartLink:
    """The link for that browser (its User-Agent). Apple's phones are told the way back, since they do not find it themselves.

    `app_url` takes the place of the app, where there is a page instead of it.
    """
    is_apple, is_phone = (any(name in browser for name in names) for names in (_APPLE, _PHONES))
    query = urlencode({"autostarttoken": auto_start_token, "redirect": way_back if is_apple else "null"})
    if app_url:
        return StartLink(f"{app_url}?{query}", beside=True)
    return StartLink(f"{UNIVERSAL if is_phone else SCHEME}?{query}", beside=False)
