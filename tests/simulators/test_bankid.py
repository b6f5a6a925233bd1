"""BankID's stand-in from the outside: the Relying Party API over TLS with certificates, and its time-outs."""

import base64
import hashlib
import hmac
import ssl
import time
from typing import Any

import httpx
import pytest

from simulated import Simulators, running_simulators, simulators  # noqa: F401

TOLVAN = "191212121212"
TEXT = base64.b64encode("Läkarintyg".encode()).decode()


class RelyingParty:
    """Calls the API as somebody with that certificate."""

    def __init__(self, simulators: Simulators, certificate: str = "bankid-rp") -> None:
        context = ssl.create_default_context(cafile=simulators.pki / "bankid-tls.crt")
        context.load_cert_chain(simulators.pki / f"{certificate}.crt", simulators.pki / f"{certificate}.key")
        self.http = httpx.Client(base_url=f"{simulators.bankid_url}/rp/v6.0", verify=context, trust_env=False)

    def sign(self, **changes: Any) -> httpx.Response:
        asked = {"endUserIp": "192.0.2.1", "userVisibleData": TEXT, "requirement": {"personalNumber": TOLVAN}}
        return self.http.post("/sign", json=asked | changes)

    def order(self) -> dict[str, str]:
        order: dict[str, str] = self.sign().json()
        return order

    def collect(self, order: dict[str, str]) -> dict[str, Any]:
        answer: dict[str, Any] = self.http.post("/collect", json={"orderRef": order["orderRef"]}).json()
        return answer


@pytest.fixture
def party(simulators: Simulators) -> RelyingParty:
    for order in simulators.http.get("/bankid/orders.json").json():
        simulators.post(f"/bankid/orders/{order['ref']}/fail", hint="cancelled")
    return RelyingParty(simulators)


def act(simulators: Simulators, order: dict[str, str], act: str, **fields: str) -> None:
    simulators.post(f"/bankid/orders/{order['orderRef']}/{act}", **fields)


def test_an_order_is_started_by_the_phone_and_signed(simulators: Simulators, party: RelyingParty) -> None:
    order = party.order()
    assert party.collect(order)["hintCode"] == "outstandingTransaction"
    act(simulators, order, "start")
    assert party.collect(order)["hintCode"] == "userSign"
    act(simulators, order, "approve")
    signed = party.collect(order)
    assert signed["completionData"]["user"]["personalNumber"] == TOLVAN
    assert party.collect(order)["errorCode"] == "invalidParameters", "how it ended is told once"


def test_a_qr_code_starts_it_while_it_is_fresh(simulators: Simulators, party: RelyingParty) -> None:
    order = party.order()

    def code(seconds: int) -> str:
        digest = hmac.new(order["qrStartSecret"].encode(), str(seconds).encode(), hashlib.sha256).hexdigest()
        return f"bankid.{order['qrStartToken']}.{seconds}.{digest}"

    act(simulators, order, "age", seconds="20")
    assert simulators.http.post("/bankid/scan", data={"text": code(1)}).status_code == 400
    assert simulators.http.post("/bankid/scan", data={"text": code(20)[:-1]}).status_code == 400
    simulators.post("/bankid/scan", text=code(20))
    assert party.collect(order)["hintCode"] == "userSign"


@pytest.mark.parametrize(
    ("started", "seconds", "hint"), [(False, 31, "startFailed"), (True, 31, "userSign"), (True, 181, "expiredTransaction")]
)
def test_time_runs_out(simulators: Simulators, party: RelyingParty, started: bool, seconds: int, hint: str) -> None:
    order = party.order()
    if started:
        act(simulators, order, "start")
    act(simulators, order, "age", seconds=str(seconds))
    assert party.collect(order)["hintCode"] == hint


def test_a_second_order_ends_the_first_and_is_not_started_itself(party: RelyingParty) -> None:
    first = party.order()
    assert party.sign().json()["errorCode"] == "alreadyInProgress"
    assert party.collect(first) | {"orderRef": ""} == {"orderRef": "", "status": "failed", "hintCode": "cancelled"}
    assert party.sign().is_success


@pytest.mark.parametrize(
    "wrong",
    [
        {"endUserIp": "here"},
        {"userVisibleData": ""},
        {"userVisibleData": "åäö"},
        {"userVisibleData": base64.b64encode(b"x" * 30_001).decode()},
        {"userNonVisibleData": base64.b64encode(b"x" * 150_001).decode()},
        {"requirement": {"personalNumber": "12"}},
        {"requirement": {"age": 18}},
        {"personalNumber": TOLVAN},
    ],
)
def test_what_the_real_one_refuses(party: RelyingParty, wrong: dict[str, Any]) -> None:
    answer = party.sign(**wrong)
    assert (answer.status_code, answer.json()["errorCode"]) == (400, "invalidParameters")


def test_only_relying_parties_with_a_certificate_from_bankid_come_in(simulators: Simulators) -> None:
    with pytest.raises(httpx.TransportError):
        RelyingParty(simulators, "bankid-customers").sign()
    context = ssl.create_default_context(cafile=simulators.pki / "bankid-tls.crt")
    with pytest.raises(httpx.TransportError):
        httpx.post(f"{simulators.bankid_url}/rp/v6.0/sign", json={}, verify=context, trust_env=False)


def test_it_can_be_slow(simulators: Simulators, party: RelyingParty) -> None:
    simulators.set_mode("bankid", "slow", 0.3)
    began = time.monotonic()
    assert party.sign().is_success
    assert time.monotonic() - began >= 0.3
