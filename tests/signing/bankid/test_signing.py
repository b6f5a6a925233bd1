"""From draft to signed certificate with BankID, by the pages, against the stand-in: also refused, late, wrong, twice, and interrupted."""

import re
from datetime import timedelta
from typing import Any
from unittest import mock
from urllib.parse import unquote

import pytest
import time_machine
from django.http import HttpResponse

from clinic import working
from signing.bankid.phone import phone  # noqa: F401
from signing.bankid.practice import (  # noqa: F401
    NUMBER,
    Phone,
    Signing,
    bankid_set_up,
    browser_of,
    draft,
    outside,
    patient,
    practitioner,
    running_simulators,
    signing,
    simulators,
)
from simulated import Simulators
from webcert.certificates import actions as certificates
from webcert.certificates.models import Status
from webcert.signing.bankid import actions, hints, installed
from webcert.signing.bankid.client import Client
from webcert.signing.bankid.evidence import Doubt, NotProven
from webcert.signing.bankid.models import Order, State
from webcert.signing.bankid.queries import proven
from webcert.staff.login_context import LoginContext
from webcert.staff.roles import Role
from webcert.vocabulary import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def not_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not wait two seconds between two looks; that it is so is tested by itself."""
    monkeypatch.setattr(actions, "ASKED_EVERY", timedelta(0))
    monkeypatch.setattr(actions, "COLLECTED_EVERY", timedelta(0))


def begun(signing: Signing, device: str = "other") -> Signing:
    assert signing.press_sign().status_code == 302
    assert signing.start(device).status_code == 302
    return signing


def text_of(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def assert_still_a_draft(signing: Signing) -> None:
    certificate = signing.certificate
    assert certificate.status == Status.COMPLETE
    assert certificate.signed_xml is None


def test_a_draft_becomes_a_signed_certificate(signing: Signing, phone: Phone, practitioner: LoginContext) -> None:
    assert signing.press_sign().status_code == 302
    choice = text_of(signing.page())
    assert "BankID på den här enheten" in choice
    assert "BankID på en annan enhet" in choice
    assert signing.start().status_code == 302
    (order,) = phone.orders
    assert order["person"] == NUMBER
    assert str(signing.draft.id) in order["text"]
    assert "Göran Lundmark" in order["text"]
    waiting = signing.ask().json()
    assert waiting["text"] == hints.START[hints.Device.OTHER]
    assert_still_a_draft(signing)
    phone.start()
    waiting = signing.ask().json()
    assert (waiting["text"], waiting["qr"]) == (hints.PENDING["userSign"], "")
    phone.approve()
    ended = signing.ask().json()
    assert signing.browser.get(ended["next"]).headers["Location"] == f"/intyg/{signing.draft.id}"
    assert signing.certificate.status == Status.SIGNED
    assert signing.certificate.signed_by_id == practitioner.user.hsa_id
    assert "Intyget är signerat" in text_of(signing.browser.get(f"/intyg/{signing.draft.id}"))
    assert "Giltig, av" in text_of(signing.browser.get(f"/intyg/{signing.draft.id}"))


def test_the_code_on_the_page_starts_the_order(signing: Signing, phone: Phone) -> None:
    begun(signing)
    page = signing.page().content.decode()
    order = Order.objects.get()
    assert order.qr_start_secret not in page
    code = signing.ask().json()["qr"]
    assert code.startswith("data:image/svg+xml")
    assert order.qr_start_secret not in unquote(code)
    assert order.qr_start_token not in unquote(code), "it is a picture"


def test_the_same_device_is_led_to_the_app(signing: Signing, phone: Phone, settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"bankid_app_url": None})
    assert signing.press_sign().status_code == 302
    assert signing.start("this").headers["Location"] == f"{signing.url}?oppna=1"
    page = signing.browser.get(f"{signing.url}?oppna=1").content.decode()
    token = Order.objects.get().auto_start_token
    assert f'href="bankid:///?autostarttoken={token}&amp;redirect=null"' in page
    assert "data-launch" in page
    assert "data-launch" not in signing.page().content.decode(), "read anew the page opens nothing by itself"
    assert "data-qr" not in page


def test_until_the_app_is_open_the_device_can_be_changed_without_another_order(signing: Signing, phone: Phone) -> None:
    begun(signing, "this")
    signing.start("other")
    assert len(phone.orders) == 1
    assert signing.ask().json()["qr"]


@pytest.mark.parametrize("hint", sorted([*hints.FAILED.keys() - {"lost", "wrong"}, "somethingNew"]))
def test_whatever_ends_the_order_the_draft_is_left_and_it_can_be_begun_again(signing: Signing, phone: Phone, hint: str) -> None:
    begun(signing)
    phone.fail(hint)
    assert signing.ask().json()["next"] == signing.url
    page = text_of(signing.page())
    assert hints.failed(hint) in page
    assert "Utkastet finns kvar" in page
    assert_still_a_draft(signing)
    assert signing.start().status_code == 302
    phone.approve()
    signing.ask()
    assert signing.certificate.status == Status.SIGNED


@pytest.mark.parametrize("hint", ["started", "userMrtd", "userCallConfirm", "userSign", "processing", "somethingNew"])
def test_every_step_in_the_app_is_told(signing: Signing, phone: Phone, hint: str) -> None:
    begun(signing)
    phone.hint(hint)
    assert signing.ask().json()["text"] == hints.pending(hint, hints.Device.OTHER)
    assert hints.pending(hint, hints.Device.OTHER) in text_of(signing.page())


@pytest.mark.parametrize(("seconds", "hint"), [(31, "startFailed"), (181, "expiredTransaction")])
def test_time_runs_out(signing: Signing, phone: Phone, seconds: int, hint: str) -> None:
    begun(signing)
    if hint == "expiredTransaction":
        phone.start()
    phone.age(seconds)
    signing.ask()
    assert hints.FAILED[hint] in text_of(signing.page())
    assert_still_a_draft(signing)


@pytest.mark.parametrize(
    "flaw",
    ["wrong-user", "tampered", "other-text", "other-data", "other-authority", "revoked", "ocsp-unknown", "ocsp-forged", "ocsp-of-another"],
)
def test_T5_what_comes_back_wrong_signs_nothing(signing: Signing, phone: Phone, simulators: Simulators, flaw: str) -> None:
    begun(signing)
    simulators.set_mode("bankid", flaw)
    phone.approve()
    signing.ask()
    assert hints.FAILED["wrong"] in text_of(signing.page())
    assert_still_a_draft(signing)


@pytest.mark.parametrize(
    ("mode", "text"), [("maintenance", hints.MAINTENANCE), ("down", hints.NO_CONTACT), ("unauthorized", hints.NO_CONTACT)]
)
def test_bankid_is_away_when_it_is_to_begin(signing: Signing, phone: Phone, simulators: Simulators, mode: str, text: str) -> None:
    signing.press_sign()
    simulators.set_mode("bankid", mode)
    answer = signing.start()
    assert answer.status_code == 503
    assert text in text_of(answer)
    assert "BankID på en annan enhet" in text_of(answer)
    assert_still_a_draft(signing)
    simulators.set_mode("bankid", "normal")
    assert signing.start().status_code == 302


def test_bankid_is_away_in_the_middle_and_nothing_is_lost(signing: Signing, phone: Phone, simulators: Simulators) -> None:
    begun(signing)
    phone.approve()
    simulators.set_mode("bankid", "down")
    assert signing.ask().json() == {"text": hints.NO_CONTACT, "qr": mock.ANY, "may_open": True, "next": ""}
    simulators.set_mode("bankid", "normal")
    signing.ask()
    assert signing.certificate.status == Status.SIGNED


def test_bankid_is_away_for_so_long_that_the_end_is_never_known(signing: Signing, phone: Phone, simulators: Simulators) -> None:
    begun(signing)
    simulators.set_mode("bankid", "down")
    Order.objects.update(began_at=clock.now() - actions.LOST_AFTER - timedelta(seconds=1))
    signing.ask()
    assert hints.FAILED["lost"] in text_of(signing.page())
    assert_still_a_draft(signing)


def test_not_set_up(signing: Signing, settings: Any) -> None:
    signing.press_sign()
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"bankid_url": None})
    installed.client.cache_clear()
    assert hints.NOT_SET_UP in text_of(signing.start())


def test_given_up_the_order_is_ended_at_bankid_too(signing: Signing, phone: Phone) -> None:
    begun(signing)
    assert signing.cancel().headers["Location"] == f"/intyg/{signing.draft.id}"
    assert phone.orders == []
    assert_still_a_draft(signing)


def test_given_up_while_bankid_is_away(signing: Signing, phone: Phone, simulators: Simulators) -> None:
    begun(signing)
    simulators.set_mode("bankid", "down")
    assert signing.cancel().status_code == 302
    assert Order.objects.get().state == State.FAILED


def test_a_second_tab_takes_over(signing: Signing, phone: Phone, practitioner: LoginContext, draft: Any) -> None:
    begun(signing)
    other = begun(Signing(browser_of(practitioner), draft))
    assert len(phone.orders) == 1, "one order for each user"
    assert signing.ask().json()["next"] == signing.url
    assert "Signeringen är avslutad" in text_of(signing.page())
    assert signing.start().status_code == 409
    phone.approve()
    other.ask()
    assert other.certificate.status == Status.SIGNED


def test_an_order_of_another_system_is_ended_and_the_user_tries_again(signing: Signing, phone: Phone) -> None:
    installed.client().sign(visible="En annan tjänst", hidden=b"", personal_id=NUMBER, ip="192.0.2.1")
    signing.press_sign()
    answer = signing.start()
    assert hints.ALREADY_IN_PROGRESS in text_of(answer)
    assert signing.start().status_code == 302
    assert [order["text"] for order in phone.orders] != ["En annan tjänst"]


def test_killed_when_bankid_has_told_the_end_and_before_the_certificate_is_signed(
    signing: Signing, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(signing)
    phone.approve()
    with monkeypatch.context() as killed:
        killed.setattr(actions, "_finish", mock.Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            signing.ask()
    assert_still_a_draft(signing)
    signing.ask()
    assert signing.certificate.status == Status.SIGNED, "what BankID tells once is kept"


def test_killed_while_bankid_is_asked(signing: Signing, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(signing)
    with monkeypatch.context() as killed:
        killed.setattr(Client, "collect", mock.Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            signing.ask()
    phone.approve()
    signing.ask()
    assert_still_a_draft(signing)
    with time_machine.travel(clock.now() + timedelta(seconds=20)):
        signing.ask()
    assert signing.certificate.status == Status.SIGNED, "another process asks when the one that did so has died"


def test_T3_changed_while_the_phone_waits_it_is_not_signed(signing: Signing, phone: Phone, practitioner: LoginContext) -> None:
    begun(signing)
    certificates.open_draft(signing.draft.id, by=practitioner)
    phone.approve()
    signing.ask()
    page = text_of(signing.page())
    assert "Du har öppnat utkastet på nytt" in page
    assert_still_a_draft(signing)


def test_T4_somebody_elses_ticket_is_nobodys(signing: Signing, phone: Phone) -> None:
    begun(signing)
    stranger = Signing(browser_of(working("Maja Lindqvist", Role.DOCTOR)), signing.draft)
    stranger.url = signing.url
    for answer in (stranger.page(), stranger.ask(), stranger.start(), stranger.cancel()):
        assert answer.status_code in (403, 404)
    phone.approve()
    stranger.ask()
    assert_still_a_draft(signing)


def test_T24_signed_twice_at_once_it_is_signed_once(signing: Signing, phone: Phone) -> None:
    begun(signing)
    phone.approve()
    signing.ask()
    before = signing.certificate.signed_at
    assert signing.ask().json()["next"] == signing.url
    assert signing.certificate.signed_at == before


def test_bankid_is_asked_every_other_second_however_often_the_page_asks(
    signing: Signing, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    begun(signing)
    collected = mock.Mock(wraps=installed.client().collect)
    monkeypatch.setattr(installed.client(), "collect", collected)
    start = clock.now() + timedelta(seconds=5)
    answers = []
    for tenths in range(0, 60, 5):
        with time_machine.travel(start + timedelta(milliseconds=100 * tenths), tick=False):
            answers.append(signing.ask())
    assert [answer.status_code for answer in answers] == [200, 429] * 6
    assert answers[1].headers["Retry-After"] == "1"
    assert collected.call_count == 3


def test_signings_are_begun_so_many_times_in_ten_minutes_and_no_more(signing: Signing, phone: Phone, settings: Any) -> None:
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"limit_bankid_orders": 5})
    signing.press_sign()
    answers = []
    for _ in range(6):
        answers.append(signing.start().status_code)
        for order in phone.orders:
            phone.fail("userCancel", order["ref"])
        signing.ask()
    assert answers[:5] == [302] * 5
    assert answers[5] == 429


def test_T29_the_evidence_is_kept_and_proves_it_whenever_somebody_asks(signing: Signing, phone: Phone, simulators: Simulators) -> None:
    begun(signing)
    phone.approve()
    signing.ask()
    certificate = signing.certificate
    stored, document = bytes(certificate.signature.evidence), bytes(certificate.signed_xml or b"")
    assert certificate.signature.kind == "BANKID"
    simulators.set_mode("bankid", "down")
    with time_machine.travel(clock.now() + timedelta(days=700)):
        known = proven(document, stored)
    assert known.name == "Göran Lundmark"
    assert "Testbanken" in known.issuer
    for changed in (document.replace(b"Lundmark", b"Lindmark"), document.replace(b"19121212", b"20121212"), b"<x/>"):
        assert changed != document
        with pytest.raises(NotProven) as refused:
            proven(changed, stored)
        assert refused.value.doubt == Doubt.ANOTHER_CERTIFICATE
