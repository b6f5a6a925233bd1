"""The entrances where what comes in has to be signed: SAML messages, metadata, BankID's signatures.

What is changed is seldom signed any more, so each is tried twice: as it is, and as if every signature held, to see what lies behind.
"""

import base64
import json
import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cryptography import x509
from lxml import etree

from fuzz.entrance import Entrance
from login import samples
from login.samples import FIXTURE_TIME
from shared import SHARED
from signing.dss import test_messages as dss
from simulators.bankid.orders import Order
from simulators.bankid.signing import Person, Signer
from simulators.pki import Pki
from webcert.login.saml import identities, messages, metadata, response
from webcert.login.saml.metadata import BadMetadata
from webcert.login.saml.response import Rejected
from webcert.riv.documents import documents
from webcert.riv.xml import UnreadableXml, parse
from webcert.signing.dss import response as sign_response
from webcert.signing.dss.response import NotSigned
from webcert.xmldsig.bankid import signed_in
from webcert.xmldsig.certificates import Trust, verify
from webcert.xmldsig.enveloped import SIGNATURE, BadSignature
from webcert.xmldsig.keys import certificates

SLO = "https://webcert.example.invalid/logout/saml2/slo"

IDENTITIES = {"siths": identities.employee, "eleg": identities.person}


def signed_entrances() -> list[Entrance]:
    """Those whose good messages are on this machine."""
    ours = [Entrance("BankID signatures", _bankid_signatures(), signed_in, (BadSignature,))]
    return [*ours, _signed_certificates(), *_sign_responses(), *_saml()] if (SHARED / samples.FOLDER).exists() else ours


def _signed_certificates() -> Entrance:
    """A signature that is not good is a verdict here, and no refusal."""
    folder = SHARED / "data" / "signatures"
    seeds = [file.read_bytes() for file in sorted(folder.glob("*.xml")) if file.stat().st_size < 60_000]
    seeds = [seed for seed in seeds if b"<!DOCTYPE" not in seed]  # else what is made of it has its entities in place, and is good
    trust = Trust(tuple(certificates(folder / "trusted-ca.pem")))
    signed = {read for seed in seeds for read in _valid(seed, trust)}
    return Entrance("signed certificates", seeds, partial(_verified, trust=trust, signed=signed), (UnreadableXml,))


def _verified(message: bytes, trust: Trust, signed: Collection[str]) -> object:
    """What is valid must be what was signed, as everybody reads it. A document type is a verdict too, and here a refusal."""
    if b"<!DOCTYPE" in message:
        verify(message, trust)
        raise UnreadableXml("a document type")
    found = _valid(message, trust)
    assert found <= signed, "valid, and not what was signed"
    return found


def _valid(message: bytes, trust: Trust) -> set[str]:
    """The certificates in the message that are valid, as they are read when nobody asks for signatures; relations are not signed."""
    valid = {verdict.certificate_id for verdict in verify(message, trust) if verdict.valid}
    return {repr(replace(intyg, relations=())) for intyg in documents(parse(message)) if intyg.id in valid} if valid else set()


def _sign_responses() -> Iterable[Entrance]:
    folder = SHARED / "data" / "signatures" / "dss"
    seeds = [file.read_bytes() for file in sorted(folder.glob("response-*.xml"))]
    service, asked, now = dss.service(), dss.asked(), dss.now()
    take = partial(sign_response.read, asked=asked, service=service, now=now)
    yield Entrance("sign responses", seeds, take, (NotSigned,))
    yield Entrance("sign responses, believed", seeds, partial(_believing, take), (NotSigned,))


def _saml() -> Iterable[Entrance]:
    folder = SHARED / samples.FOLDER
    for name, files, take, refusals in (
        ("SAML responses", "responses/*.xml", _log_in(), (Rejected,)),
        ("SAML log-outs", "logout/*.xml", _log_out(), (Rejected,)),
        ("SAML metadata", "metadata-*/*idp*.xml", _take_metadata(), (BadMetadata,)),
    ):
        seeds = [file.read_bytes() for file in sorted(folder.glob(files)) if file.stat().st_size < 60_000]
        yield Entrance(name, seeds, take, refusals)
        yield Entrance(f"{name}, believed", seeds, partial(_believing, take), refusals)


def _log_in() -> Callable[[bytes], object]:
    expected = {registration: samples.expected(registration) for registration in IDENTITIES}
    now = samples.now()

    def take(message: bytes) -> object:
        registration = "eleg" if b"idp-eleg" in message else "siths"
        return IDENTITIES[registration](response.validated(message, expected[registration], now), registration)

    return take


def _log_out() -> Callable[[bytes], object]:
    known: dict[str, Any] = {"provider": samples.provider("siths"), "address": SLO, "skew": timedelta(seconds=60), "now": FIXTURE_TIME}

    def take(message: bytes) -> object:
        kind, _ = messages.issuer_of(message)
        read = messages.read_logout_request if kind == "LogoutRequest" else messages.require_logout_response
        return read(message, **known)

    return take


def _take_metadata() -> Callable[[bytes], object]:
    trusted = certificates(SHARED / samples.FOLDER / "keys" / "idp-siths.cert.pem")
    return lambda message: metadata.read(message, trusted=trusted, now=FIXTURE_TIME)


def _believing(take: Callable[[bytes], object], message: bytes) -> object:
    with ExitStack() as stack:
        for module in (response, messages, metadata, sign_response):
            stack.enter_context(patch.object(module, "verified", _unsigned))
        return take(message)


def _unsigned(element: etree._Element, _trusted: Iterable[x509.Certificate], holder: etree._Element | None = None) -> etree._Element:
    """What would have been signed, as `verified` gives it."""
    copy = deepcopy(element)
    for signature in copy.findall(SIGNATURE):
        copy.remove(signature)
    return copy


def _bankid_signatures() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        signer = Signer(Pki(Path(folder)))
        visible, hidden = (base64.b64encode(text.encode()).decode() for text in ("Läkarintyg för sjukpenning", '{"digest":"x"}'))
        order = Order("", "191212121212", visible, hidden, "", "", "", 0, 1, "pending", "", None, "")
        done = json.loads(signer.sign(order, Person("191212121212", "Tolvan", "Tolvansson"), ""))
    return [base64.b64decode(done["signature"])]
