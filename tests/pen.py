"""A pen for tests: signs a draft by the same two steps as the signing room, with a key of its own instead of a service outside."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from simulators.pki import Pki, ec_key, subject
from webcert.certificates import signing
from webcert.certificates.models import Certificate, Signature
from webcert.certificates.signing import Proof
from webcert.staff.login_context import LoginContext
from webcert.xmldsig import algorithms, certificates, profile

KEY = ec_key()

_FOLDER = TemporaryDirectory(prefix="webcert-pen-")
_PKI = Pki(Path(_FOLDER.name))
AUTHORITY = _PKI.authority("pen", "Test CA")
"""Who vouches for everybody who signs with the pen."""


def sign(id: UUID, *, revision: int, by: LoginContext) -> Certificate:
    """Sign the draft as that user, now."""
    return about_to_sign(id, revision=revision, by=by)()


def about_to_sign(id: UUID, *, revision: int, by: LoginContext) -> Callable[[], Certificate]:
    """The draft, signed by the user's own hand; that it is taken in is what remains to be called."""
    prepared = signing.prepare(id, revision=revision, by=by)
    document = prepared.document
    proof = proof_of(id, document.digest, by)
    return partial(signing.sign, id, revision=revision, signed_at=prepared.signed_at, document=document, proof=proof, by=by)


def proof_of(id: UUID, digest: str, by: LoginContext) -> Proof:
    """That the user has signed what has this digest."""
    signer = _PKI.unkept(subject(by.user.name, serial_number=by.user.hsa_id), AUTHORITY, KEY)
    info = profile.signed_info(str(id), digest, algorithms.ECDSA_SHA256)
    return Proof(Signature.Kind.XMLDSIG, digest, b"evidence", certificates.signature_of(info, algorithms.signature_of(KEY, info), signer))
