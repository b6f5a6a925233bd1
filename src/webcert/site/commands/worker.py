"""`webcert worker`: run background jobs."""

import argparse

from webcert.site.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    with django_with_database("worker") as configuration:
        from webcert.site import demo
        from webcert.site.worker import work

        if configuration.demo and configuration.simulators_url:
            demo.fill()
        work()
    return 0
