"""BankID's port: TLS that lets in relying parties with a certificate from BankID only. Their files lie with the other keys.

`bankid-tls.crt` is the authority to pin, `bankid-rp.crt` and `.key` are the product's, `bankid-root.crt` stands above the persons' own.
"""

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette

from simulators.pki import Pki, subject


def server(app: Starlette, pki: Pki, host: str, port: int) -> Server:
    """Serves the app there. Everybody's keys and certificates are made when they are not there yet."""
    relying_parties = pki.authority("bankid-relying-parties", "Testbanken RP CA for BankID")
    pki.issued("bankid-rp", subject("Webcert (test)", serial_number="SE5565594230"), relying_parties)
    authority = pki.authority("bankid-tls", "Test BankID SSL Root CA")
    own = pki.issued("bankid-server", subject(host), authority, hosts=tuple(dict.fromkeys(("localhost", "127.0.0.1", "::1", host))))
    return Server(
        app,
        host,
        port,
        interface=Interfaces.ASGI,
        log_enabled=False,
        ssl_cert=own.certificate_path,
        ssl_key=own.key_path,
        ssl_ca=relying_parties.certificate_path,
        ssl_client_verify=True,
    )
