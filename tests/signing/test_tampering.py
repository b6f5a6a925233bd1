"""Whoever opens a signed certificate sees whether its signature holds now, whatever somebody has done to the database since (T29);
and nobody's signature passes for another's (T5)."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from certificates.test_life import codes, draft, filled, signed  # noqa: F401
from certificates.test_pages import browser, remembered  # noqa: F401
from certificates.test_transport import signed as signed_of_type
from clinic import doctor, outside, patient, running_simulators, simulators, working  # noqa: F401
from example_transport import TSTRK1007_7, TSTRK1031_4
from pen import AUTHORITY
from shared import shared
from told import told
from webcert.certificates.models import Certificate, Signature
from webcert.certificates.signatures import RECORD_DIFFERS, UNREADABLE, judged
from webcert.certificates.taking_in import take_in
from webcert.patients.models import Person
from webcert.staff.login_context import LoginContext
from webcert.xmldsig.certificates import Trust, verify
from webcert.xmldsig.keys import certificates
from webcert.xmldsig.profile import Flaw
from written import DOCUMENTS, document

pytestmark = pytest.mark.django_db

INVALID = "INTYG_SIGNATURE_INVALID"


@pytest.fixture(autouse=True)
def trusted(settings: Any) -> None:
    """The authority of the pen is the one that is trusted."""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"signer_authorities": AUTHORITY.certificate_path})


def flip(id: UUID, place: bytes) -> None:
    """Change one byte, just after the place, in the signed document."""
    content = bytes(Certificate.objects.get(pk=id).signed_xml or b"")
    at = content.index(place) + len(place)
    Certificate.objects.filter(pk=id).update(signed_xml=content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])


def flaw_of(certificate: Certificate) -> str:
    certificate.refresh_from_db()
    judgement = judged(certificate)
    assert judgement
    return judgement.flaw


def test_a_signature_that_holds_is_shown_with_its_signer_and_method(browser: Client, signed: Certificate) -> None:
    page = browser.get(f"/intyg/{signed.id}").content.decode()
    assert f"Giltig, av {signed.signed_by_name} med SITHS" in page
    assert "inte giltig" not in page


@pytest.mark.parametrize("place", [b'<c:delsvar id="17.1">', b"<ds:SignatureValue>"])
def test_T29_one_byte_that_is_changed_is_seen_and_told(
    browser: Client, signed: Certificate, place: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    flip(signed.id, place)
    page = browser.get(f"/intyg/{signed.id}").content.decode()
    assert "Den elektroniska underskriften är inte giltig." in page
    assert "Använd inte intyget." in page
    assert "Giltig, av" not in page
    (alarm,) = told(caplog, INVALID)
    assert alarm["certificate"] == str(signed.id)
    assert alarm["reason"]


@pytest.mark.parametrize("byte", range(0, 20_000, 1_499))
def test_T29_wherever_it_is(signed: Certificate, byte: int) -> None:
    content = bytearray(signed.signed_xml or b"")
    content[byte % len(content)] ^= 4
    Certificate.objects.filter(pk=signed.pk).update(signed_xml=bytes(content))
    assert flaw_of(signed)


TAMPERINGS: dict[str, Callable[[Certificate], dict[str, Any]]] = {
    "an answer": lambda it: {"answers": it.answers | {"17": it.answers["17"] | {"text": "Patienten är helt frisk."}}},
    "an answer of another kind": lambda it: {"answers": it.answers | {"17": "Patienten är helt frisk."}},
    "a code": lambda it: {"answers": json.loads(json.dumps(it.answers).replace("HELT_NEDSATT", "TRE_FJARDEDEL"))},
    "an answer that is gone": lambda it: {"answers": {id: answer for id, answer in it.answers.items() if id != "17"}},
    "the patient": lambda it: {"patient_id": "198001910002"},
    "the unit": lambda it: {"unit_id": "SE2321000016-9999"},
    "the signer": lambda it: {"signed_by_id": "SE2321000016-9999"},
    "the time": lambda it: {"signed_at": it.created_at.replace(year=2020)},
    "the digest": lambda it: {"digest": "x"},
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_T29_what_the_page_is_made_from_is_what_was_signed(signed: Certificate, what: str) -> None:
    changed = TAMPERINGS[what](signed)
    assert any(getattr(signed, name) != value for name, value in changed.items())
    Certificate.objects.filter(pk=signed.pk).update(**changed)
    assert flaw_of(signed) == RECORD_DIFFERS


def test_T29_a_signature_that_is_taken_out_is_missed(signed: Certificate) -> None:
    content = bytes(signed.signed_xml or b"")
    start, end = content.index(b"<u:underskrift"), content.index(b"</p:intyg>")
    Certificate.objects.filter(pk=signed.pk).update(signed_xml=content[:start] + content[end:])
    assert flaw_of(signed) == Flaw.SIGNATURE_MISSING


def test_T29_the_document_of_another_certificate_is_not_taken_for_this_one(
    signed: Certificate, patient: Person, doctor: LoginContext
) -> None:
    from certificates.test_life import actions, sign

    draft = filled(actions.create("lisjp", patient=patient, by=doctor), doctor)
    other = sign(draft.id, revision=draft.revision, by=doctor)
    Certificate.objects.filter(pk=signed.pk).update(
        signed_xml=other.signed_xml, digest=other.digest, answers=other.answers, signed_at=other.signed_at
    )
    assert flaw_of(signed) == RECORD_DIFFERS


@pytest.mark.parametrize("left", [b"", b"<a/>", b"\x00", b"<intyg"])
def test_T29_a_document_that_is_none_shows_a_page_all_the_same(browser: Client, signed: Certificate, left: bytes) -> None:
    Certificate.objects.filter(pk=signed.pk).update(signed_xml=left)
    assert "Det som skrevs under går inte att läsa." in browser.get(f"/intyg/{signed.id}").content.decode()
    assert flaw_of(signed) == UNREADABLE


@pytest.mark.parametrize(("type", "answers"), [("ts-bas", TSTRK1007_7[0]), ("ts-diabetes", TSTRK1031_4[0])])
def test_no_sound_certificate_is_suspected(patient: Person, doctor: LoginContext, type: str, answers: Any) -> None:
    assert flaw_of(signed_of_type(type, answers, patient, doctor)) == ""


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
def test_what_came_without_a_signature_says_so(browser: Client, number: int, caplog: pytest.LogCaptureFixture) -> None:
    taken = take_in(document(DOCUMENTS[number]))
    judgement = judged(taken)
    assert judgement
    assert (judgement.flaw, judgement.is_signed, judgement.holds) == ("", False, False)
    assert told(caplog, INVALID) == []
    Certificate.objects.filter(pk=taken.pk).update(answers=taken.answers | {"17": "Frisk."})
    assert flaw_of(taken) == RECORD_DIFFERS


def test_what_came_with_a_signature_is_judged_by_the_authorities_that_are_trusted(
    signed: Certificate, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    message = bytes(signed.signed_xml or b"")
    signed.delete()
    taken = take_in(message)
    assert not Signature.objects.exists()
    assert flaw_of(taken) == ""
    settings.WEBCERT = settings.WEBCERT.model_copy(update={"signer_authorities": None})
    assert flaw_of(taken) == Flaw.CERTIFICATE_UNTRUSTED
    assert told(caplog, INVALID) == [], "an authority of others that we do not know is no alarm"
    flip(taken.pk, b"<ds:SignatureValue>")
    assert flaw_of(taken)
    assert told(caplog, INVALID)


def test_T05_a_certificate_that_somebody_else_has_signed_is_not_the_issuer_s() -> None:
    trust = Trust(certificates(shared("data/signatures/trusted-ca.pem")))
    for name, flaw in (("gen-10-signer-mismatch", Flaw.SIGNER_MISMATCH), ("gen-11-keyinfo-swapped", Flaw.SIGNATURE_VALUE_INVALID)):
        (verdict,) = verify(shared(f"data/signatures/{name}.xml").read_bytes(), trust)
        assert verdict.flaw == flaw
        assert not verdict.valid
