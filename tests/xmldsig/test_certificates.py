"""Every published and generated signed certificate gets its verdict, with the reason, from our own verifier (login-and-signing.md §6.9)."""

import json
from typing import Any

import pytest

from shared import shared
from webcert.xmldsig.certificates import Check, Trust, Verification, verify
from webcert.xmldsig.keys import certificates

NAMES = [f"gen-{number:02}" for number in range(1, 26)] + [f"pub-{number:02}" for number in range(1, 5)]

BEFORE_ITS_TIME = {(f"pub-{number:02}", Check.TIMELY) for number in (1, 2, 3)}
"""Signed on 8 March 2018 with a certificate that is valid from the 10th, which the index overlooks; the verdict is the same."""


@pytest.fixture(scope="module")
def samples() -> dict[str, dict[str, Any]]:
    return {entry["file"][:6]: entry for entry in json.loads(shared("data/signatures/index.json").read_text())}


@pytest.fixture(scope="module")
def trust() -> Trust:
    return Trust(certificates(shared("data/signatures/trusted-ca.pem")))


def verified(sample: dict[str, Any], trust: Trust) -> tuple[Verification, ...]:
    return verify(shared(f"data/signatures/{sample['file']}").read_bytes(), trust)


@pytest.mark.parametrize("name", NAMES)
def test_the_verdict_and_its_reason_are_those_of_the_index(name: str, samples: dict[str, dict[str, Any]], trust: Trust) -> None:
    sample = samples[name]
    for verification in verified(sample, trust):
        assert verification.valid is (sample["verdict"] == "valid")
        if reason := sample.get("reason"):
            assert verification.flaw == reason
        for check, expected in sample["expected"].items():
            if check in verification.checks and expected is not None and (name, check) not in BEFORE_ITS_TIME:
                assert (verification.checks[Check(check)] is None) is expected, check


@pytest.mark.parametrize("name", ["pub-01", "pub-02", "pub-03", "pub-04"])
def test_what_was_signed_with_unknown_keys_holds_but_for_the_trust(name: str, samples: dict[str, dict[str, Any]], trust: Trust) -> None:
    for verification in verified(samples[name], trust):
        assert not {check for check in (Check.POLICY, Check.REFERENCES, Check.VALUE, Check.STRUCTURE) if verification.checks[check]}
        assert verification.checks[Check.TRUSTED]
