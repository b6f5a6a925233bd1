"""Whether what came back proves that this person signed this certificate: real signatures of the stand-in, whole and in every way wrong."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from signing.bankid.phone import TOLVAN, Phone, authorities, bankid, phone, running_simulators, simulators  # noqa: F401
from simulated import Simulators
from simulators.bankid.signing import FLAWS
from webcert.signing.bankid import evidence
from webcert.signing.bankid.client import Client, Complete
from webcert.signing.bankid.evidence import Doubt, Evidence, NotProven
from webcert.signing.bankid.order import ToBeSigned
from webcert.xmldsig.keys import certificates

DIGEST = "LsJCBBzXb99/nqtE/Pr2zpBCBbF1rtcMZ8V6k0g0yZo="


def to_be_signed() -> ToBeSigned:
    return ToBeSigned(str(uuid4()), "Läkarintyg för sjukpenning", "2.0", DIGEST, "Tolvan Tolvansson", "SE165565594230-WEBCERT00001")


@pytest.fixture
def asked() -> ToBeSigned:
    return to_be_signed()


def signed(bankid: Client, phone: Phone, asked: ToBeSigned) -> Evidence:
    order = bankid.sign(visible=asked.visible, hidden=asked.hidden, personal_id=TOLVAN, ip="192.0.2.1")
    phone.approve()
    complete = bankid.collect(order.order_ref)
    assert isinstance(complete, Complete)
    return Evidence(complete.signature, complete.ocsp_response, datetime.now(UTC))


def doubt(simulators: Simulators, given: Evidence, asked: ToBeSigned, *, personal_id: str | None = TOLVAN) -> Doubt | None:
    """Why the evidence does not prove it; None when it does."""
    try:
        evidence.require_signed(given, asked, authorities=authorities(simulators), personal_id=personal_id)
    except NotProven as not_proven:
        return not_proven.doubt
    return None


def test_it_proves_who_signed_what(simulators: Simulators, bankid: Client, phone: Phone, asked: ToBeSigned) -> None:
    given = signed(bankid, phone, asked)
    assert doubt(simulators, given, asked) is None
    assert doubt(simulators, evidence.read(given.stored()), asked) is None, "also as it is stored"
    assert doubt(simulators, given, asked, personal_id=None) is None, "and later, when nobody is logged in"
    assert doubt(simulators, given, asked, personal_id="201212121212") == Doubt.ANOTHER_PERSON
    assert doubt(simulators, given, to_be_signed()) == Doubt.ANOTHER_CERTIFICATE
    assert doubt(simulators, given, replace(asked, digest=DIGEST.lower())) == Doubt.ANOTHER_CERTIFICATE
    assert doubt(simulators, given, replace(asked, signer_name="Lilltolvan Tolvansson")) == Doubt.ANOTHER_TEXT


EXPECTED = {
    "wrong-user": Doubt.ANOTHER_PERSON,
    "tampered": Doubt.SIGNATURE,
    "other-text": Doubt.ANOTHER_TEXT,
    "other-data": Doubt.ANOTHER_CERTIFICATE,
    "other-authority": Doubt.UNTRUSTED,
    "revoked": Doubt.REVOKED,
    "ocsp-unknown": Doubt.REVOCATION_UNKNOWN,
    "ocsp-forged": Doubt.REVOCATION_UNKNOWN,
    "ocsp-of-another": Doubt.REVOCATION_UNKNOWN,
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_whatever_is_wrong_is_seen(simulators: Simulators, bankid: Client, phone: Phone, asked: ToBeSigned, flaw: str) -> None:
    simulators.set_mode("bankid", flaw)
    assert doubt(simulators, signed(bankid, phone, asked), asked) == EXPECTED[flaw]


def test_evidence_is_of_its_time(simulators: Simulators, bankid: Client, phone: Phone, asked: ToBeSigned) -> None:
    given, now = signed(bankid, phone, asked), datetime.now(UTC)
    assert doubt(simulators, replace(given, received_at=now + timedelta(minutes=4)), asked) is None
    assert doubt(simulators, replace(given, received_at=now + timedelta(hours=1)), asked) == Doubt.REVOCATION_UNKNOWN, "an old response"
    assert doubt(simulators, replace(given, received_at=now - timedelta(hours=1)), asked) == Doubt.REVOCATION_UNKNOWN, "one of the future"
    assert doubt(simulators, replace(given, received_at=now + timedelta(days=4000)), asked) == Doubt.UNTRUSTED, (
        "the certificate's time is over"
    )


def _again(document: str) -> str:
    return base64.b64encode(document.encode()).decode()


def test_what_is_no_evidence_is_no_crash(simulators: Simulators, bankid: Client, phone: Phone, asked: ToBeSigned) -> None:
    given = signed(bankid, phone, asked)
    assert doubt(simulators, replace(given, signature="åäö"), asked) == Doubt.UNREADABLE
    assert doubt(simulators, replace(given, ocsp_response="åäö"), asked) == Doubt.UNREADABLE
    assert doubt(simulators, replace(given, ocsp_response=_again("x")), asked) == Doubt.REVOCATION_UNKNOWN
    with pytest.raises(NotProven):
        evidence.read(b"{}")


def test_only_an_authority_issues(simulators: Simulators, bankid: Client, phone: Phone, asked: ToBeSigned) -> None:
    given = signed(bankid, phone, asked)
    for stranger in ("bankid-tls", "bankid-stranger", "bankid-server", "bankid-ocsp"):
        with pytest.raises(NotProven) as not_proven:
            evidence.require_signed(given, asked, authorities=certificates(simulators.pki / f"{stranger}.crt"))
        assert not_proven.value.doubt == Doubt.UNTRUSTED


def test_the_text_names_no_patient_and_the_data_have_the_digest(asked: ToBeSigned) -> None:
    assert TOLVAN not in asked.visible
    assert asked.type_name in asked.visible
    assert asked.certificate_id in asked.visible
    assert asked.hidden.decode() == (f'{{"intygsId":"{asked.certificate_id}","version":"2.0","digestAlg":"sha256","digest":"{DIGEST}"}}')
