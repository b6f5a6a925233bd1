"""Every hint code of the reference has its own text in Swedish, and one that nobody knows has one too (login-and-signing.md §7)."""

import re

import pytest

from shared import shared
from webcert.signing.bankid import hints
from webcert.signing.bankid.hints import Device


def hint_codes(status: str) -> set[str]:
    """Those of the reference's table."""
    text = shared("reference/login-and-signing.md").read_text()
    return set(re.findall(rf"^\| {status} \| `(\w+)` \|", text, re.M))


@pytest.mark.parametrize("device", Device)
def test_every_pending_hint_says_what_to_do(device: Device) -> None:
    codes = hint_codes("pending")
    assert len(codes) == 7
    texts = {code: hints.pending(code, device) for code in codes}
    assert len(set(texts.values())) == 6, "waiting for the app is told in one way, everything else in its own"
    assert hints.IN_PROGRESS not in texts.values()
    assert hints.pending("somethingNew", device) == hints.IN_PROGRESS


def test_every_failure_says_why() -> None:
    codes = hint_codes("failed")
    assert len(codes) == 8
    assert len({hints.failed(code) for code in codes}) == 8
    assert hints.UNKNOWN_FAILURE not in {hints.failed(code) for code in codes}
    assert hints.failed("somethingNew") == hints.UNKNOWN_FAILURE
    assert codes >= hints.ABANDONED


def test_the_texts_are_swedish_sentences_without_code_words() -> None:
    for text in (*hints.START.values(), *hints.PENDING.values(), *hints.FAILED.values(), hints.MAINTENANCE, hints.NO_CONTACT):
        assert text.endswith(".")
        assert not re.search(r"RFA|hint|order|[a-z][A-Z](?!D)", text.replace("BankID", "")), text
