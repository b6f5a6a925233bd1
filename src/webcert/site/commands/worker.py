"""`webcert worker`: run background jobs."""

import argparse

from webcert.site.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    with django_with_database("worker"):
        from webcert.site.worker import work

        work()
    return 0
