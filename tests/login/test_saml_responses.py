"""Every response of the shared material gets its verdict with its reason; and what the material does not hold, made from it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from login.samples import expected, index, now, response
from webcert.login.saml import identities
from webcert.login.saml.response import SIZE_LIMIT, Asserted, Reason, Rejected, validated
from webcert.staff.identity import Identity, Method

SAMPLES: list[dict[str, Any]] = index()["responses"]
READ = {"siths": identities.employee, "eleg": identities.person}


def judged(file: str, registration: str = "siths", **changes: Any) -> Identity:
    return READ[registration](validated(response(file), replace(expected(registration), **changes), now()), registration)


def reason_of(document: bytes, **changes: Any) -> Reason:
    with pytest.raises(Rejected) as refused:
        identities.employee(validated(document, replace(expected("siths"), **changes), now()), "siths")
    return refused.value.reason


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if "user" in sample], ids=lambda sample: sample["file"])
def test_a_response_in_order_gives_the_user(sample: dict[str, Any]) -> None:
    identity = judged(sample["file"], sample["registration"])
    user = sample["user"]
    assert (identity.hsa_id, identity.personal_id) == (user.get("employeeHsaId", ""), user.get("personId", ""))
    assert identity.method is Method(user["method"])
    assert identity.level
    assert identity.session
    assert (identity.session.registration, identity.session.name_id, identity.session.index) == (
        sample["registration"],
        "_transient-4711",
        "sess-1",
    )


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample["verdict"] == "reject"], ids=lambda sample: sample["file"])
def test_a_response_that_is_not_in_order_is_refused_for_its_reason(sample: dict[str, Any]) -> None:
    with pytest.raises(Rejected) as refused:
        judged(sample["file"], sample["registration"])
    assert refused.value.reason is Reason(sample["reason"])


def test_every_sample_is_judged_here_or_where_replay_is_remembered() -> None:
    assert [sample["file"] for sample in SAMPLES if "user" not in sample and sample["verdict"] != "reject"] == [
        "bad-replay-second-use-of-ok.xml"
    ]
    assert judged("bad-replay-second-use-of-ok.xml").hsa_id == "TSTNMT2321000156-1079"


def test_the_provider_says_who_signs_with_the_user() -> None:
    assert judged("ok-siths-assertion-signed.xml").signing_provider == "https://idp-siths.example.invalid/saml/sign/oob"


def test_the_providers_own_word_for_a_refusal_is_kept_for_the_log() -> None:
    with pytest.raises(Rejected) as refused:
        judged("bad-status-authnfailed.xml")
    assert refused.value.status.endswith("AuthnFailed")


def test_A_036_the_contexts_of_2019_and_of_today_are_accepted_when_the_operator_says_so() -> None:
    assert judged("ok-siths-tlsclient-2019.xml").method is Method.SITHS
    only_loa3 = frozenset({"http://id.sambi.se/loa/loa3"})
    assert judged("ok-siths-assertion-signed.xml", contexts=only_loa3).level == "http://id.sambi.se/loa/loa3"
    assert reason_of(response("ok-siths-tlsclient-2019.xml"), contexts=only_loa3) is Reason.ASSURANCE_LEVEL


def test_providers_are_not_interchangeable() -> None:
    eleg = expected("eleg")
    good = response("ok-siths-assertion-signed.xml")
    assert reason_of(good, certificates=eleg.certificates) is Reason.SIGNATURE_UNTRUSTED_KEY
    assert reason_of(good, provider=eleg.provider) is Reason.ISSUER_MISMATCH


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (b"<a/>" + b" " * SIZE_LIMIT, Reason.TOO_LARGE),
        (b"<a>", Reason.UNREADABLE),
        ("<a>å</a>".encode("latin-1"), Reason.UNREADABLE),
        ("<a/>".encode("utf-16"), Reason.UNREADABLE),
        (b"<a/>", Reason.NOT_A_RESPONSE),
        (b'<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol" Version="1.1"/>', Reason.NOT_A_RESPONSE),
        (b'<Response xmlns="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"/>', Reason.STATUS),
    ],
)
def test_what_is_no_response_is_refused_before_anything_is_believed(document: bytes, reason: Reason) -> None:
    assert reason_of(document) is reason


def test_an_encrypted_assertion_is_refused_since_we_have_no_key_for_it() -> None:
    document = response("ok-siths-assertion-signed.xml").replace(
        b"</samlp:Status>", b'</samlp:Status><saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>'
    )
    assert reason_of(document) is Reason.ENCRYPTED


def test_what_stands_outside_the_signature_must_agree_with_what_stands_inside() -> None:
    good = response("ok-siths-assertion-signed.xml")
    assert reason_of(good.replace(b'Destination="https://webcert', b'Destination="https://ond', 1)) is Reason.RECIPIENT
    assert reason_of(good.replace(b'InResponseTo="_req0', b'InResponseTo="_req1', 1)) is Reason.IN_RESPONSE_TO
    assert reason_of(good.replace(b' InResponseTo="_req0f6d0c6e5b1a4d6f8a7b"', b"", 1)) is Reason.IN_RESPONSE_TO


def test_an_old_login_at_the_provider_is_not_enough() -> None:
    assert reason_of(response("ok-siths-assertion-signed.xml"), longest_age=timedelta(seconds=-120)) is Reason.AUTHENTICATION_TOO_OLD


def asserted(**attributes: tuple[str, ...]) -> Asserted:
    names = {"hsa_id": identities.HSA_ID_NAMES[0], "former": identities.HSA_ID_NAMES[1], "number": "Subject_SerialNumber"}
    told = {names.get(name, name): values for name, values in attributes.items()}
    return Asserted("_a", "name", "index", "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI", told, now())


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"hsa_id": ("SE1-1", "SE1-2")}, Reason.ATTRIBUTE_AMBIGUOUS),
        ({"hsa_id": ("SE1-1", "SE1-1")}, Reason.ATTRIBUTE_AMBIGUOUS),
        ({"hsa_id": ("SE1-1",), "former": ("SE1-2",)}, Reason.ATTRIBUTE_AMBIGUOUS),
        ({"hsa_id": ("SE1-1",), "former": ("SE1-1",)}, None),
        ({"former": ("SE1-1",)}, None),
        ({"hsa_id": ()}, Reason.ATTRIBUTE_MISSING),
        ({"hsa_id": ("S" * 32,)}, Reason.ATTRIBUTE_MISSING),
        ({"number": ("191212121212",)}, Reason.ATTRIBUTE_MISSING),
    ],
)
def test_an_employee_is_exactly_one_hsa_id(attributes: dict[str, tuple[str, ...]], reason: Reason | None) -> None:
    if reason is None:
        assert identities.employee(asserted(**attributes), "siths").hsa_id == "SE1-1"
        return
    with pytest.raises(Rejected) as refused:
        identities.employee(asserted(**attributes), "siths")
    assert refused.value.reason is reason


def test_the_end_of_the_providers_session_counts_for_e_legitimation_only() -> None:
    told = replace(asserted(hsa_id=("SE1-1",), number=("191212121212",), LoginMethod=("ccp1",)), session_ends_at=now())
    employee, person = identities.employee(told, "siths"), identities.person(told, "eleg")
    assert employee.session
    assert employee.session.ends_at is None
    assert person.session
    assert person.session.ends_at == int(now().timestamp())


@pytest.mark.parametrize(
    ("number", "method", "reason"),
    [
        *(("191212121212", code, Method.NET_ID) for code in ("ccp1", "ccp2", "ccp8")),
        *(("191212121212", code, Method.BANK_ID) for code in ("ccp10", "ccp12", "bankid.auto-start-token")),
        *(("191212121212", code, Method.MOBILE_BANK_ID) for code in ("ccp11", "ccp13", "ccp19", "ccp28", "bankid.qr-start-token")),
        ("191212121212", "", Reason.LOGIN_METHOD),
        ("191212121212", "fake", Reason.LOGIN_METHOD),
        ("19121212-1212", "ccp1", Reason.ATTRIBUTE_MISSING),
        ("191213121212", "ccp1", Reason.ATTRIBUTE_MISSING),
        ("1212121212", "ccp1", Reason.ATTRIBUTE_MISSING),
    ],
)
def test_a_person_is_twelve_digits_with_a_known_method(number: str, method: str, reason: Method | Reason) -> None:
    told = asserted(number=(number,), LoginMethod=(method,) if method else (), SecurityLevelDescription=("smartcardpki",))
    if isinstance(reason, Method):
        identity = identities.person(told, "eleg")
        assert (identity.personal_id, identity.hsa_id, identity.method) == (number, "", reason)
        return
    with pytest.raises(Rejected) as refused:
        identities.person(told, "eleg")
    assert refused.value.reason is reason


def test_a_level_that_the_provider_describes_in_two_ways_is_no_level() -> None:
    with pytest.raises(Rejected) as refused:
        identities.person(asserted(number=("191212121212",), LoginMethod=("ccp1",), SecurityLevelDescription=("SoftwarePKI",)), "eleg")
    assert refused.value.reason is Reason.ASSURANCE_LEVEL
