"""Puts the stand-ins together and serves them."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from starlette.applications import Starlette

from simulators import hsa, log_service, pages, population, pu, recipients
from simulators.contracts import Contracts
from simulators.store import Store

_DATA = "SIMULATORS_DATA"
_SCHEMAS = "SIMULATORS_SCHEMAS"
_BESIDE_THE_REPOSITORY = Path(__file__).resolve().parents[3] / "shared" / "rivta"


def create(data_folder: Path, schemas: Path) -> Starlette:
    """All stand-ins as one application; `schemas` holds the official contracts, or does not exist."""
    app = Starlette(routes=[*pages.ROUTES, *pu.ROUTES, *hsa.ROUTES, *recipients.ROUTES, *log_service.ROUTES])
    app.state.store = Store(data_folder)
    app.state.contracts = Contracts(schemas)
    population.settle(app.state.store)
    return app


def from_environment() -> Starlette:
    """The application as its own process makes it."""
    return create(Path(os.environ[_DATA]), Path(os.environ.get(_SCHEMAS) or _BESIDE_THE_REPOSITORY))


def main(port: int, data_folder: Path, host: str = "127.0.0.1") -> None:
    """Serve until the process is told to stop. The contracts' folder comes from SIMULATORS_SCHEMAS, else from beside the repository."""
    os.environ[_DATA] = str(data_folder)
    Granian("simulators.app:from_environment", address=host, port=port, interface=Interfaces.ASGI, factory=True, log_enabled=False).serve()
