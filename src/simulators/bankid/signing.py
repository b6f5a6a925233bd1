"""How a person's BankID signs: an enveloping XML signature with the person's certificate, and the authority's OCSP response about it.

The structure is the one that is publicly known of BankID signatures. The text is written in canonical form: it is signed as it stands.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from simulators.bankid.orders import Order
from simulators.pki import Credential, Pki, subject

XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
BANKID = "http://www.bankid.com/signature/v1.0.0/types"
_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"

RELYING_PARTY = "Webcert (test)"

SOMEBODY_ELSE = "201212121212"
"""Who signs when the wrong person does."""

FLAWS = {
    "wrong-user": "Fel person skriver under",
    "tampered": "Underskriften ändras efteråt",
    "other-text": "En annan text än den begärda skrivs under",
    "other-data": "Andra dolda data än de begärda skrivs under",
    "other-authority": "Personens certifikat kommer från en okänd utfärdare",
    "revoked": "Personens certifikat är spärrat",
    "ocsp-unknown": "Spärrkontrollen känner inte till certifikatet",
    "ocsp-forged": "Spärrkontrollens svar är undertecknat av någon annan",
    "ocsp-of-another": "Spärrkontrollens svar hör till en annan underskrift",
}
"""Ways in which what comes back from the phone can be wrong."""


@dataclass(frozen=True)
class Person:
    """Somebody with a BankID."""

    number: str
    given: str
    surname: str

    @property
    def name(self) -> str:
        """Given name and surname."""
        return f"{self.given} {self.surname}"


class Signer:
    """The authorities behind BankID and the keys of the persons, who get theirs at their first signature."""

    def __init__(self, pki: Pki) -> None:
        root = pki.authority("bankid-root", "Test BankID Root CA")
        self._pki = pki
        self._bank = pki.authority("bankid-customers", "Testbanken Customer CA for BankID", root)
        self._stranger = pki.authority("bankid-stranger", "Somebody else's CA")
        self._responder = pki.issued(
            "bankid-ocsp", subject("Testbanken OCSP responder"), self._bank, purpose=ExtendedKeyUsageOID.OCSP_SIGNING
        )
        self._liar = pki.issued("bankid-ocsp-stranger", subject("OCSP"), self._stranger, purpose=ExtendedKeyUsageOID.OCSP_SIGNING)
        self._held: dict[tuple[str, str], tuple[rsa.RSAPrivateKey, x509.Certificate]] = {}

    def sign(self, order: Order, person: Person, flaw: str = "") -> str:
        """The completion data of the order that the person signs, as JSON; wrong in the way of the flaw, if there is one."""
        issuer = self._stranger if flaw == "other-authority" else self._bank
        key, certificate = self._credential(person, issuer)
        visible = _encoded("Jag lånar ut en miljon kronor.") if flaw == "other-text" else order.visible
        hidden = _encoded("{}") if flaw == "other-data" else order.hidden
        xml = _signature(key, (certificate, issuer.certificate), visible, hidden)
        if flaw == "tampered":
            xml = xml.replace("<funcId>Signing</funcId>", "<funcId>Identification</funcId>")
        signature = _encoded(xml)
        return json.dumps(
            {
                "user": {"personalNumber": person.number, "name": person.name, "givenName": person.given, "surname": person.surname},
                "device": {"ipAddress": "192.0.2.17", "uhi": "OZvYM9VvyiAmG7NA5jU5zqGcVpo="},
                "bankIdIssueDate": "2024-02-01",
                "signature": signature,
                "ocspResponse": base64.b64encode(self._status(certificate, issuer, signature, flaw)).decode(),
            }
        )

    def _credential(self, person: Person, issuer: Credential) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
        holder = (person.number, issuer.key_path.name)
        if holder not in self._held:
            key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
            name = subject(f"{person.name} – BankID", serial_number=person.number, given_name=person.given, surname=person.surname)
            self._held[holder] = key, self._pki.unkept(name, issuer, key)
        return self._held[holder]

    def _status(self, certificate: x509.Certificate, issuer: Credential, signature: str, flaw: str) -> bytes:
        now = datetime.now(UTC).replace(microsecond=0)
        responder = self._liar if flaw == "ocsp-forged" else self._responder
        revoked = flaw == "revoked"
        status = {"revoked": ocsp.OCSPCertStatus.REVOKED, "ocsp-unknown": ocsp.OCSPCertStatus.UNKNOWN}
        signed = "another signature" if flaw == "ocsp-of-another" else signature
        return (
            ocsp.OCSPResponseBuilder()
            .add_response(
                certificate,
                issuer.certificate,
                hashes.SHA1(),
                status.get(flaw, ocsp.OCSPCertStatus.GOOD),
                now,
                now + timedelta(minutes=5),
                now - timedelta(days=1) if revoked else None,
                x509.ReasonFlags.key_compromise if revoked else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
            .certificates([responder.certificate])
            .add_extension(x509.OCSPNonce(hashlib.sha1(signed.encode()).digest() + secrets.token_bytes(12)), critical=False)
            .sign(responder.key, hashes.SHA256())
            .public_bytes(Encoding.DER)
        )


def _signature(key: rsa.RSAPrivateKey, chain: tuple[x509.Certificate, ...], visible: str, hidden: str) -> str:
    data, keys = _signed_data(visible, hidden), _key_info(chain)
    info = (
        f'<SignedInfo xmlns="{XMLDSIG}"><CanonicalizationMethod Algorithm="{_C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{_RSA_SHA256}"></SignatureMethod>'
        + _reference(f'Type="{BANKID}" URI="#bidSignedData"', data)
        + _reference('URI="#bidKeyInfo"', keys)
        + "</SignedInfo>"
    )
    value = base64.b64encode(key.sign(info.encode(), padding.PKCS1v15(), hashes.SHA256())).decode()
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    return f'{head}<Signature xmlns="{XMLDSIG}">{info}<SignatureValue>{value}</SignatureValue>{keys}<Object>{data}</Object></Signature>'


def _reference(attributes: str, content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return (
        f'<Reference {attributes}><Transforms><Transform Algorithm="{_C14N}"></Transform></Transforms>'
        f'<DigestMethod Algorithm="{_SHA256}"></DigestMethod><DigestValue>{digest}</DigestValue></Reference>'
    )


def _key_info(chain: tuple[x509.Certificate, ...]) -> str:
    held = "".join(
        f"<X509Certificate>{base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()}</X509Certificate>" for certificate in chain
    )
    return f'<KeyInfo xmlns="{XMLDSIG}" Id="bidKeyInfo"><X509Data>{held}</X509Data></KeyInfo>'


def _signed_data(visible: str, hidden: str) -> str:
    name, nonce, display = _encoded(f"cn={RELYING_PARTY}"), base64.b64encode(secrets.token_bytes(20)).decode(), _encoded(RELYING_PARTY)
    return (
        f'<bankIdSignedData xmlns="{BANKID}" Id="bidSignedData">'
        f'<usrVisibleData charset="UTF-8" visible="wysiwys">{visible}</usrVisibleData>'
        + (f"<usrNonVisibleData>{hidden}</usrNonVisibleData>" if hidden else "")
        + f"<srvInfo><name>{name}</name><nonce>{nonce}</nonce><displayName>{display}</displayName></srvInfo>"
        f"<clientInfo><funcId>Signing</funcId><version>{_encoded('7.50.0')}</version>"
        f"<env><ai><type>{_encoded('ANDROID')}</type><deviceInfo>{_encoded('14')}</deviceInfo><uhi>{_encoded('OZvYM9VvyiAmG7NA5jU5zqGcVpo=')}</uhi>"
        "<fsib>1</fsib><utb>cs1</utb><uauth>pw</uauth></ai></env></clientInfo></bankIdSignedData>"
    )


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
