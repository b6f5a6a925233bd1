"""The pages of a draft, a certificate and a patient: statements and server time; and what the editor weighs with all its assets."""

import gzip
import re
from collections.abc import Iterator
from statistics import median

from bench.compared import COMPARED
from bench.product import product
from bench.table import Row, spread
from web_user import UNIT, WebUser, fields_of

_MOST_STATEMENTS = 8
_MOST_MS = 15
_MOST_KB = 120
_VISITS = 40
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
_IMPORT = re.compile(r'from "(\./[^"]+|\.\./[^"]+)"|import "(\./[^"]+)"')


def rows() -> Iterator[Row]:
    """Each page warm, as the web and the database tell; and the weight of the editor."""
    user = WebUser(product().url)
    for code, subject in COMPARED.items():
        signed, draft = (user.create_draft(type=subject.type.id) for _ in range(2))
        user.open(signed)
        user.save_fields(signed, fields_of(subject.bases[0] | {"unit": UNIT}, subject.form))
        user.sign(signed)
        yield from _page(user, f"open draft of {code}", f"/intyg/{draft}", "intyg/<uuid:id>")
        yield from _page(user, f"open certificate of {code}", f"/intyg/{signed}", "intyg/<uuid:id>")
        weight = _weight(user, f"/intyg/{draft}") / 1000
        yield Row(f"editor of {code} with all assets, gzip", f"{weight:.0f} kB", f"≤ {_MOST_KB} kB", weight <= _MOST_KB)
    patient = re.search(r"/patient/[0-9a-f-]+", user.open(draft).text)
    assert patient
    yield from _page(user, "patient's list", patient[0], "patient/<uuid:id>")


def _page(user: WebUser, name: str, path: str, route: str) -> Iterator[Row]:
    user.http.get(path)
    statements = product().statements(lambda: user.http.get(path))
    yield Row(f"{name}: SQL", f"{len(statements)} statements", f"≤ {_MOST_STATEMENTS}", len(statements) <= _MOST_STATEMENTS)
    times = product().server_ms(route, lambda: user.http.get(path), _VISITS)
    yield Row(f"{name}: server time", spread(times), f"≤ {_MOST_MS} ms", median(times) <= _MOST_MS)


def _weight(user: WebUser, path: str) -> int:
    """Bytes of the page and everything that it loads, each compressed by itself; scripts' imports are followed."""
    page = user.http.get(path).text
    waiting, seen, total = set(_ASSET.findall(page)), set(), len(gzip.compress(page.encode()))
    while waiting:
        address = waiting.pop()
        seen.add(address)
        content = user.http.get(address).content
        total += len(gzip.compress(content))
        if address.endswith(".js"):
            folder = address.rpartition("/")[0]
            found = (first or second for first, second in _IMPORT.findall(content.decode()))
            waiting |= {f"{folder}/{name.removeprefix('./')}" for name in found if name.startswith("./")} - seen
    return total
