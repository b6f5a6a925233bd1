"""`webcert verify FILE…`: whether the signatures of certificates hold, and each check with its outcome. Nothing is asked of anybody."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from cryptography import x509

from webcert.site.commands import findings
from webcert.site.commands.findings import Finding
from webcert.site.configuration import Configuration, ConfigurationError
from webcert.xmldsig.certificates import Check, Trust, Verification, verify
from webcert.xmldsig.keys import UnreadableKey, certificates
from webcert.xmldsig.profile import Flaw

PASSED = {
    Check.POLICY: "the signature has the form that certificates' signatures have",
    Check.REFERENCES: "what was signed is what the certificate says",
    Check.VALUE: "it was made with the key of the certificate in it",
    Check.TRUSTED: "the signer's certificate comes from a trusted authority",
    Check.TIMELY: "the signer's certificate was valid when it was signed",
    Check.SIGNER: "the signer is who the certificate says has issued it",
    Check.STRUCTURE: "nothing stands outside the signature",
}

FAILED = {
    Flaw.DTD_FORBIDDEN: "the document has a document type and was not read",
    Flaw.SIGNATURE_MISSING: "there is no signature",
    Flaw.SIGNED_ELEMENT_IS_NOT_THE_DOCUMENT: "there are several certificates where there must be one",
    Flaw.SIGNATURE_MISPLACED: "the signature does not stand alone and last in the certificate",
    Flaw.SIGNATURE_MALFORMED: "the signature has other parts than it should",
    Flaw.ALGORITHM_NOT_ALLOWED: "the algorithm is not allowed",
    Flaw.TRANSFORM_NOT_ALLOWED: "the signature would leave out parts of the certificate, or cover something else",
    Flaw.INTYGS_ID_MISMATCH: "the signature is about another certificate",
    Flaw.KEYINFO_MISSING: "the signer's certificate is not in it",
    Flaw.REFERENCE_DIGEST_MISMATCH: "the certificate is not what was signed",
    Flaw.SIGNATURE_VALUE_ENCODING: "the signature's value is not written as it should be",
    Flaw.SIGNATURE_VALUE_INVALID: "it was not made with the key of the certificate in it",
    Flaw.CERTIFICATE_UNTRUSTED: "the signer's certificate comes from nobody who is trusted",
    Flaw.CERTIFICATE_NOT_VALID_AT_SIGNING: "the signer's certificate was not valid when it was signed",
    Flaw.SIGNER_MISMATCH: "the signer is another than who the certificate says has issued it",
    Flaw.SCHEMA_INVALID: "something stands where the signature does not protect it",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, whom to trust, and how to tell what was found."""
    findings.add_arguments(parser)
    parser.add_argument(
        "--trust", type=Path, action="append", metavar="CA.pem",
        help="authorities that signers' certificates may come from; WEBCERT_SIGNER_AUTHORITIES when not given",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Tell, for each certificate, whether its signature is good, and one line for each check."""
    found = findings.found(options.files, partial(verify, trust=_trust(options.trust)))
    return findings.tell(found, as_json=options.json, lines=_lines, details=_details)


def _lines(name: str, verification: Verification) -> Iterator[str]:
    yield f"{name}: {'valid' if verification.valid else f'not valid: {verification.flaw}'}"
    for line in _each_check(verification):
        yield f"  {line}"


def _details(finding: Finding[Verification]) -> dict[str, Any]:
    verification = finding.verdict
    if verification is None:
        return {}
    return {
        "certificate": verification.certificate_id or None,
        "reason": verification.flaw,
        "checks": {check: verification.checks[check] is None if check in verification.checks else None for check in Check},
        "signedAt": verification.signed_at and verification.signed_at.isoformat(),
        "signer": _described(verification.signer) if verification.signer else None,
    }


def _each_check(verification: Verification) -> Iterator[str]:
    for check in Check:
        if check not in verification.checks:
            yield f"{check}: not checked"
        elif flaw := verification.checks[check]:
            yield f"{check}: {flaw}: {FAILED[flaw]}"
        else:
            yield f"{check}: ok: {PASSED[check]}"
    if verification.signer:
        described = _described(verification.signer)
        yield f"signed {verification.signed_at or 'at no known time'} by {described['subject']}, certified by {described['issuer']}"


def _described(signer: x509.Certificate) -> dict[str, str]:
    kind = type(signer.public_key()).__name__
    return {
        "subject": signer.subject.rfc4514_string(),
        "issuer": signer.issuer.rfc4514_string(),
        "algorithm": "RSA" if "RSA" in kind else "EC",
        "type": "X.509",
    }


def _trust(given: list[Path] | None) -> Trust:
    """The authorities that were given, else those of the configuration; without any, nobody is trusted."""
    configured = Configuration().signer_authorities
    files = given or ([configured] if configured else [])
    try:
        return Trust(tuple(certificate for file in files for certificate in certificates(file)))
    except (OSError, UnreadableKey) as error:
        raise ConfigurationError(f"the authorities cannot be read: {error}") from None
