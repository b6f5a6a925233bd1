"""`webcert verify`: what it says of each signature, and how it ends."""

import json
from pathlib import Path

import pytest

from shared import shared
from webcert.riv.soap import envelope
from webcert.site.cli import main


def verify(*names: str, json: bool = False) -> int:
    files = [str(next(shared("data/signatures").glob(f"{name}*.xml"))) for name in names]
    return main(["verify", "--trust", str(shared("data/signatures/trusted-ca.pem")), *(["--json"] if json else []), *files])


def test_a_good_signature(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify("gen-01") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].endswith("gen-01-rsa-valid.xml: valid")
    assert "  signerMatches: ok: the signer is who the certificate says has issued it" in told
    assert "TSTNMT2321000156-1079" in told[-1]


@pytest.mark.parametrize(
    ("name", "reason"), [("gen-06", "REFERENCE_DIGEST_MISMATCH"), ("gen-19", "SIGNATURE_MISSING"), ("gen-20", "DTD_FORBIDDEN")]
)
def test_one_that_is_not_good(name: str, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify("gen-01", name) == 1
    assert f"not valid: {reason}" in capsys.readouterr().out


def test_several_certificates_in_one_file_are_told_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert verify("pub-03") == 1
    told = capsys.readouterr().out
    assert "two-signatures.xml[1]: not valid: CERTIFICATE_UNTRUSTED" in told
    assert "two-signatures.xml[2]: not valid: CERTIFICATE_UNTRUSTED" in told


def test_in_an_envelope(tmp_path: Path) -> None:
    sent = tmp_path / "sent.xml"
    message = shared("data/signatures/gen-02-ecdsa-p256-valid.xml").read_bytes().partition(b"?>")[2].strip()
    sent.write_bytes(envelope(message, logical_address="2021005521"))
    assert main(["verify", "--trust", str(shared("data/signatures/trusted-ca.pem")), str(sent)]) == 0


def test_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text("<intyg")
    assert main(["verify", str(broken)]) == 2
    assert main(["verify", str(tmp_path / "nothing.xml")]) == 2
    broken.write_text("<intyg/>")
    assert main(["verify", str(broken)]) == 2
    assert "no certificate in it" in capsys.readouterr().err


def test_without_authorities_nobody_is_trusted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(shared("data/signatures/gen-01-rsa-valid.xml"))]) == 1
    assert "certificateTrusted: CERTIFICATE_UNTRUSTED" in capsys.readouterr().out
    assert main(["verify", "--trust", "/nowhere.pem", "x.xml"]) == 1


def test_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    verify("gen-01", "gen-15", json=True)
    good, bad = json.loads(capsys.readouterr().out)
    assert good["valid"] is True
    assert set(good["checks"].values()) == {True}
    assert (bad["valid"], bad["reason"]) == (False, "TRANSFORM_NOT_ALLOWED")
    assert (bad["checks"]["policy"], bad["checks"]["references"]) == (False, None)
