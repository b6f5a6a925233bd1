"""The client against BankID's stand-in, over TLS with certificates: what it is told, and every way in which it fails."""

import logging

import pytest

from running import free_port
from signing.bankid.phone import TOLVAN, Phone, bankid, phone, running_simulators, simulators, tls  # noqa: F401
from simulated import Simulators
from webcert.riv.client import CallFailed, Garbled, Unreachable
from webcert.signing.bankid.client import (
    AlreadyInProgress,
    Client,
    Complete,
    Declined,
    Failed,
    NoSuchOrder,
    Pending,
    Started,
    UnderMaintenance,
)


def sign(client: Client, personal_id: str = TOLVAN) -> Started:
    return client.sign(visible="Läkarintyg", hidden=b"{}", personal_id=personal_id, ip="192.0.2.1")


def test_an_order_is_collected_until_the_person_has_signed(bankid: Client, phone: Phone) -> None:
    order = sign(bankid)
    assert bankid.collect(order.order_ref) == Pending("outstandingTransaction")
    assert [(it["person"], it["text"]) for it in phone.orders] == [(TOLVAN, "Läkarintyg")]
    phone.start()
    assert bankid.collect(order.order_ref) == Pending("userSign")
    phone.approve()
    signed = bankid.collect(order.order_ref)
    assert isinstance(signed, Complete)
    assert signed.personal_id == TOLVAN
    with pytest.raises(NoSuchOrder):
        bankid.collect(order.order_ref)


def test_the_person_refuses(bankid: Client, phone: Phone) -> None:
    order = sign(bankid)
    phone.cancel()
    assert bankid.collect(order.order_ref) == Failed("userCancel")


def test_time_runs_out(bankid: Client, phone: Phone) -> None:
    order = sign(bankid)
    phone.age(31)
    assert bankid.collect(order.order_ref) == Failed("startFailed")
    order = sign(bankid)
    phone.start()
    phone.age(181)
    assert bankid.collect(order.order_ref) == Failed("expiredTransaction")


def test_an_order_is_cancelled_and_once_more_is_no_failure(bankid: Client, phone: Phone) -> None:
    order = sign(bankid)
    bankid.cancel(order.order_ref)
    assert phone.orders == []
    bankid.cancel(order.order_ref)


def test_a_second_order_for_the_same_person_is_told_apart(bankid: Client, phone: Phone) -> None:
    first = sign(bankid)
    with pytest.raises(AlreadyInProgress):
        sign(bankid)
    assert bankid.collect(first.order_ref) == Failed("cancelled")


@pytest.mark.parametrize(
    ("mode", "failure"),
    [
        ("maintenance", UnderMaintenance),
        ("down", Unreachable),
        ("error", Unreachable),
        ("busy", Unreachable),
        ("unauthorized", Declined),
        ("garbage", Garbled),
    ],
)
def test_the_service_fails(simulators: Simulators, bankid: Client, phone: Phone, mode: str, failure: type[CallFailed]) -> None:
    order = sign(bankid)
    simulators.set_mode("bankid", mode)
    with pytest.raises(failure):
        sign(bankid)
    with pytest.raises(failure):
        bankid.collect(order.order_ref)


def test_slow_is_unreachable(simulators: Simulators, bankid: Client, phone: Phone) -> None:
    simulators.set_mode("bankid", "slow", 3)
    with pytest.raises(Unreachable):
        sign(bankid)


def test_nobody_there(simulators: Simulators) -> None:
    with pytest.raises(Unreachable):
        sign(Client(f"https://127.0.0.1:{free_port()}/rp/v6.0", tls(simulators)))


def test_a_lost_answer_starts_no_second_order(simulators: Simulators, bankid: Client, phone: Phone) -> None:
    simulators.set_mode("bankid", "lost-answer")
    with pytest.raises(Unreachable):
        sign(bankid)
    assert len(phone.orders) == 1


def test_bankid_lets_nobody_else_in(simulators: Simulators) -> None:
    with pytest.raises(Unreachable):
        sign(Client(f"{simulators.bankid_url}/rp/v6.0", tls(simulators, certificate="bankid-customers")))


@pytest.mark.parametrize("authority", ["bankid-root", "bankid-relying-parties"])
def test_only_the_pinned_authority_counts(simulators: Simulators, phone: Phone, authority: str) -> None:
    with pytest.raises(Unreachable):
        sign(Client(f"{simulators.bankid_url}/rp/v6.0", tls(simulators, authority=authority)))
    assert phone.orders == [], "nothing was sent to somebody whom we do not trust"


def test_the_host_must_be_the_certificates(simulators: Simulators) -> None:
    with pytest.raises(Unreachable):
        sign(Client(f"{simulators.bankid_url.replace('127.0.0.1', '127.0.0.2')}/rp/v6.0", tls(simulators)))


def test_a_personal_number_is_in_no_error_and_no_log(
    simulators: Simulators, bankid: Client, phone: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign(bankid)
    with pytest.raises(AlreadyInProgress) as in_progress:
        sign(bankid)
    order = sign(bankid)
    phone.approve()
    simulators.set_mode("bankid", "unauthorized")
    with pytest.raises(Declined) as declined:
        sign(bankid)
    simulators.set_mode("bankid", "normal")
    told = [caplog.text, str(in_progress.value), str(declined.value), repr(order), repr(bankid.collect(order.order_ref))]
    assert not [text for text in told if TOLVAN in text]
    assert order.qr_start_secret not in repr(order)
