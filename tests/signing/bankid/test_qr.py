"""The animated QR code: the published vectors, and an image that a phone can read."""

import base64
import json
from urllib.parse import unquote

import pytest
from lxml import etree

from shared import shared
from signing.bankid.phone import Phone, bankid, phone, running_simulators, simulators  # noqa: F401
from webcert.signing.bankid import qr
from webcert.signing.bankid.client import Client


def test_the_published_codes() -> None:
    orders = json.loads(shared("data/signatures/bankid-qr-vectors.json").read_text())["orders"]
    assert len(orders) == 2
    for order in orders:
        for seconds, code in order["codes"].items():
            assert qr.text(order["qrStartToken"], order["qrStartSecret"], int(seconds)) == code


def test_the_code_starts_the_order_on_the_phone(bankid: Client, phone: Phone) -> None:
    order = bankid.sign(visible="Läkarintyg", hidden=b"{}", personal_id="191212121212", ip="192.0.2.1")
    phone.age(12)
    assert phone.scan(qr.text(order.qr_start_token, order.qr_start_secret, 2)).status_code == 400, "a photograph of an older code"
    assert phone.scan(qr.text(order.qr_start_token, order.qr_start_secret, 12)).status_code == 303
    assert phone.orders[0]["started"]


def test_the_image_is_a_picture_and_nothing_else() -> None:
    address = qr.image(qr.text("67df3917-fa0d-44e5-b327-edcc928297f8", "d28db9a7-4cde-429e-a983-359be676944c", 100))
    kind, _, data = address.partition(",")
    assert kind.startswith("data:image/svg+xml")
    image = etree.fromstring(base64.b64decode(data) if kind.endswith(";base64") else unquote(data).encode())
    assert {etree.QName(element).localname for element in image.iter()} <= {"svg", "path", "g"}
    assert len(address) < 8_000, "it is sent every second"


@pytest.mark.parametrize("seconds", [0, 9, 10, 179])
def test_every_second_has_its_own_code(seconds: int) -> None:
    assert qr.text("t", "s", seconds) != qr.text("t", "s", seconds + 1)
