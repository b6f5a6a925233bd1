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
    require_free(chosen.host, chosen.simulator_port, "WEBCERT_SIMULATOR_PORT")
    import_module("simulators.app").main(chosen.simulator_port, chosen.data_folder / "simulators", chosen.host)
    return 0
