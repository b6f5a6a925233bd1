"""What a signature costs the server: the digest, a verification, and a signing from button to certificate without the time at the
signing service: how long each step takes, as the web itself says, and the CPU time of the web and of the database together."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from statistics import median

import httpx

from bench.product import product
from bench.table import Row, spread, timed
from web_user import WebUser
from webcert.riv import signed_form, xml
from webcert.xmldsig.certificates import Trust, verify
from webcert.xmldsig.keys import certificates

_MOST_MS = 10
_WARM_UP, _TIMES = 5, 30

STEPS = {
    "the button": "intyg/<uuid:id>/signera",
    "the request": "signering/<uuid:ticket_id>",
    "the answer": "signering/svar",
    "the certificate becomes signed": "signering/<uuid:ticket_id>/klart",
}
"""What the server does in a signing, in order, and the route of each."""


def rows() -> Iterator[Row]:
    """Digest and verification of a full FK 7804; then each step of a signing, of which the last is the signing itself."""
    user = WebUser(product().url)
    id = user.signed()
    message = _stored(id)
    trust = Trust(certificates(product().running.data_folder / "simulators" / "pki" / "signers.crt"))
    assert verify(message, trust)[0].valid
    yield timed("signature: digest of a full FK 7804", lambda: signed_form.digest(xml.parse(message), str(id)), goal_ms=3)
    yield timed("signature: verification with its chain", lambda: verify(message, trust), goal_ms=5)
    for _ in range(_WARM_UP):
        _sign(user)
    earlier = {route: len(product().requests(route)) for route in STEPS.values()}
    cpu = defaultdict(list)
    for _ in range(_TIMES):
        for name, used in _sign(user).items():
            cpu[name].append(used)
    for name, route in STEPS.items():
        times = product().requests(route)[earlier[route] :]
        assert len(times) == _TIMES, route
        measured = f"{spread(times)}; CPU {spread(cpu[name])}"
        yield Row(f"signing: {name}, server time", measured, f"≤ {_MOST_MS} ms", median(times) <= _MOST_MS)


def _sign(user: WebUser) -> dict[str, float]:
    """Sign a new draft; what each step has cost, in milliseconds of CPU time."""
    id, cpu = user.create_draft(), {}
    assert user.save(id).json()["complete"]

    def step(name: str, request: Callable[[], httpx.Response]) -> httpx.Response:
        before = product().cpu_seconds()
        answer = request()
        time.sleep(0.02)  # what comes after the answer is part of it
        cpu[name] = (product().cpu_seconds() - before) * 1000
        return answer

    button, request, answer, last = STEPS
    asked = {"csrfmiddlewaretoken": user.token, "revision": user.revision}
    begun = step(button, lambda: user.http.post(f"/intyg/{id}/signera", data=asked, follow_redirects=False))
    passed_on = step(request, lambda: user.http.get(begun.headers["Location"]))
    address, given = user.signed_there(passed_on)
    sent = step(answer, lambda: user.http.post(address, data=given, follow_redirects=False))
    done = step(last, lambda: user.http.get(sent.headers["Location"], follow_redirects=False))
    assert done.headers["Location"] == f"/intyg/{id}"
    return cpu


def _stored(id: object) -> bytes:
    row = product().database.execute("SELECT signed_xml FROM certificates_certificate WHERE id = %s", [id]).fetchone()
    assert row
    return bytes(row[0])
