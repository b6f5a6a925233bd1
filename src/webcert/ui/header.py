"""What the top of every page says: who acts, where, and the way to the lists.

Filled by the room that knows (staff), shown by `ui/page.jinja`. Nothing is looked up here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab under the header. `count` is shown as a badge, not at all at zero; `counted` says of what ("ej signerade utkast");
    `urgent` colours it: somebody waits for an answer. With a `name` it is kept up to date (counts.js)."""

    label: str
    url: str
    active: bool = False
    count: int = 0
    counted: str = ""
    urgent: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What "Om Webcert" tells: the version, the certificate types ("Läkarintyg för sjukpenning, FK 7804"), and where help is found."""

    version: str
    certificate_types: tuple[str, ...]
    support_url: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a logged-in user. What has an empty address is not offered: deep integration has no tabs, log-out or change of unit.
    `notice` is what her EHR says of the unit ("Inaktiv enhet").

    `account_url` is where a private practitioner changes what she has told of herself. `elsewhere` tells what waits on the user's other
    units. `session_url` answers GET with {"seconds_left": n}, for the warning before the session ends; `logged_out_url` is where the page
    goes then. `window_url` is told when pages come and go in a window that an EHR has opened. `counts_url` answers GET with the numbers of
    now: {"tabs": {name: {count, counted}}, "elsewhere": text}. `risks` tells a user with protected identity what others can see of her.
    """

    unit_name: str
    care_provider_name: str
    user_name: str
    role_label: str
    about: About
    notice: str = ""
    home_url: str = ""
    change_unit_url: str = ""
    account_url: str = ""
    logout_url: str = ""
    session_url: str = ""
    logged_out_url: str = ""
    window_url: str = ""
    counts_url: str = ""
    elsewhere: str = ""
    risks: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
