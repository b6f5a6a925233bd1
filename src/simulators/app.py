"""Puts the stand-ins together and serves them, each kind on a port of its own: SOAP services, identity and signing, BankID."""

import asyncio
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from granian.constants import Interfaces
from granian.server.embed import Server
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from simulators import hsa, log_service, pages, population, practitioners, pu, recipients
from simulators.bankid import api, phone, port
from simulators.bankid.signing import Signer
from simulators.contracts import Contracts
from simulators.idp import oidc
from simulators.idp import pages as identity
from simulators.idp.providers import PROVIDERS
from simulators.pki import Pki
from simulators.sign_service import pages as sign_service
from simulators.store import Store

_BESIDE_THE_REPOSITORY = Path(__file__).resolve().parents[3] / "shared" / "rivta"


@dataclass(frozen=True)
class Ports:
    """Where the stand-ins listen."""

    services: int
    identity: int
    bankid: int


class StandIns:
    """What all stand-ins share: what they remember, the official contracts (or none), their keys."""

    def __init__(self, data_folder: Path, schemas: Path = _BESIDE_THE_REPOSITORY) -> None:
        self.store = Store(data_folder)
        self.contracts = Contracts(schemas)
        self.pki = Pki(data_folder / "pki")
        self.bankid = Signer(self.pki)
        population.settle(self.store)
        for provider in PROVIDERS.values():
            provider.credential(self.pki)
        sign_service.keys(self.pki)

    def services(self) -> Starlette:
        """The systems that are called by SOAP, and the pages to look at all stand-ins."""
        return self._app(
            *pages.ROUTES, *pu.ROUTES, *hsa.ROUTES, *recipients.ROUTES, *log_service.ROUTES, *practitioners.ROUTES, *phone.ROUTES
        )

    def identity(self) -> Starlette:
        """Where users prove who they are, and sign."""
        return self._app(*identity.ROUTES, *oidc.ROUTES, *sign_service.ROUTES)

    def relying_party_api(self) -> Starlette:
        """BankID's own address, for those with a certificate."""
        return self._app(*api.ROUTES)

    def _app(self, *routes: BaseRoute) -> Starlette:
        app = Starlette(routes=routes)
        app.state.store, app.state.contracts, app.state.pki = self.store, self.contracts, self.pki
        app.state.bankid = self.bankid
        return app


def main(ports: Ports, data_folder: Path, host: str = "127.0.0.1") -> None:
    """Serve until the process is told to stop."""
    asyncio.run(_serve(ports, StandIns(data_folder), host))


async def _serve(ports: Ports, stand_ins: StandIns, host: str) -> None:
    servers = [
        Server(stand_ins.services(), host, ports.services, interface=Interfaces.ASGI, log_enabled=False),
        Server(stand_ins.identity(), host, ports.identity, interface=Interfaces.ASGI, log_enabled=False),
        port.server(stand_ins.relying_party_api(), stand_ins.pki, host, ports.bankid),
    ]
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = [asyncio.create_task(server.serve()) for server in servers]
    await asyncio.wait([*serving, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.stop()  # type: ignore[no-untyped-call]
    await asyncio.gather(*serving)


if __name__ == "__main__":
    main(Ports(*map(int, sys.argv[1:4])), Path(sys.argv[4]))
