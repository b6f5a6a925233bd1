"""What a login costs the server: the provider's signed response judged and put aside, as the web itself says. HSA is not asked then."""

from collections.abc import Iterator
from statistics import median

import httpx

from bench.product import product
from bench.table import Row, spread
from web_user import DOCTOR, proven

_MOST_MS = 30
_WARM_UP, _TIMES = 10, 60


def rows() -> Iterator[Row]:
    """The callback, warm: each time with an answer of its own, since each is good once."""
    answers = iter([_answer() for _ in range(_WARM_UP + _TIMES)])

    def callback() -> None:
        address, answer = next(answers)
        assert httpx.post(address, data=answer, trust_env=False).status_code == 303

    for _ in range(_WARM_UP):
        callback()
    times = product().server_ms("login/saml2/sso/<str:name>", callback, _TIMES)
    yield Row("login callback: server time", spread(times), f"≤ {_MOST_MS} ms", median(times) <= _MOST_MS)


def _answer() -> tuple[str, dict[str, str]]:
    """Each browser may have a few logins begun, so each login gets a browser."""
    with httpx.Client(base_url=product().url, follow_redirects=True, timeout=30, trust_env=False) as browser:
        return proven(browser, DOCTOR)
