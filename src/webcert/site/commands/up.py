"""`webcert up`: the whole product with one command."""

import argparse

from webcert.site.configuration import configuration
from webcert.site.supervisor import Supervisor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the configuration says it all."""


def run(options: argparse.Namespace) -> int:
    """Start, tell where, watch until told to stop, stop."""
    return Supervisor(configuration()).run()
