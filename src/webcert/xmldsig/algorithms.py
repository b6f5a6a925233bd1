"""The algorithms that are taken for XML signatures, by the addresses that name them there. Everything else is refused.

Source: reference/login-and-signing.md §2.5 step 4; RFC 6931.
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"
ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

SIGNATURES: dict[str, tuple[type[PublicKeyTypes], hashes.HashAlgorithm]] = {
    RSA_SHA256: (rsa.RSAPublicKey, hashes.SHA256()),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": (rsa.RSAPublicKey, hashes.SHA384()),
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": (rsa.RSAPublicKey, hashes.SHA512()),
    ECDSA_SHA256: (ec.EllipticCurvePublicKey, hashes.SHA256()),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": (ec.EllipticCurvePublicKey, hashes.SHA384()),
    "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": (ec.EllipticCurvePublicKey, hashes.SHA512()),
}
"""Signature algorithm → the kind of key, the hash."""

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    SHA256: hashes.SHA256(),
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384(),
    "http://www.w3.org/2001/04/xmlenc#sha512": hashes.SHA512(),
}

SHORTEST_RSA_KEY = 2048


def digest(algorithm: str, data: bytes) -> bytes:
    """The digest of the bytes. Raises KeyError for an algorithm that is not taken."""
    calculation = hashes.Hash(DIGESTS[algorithm])
    calculation.update(data)
    return calculation.finalize()


def is_signature(algorithm: str, key: PublicKeyTypes, signature: bytes, data: bytes, *, shortest: int = SHORTEST_RSA_KEY) -> bool:
    """Whether the key's owner has signed the bytes. A key of another kind than the algorithm's, or a shorter one, has signed nothing.

    Raises KeyError for an algorithm that is not taken.
    """
    kind, hash = SIGNATURES[algorithm]
    if not isinstance(key, kind):
        return False
    try:
        if isinstance(key, rsa.RSAPublicKey):
            if key.key_size < shortest:
                return False
            key.verify(signature, data, PKCS1v15(), hash)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(_as_der(signature, key), data, ec.ECDSA(hash))
    except InvalidSignature:
        return False
    return True


def signature_algorithm(key: PrivateKey) -> str:
    """The algorithm that `signature_of` signs with."""
    return RSA_SHA256 if isinstance(key, rsa.RSAPrivateKey) else ECDSA_SHA256


def signature_of(key: PrivateKey, data: bytes) -> bytes:
    """The key's signature of the bytes, with SHA-256, as XML signatures write it."""
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, PKCS1v15(), hashes.SHA256())
    return _side_by_side(key.sign(data, ec.ECDSA(hashes.SHA256())), key.curve)


def is_encoded(key: PublicKeyTypes, signature: bytes) -> bool:
    """Whether the signature has the form that XML signatures have: on a curve the two numbers side by side, never DER."""
    return not isinstance(key, ec.EllipticCurvePublicKey) or len(signature) == 2 * _size(key.curve)


def encoded(key: PublicKeyTypes, signature: bytes) -> bytes:
    """The signature in the form that XML signatures have, also when it came in DER. Raises ValueError when it is neither."""
    if is_encoded(key, signature):
        return signature
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return _side_by_side(signature, key.curve)


def _side_by_side(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    try:
        return b"".join(number.to_bytes(_size(curve)) for number in decode_dss_signature(signature))
    except OverflowError:
        raise ValueError("numbers of another curve") from None


def _as_der(signature: bytes, key: ec.EllipticCurvePublicKey) -> bytes:
    """XML signatures have the two numbers side by side, each as long as the curve's numbers are."""
    if not is_encoded(key, signature):
        raise InvalidSignature
    size = _size(key.curve)
    return encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))


def _size(curve: ec.EllipticCurve) -> int:
    return (curve.key_size + 7) // 8
