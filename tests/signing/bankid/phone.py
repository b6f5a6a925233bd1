"""The other side of the table: BankID's stand-in, and the phone of a person who is asked to sign."""

from typing import Any

import httpx
import pytest
from cryptography import x509

from simulated import Pages, Simulators, running_simulators, simulators  # noqa: F401
from webcert.riv.client import Tls
from webcert.signing.bankid.client import Client
from webcert.xmldsig.keys import certificates

TOLVAN = "191212121212"


class Phone:
    """What the person does in the BankID app. `ref` is the order; without one it is the only order that waits."""

    def __init__(self, simulators: Pages) -> None:
        self._simulators = simulators

    @property
    def orders(self) -> list[dict[str, Any]]:
        orders: list[dict[str, Any]] = self._simulators.http.get("/bankid/orders.json").json()
        return orders

    def start(self, ref: str = "") -> None:
        self._act("start", ref)

    def approve(self, ref: str = "") -> None:
        self._act("start", ref)
        self._act("approve", ref)

    def cancel(self, ref: str = "") -> None:
        self._act("cancel", ref)

    def hint(self, hint: str, ref: str = "") -> None:
        """Let BankID tell that hint while the order waits."""
        self._act("hint", ref, hint=hint)

    def fail(self, hint: str, ref: str = "") -> None:
        """Let the order end with that hint."""
        self._act("fail", ref, hint=hint)

    def age(self, seconds: int, ref: str = "") -> None:
        """Let so many seconds pass for the order."""
        self._act("age", ref, seconds=str(seconds))

    def scan(self, text: str) -> httpx.Response:
        """Read a QR code."""
        return self._simulators.http.post("/bankid/scan", data={"text": text})

    def _act(self, act: str, ref: str, **fields: str) -> None:
        if not ref:
            (order,) = self.orders
            ref = order["ref"]
        self._simulators.post(f"/bankid/orders/{ref}/{act}", **fields)


@pytest.fixture
def phone(simulators: Simulators) -> Phone:
    """A phone on which nothing waits."""
    phone = Phone(simulators)
    for order in phone.orders:
        phone.fail("cancelled", order["ref"])
    return phone


def tls(simulators: Simulators, certificate: str = "bankid-rp", authority: str = "bankid-tls") -> Tls:
    """The product's own certificate and the authority that it pins, or others."""
    return Tls(*(simulators.pki / f"{certificate}.{kind}" for kind in ("crt", "key")), simulators.pki / f"{authority}.crt")


def authorities(simulators: Simulators) -> tuple[x509.Certificate, ...]:
    """Those that persons' certificates come from."""
    return certificates(simulators.pki / "bankid-root.crt")


@pytest.fixture
def bankid(simulators: Simulators) -> Client:
    """The client, as the product makes it."""
    return Client(f"{simulators.bankid_url}/rp/v6.0", tls(simulators), answer_timeout=2)
