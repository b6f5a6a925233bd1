"""`webcert simulators`: run the stand-ins for outside systems. The product knows them by their addresses only."""

import argparse
from importlib import import_module

from webcert.site.configuration import configuration
from webcert.site.listening import require_free


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    chosen = configuration()
    for port, setting in chosen.simulator_ports:
        require_free(chosen.host, port, setting)
    app = import_module("simulators.app")
    app.main(app.Ports(*(port for port, _ in chosen.simulator_ports)), chosen.data_folder / "simulators", chosen.host)
    return 0
