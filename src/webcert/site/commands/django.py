"""`webcert django …`: Django's own management commands, for whoever develops the product."""

import argparse

from webcert.site.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `django` is handed on as it is."""
    parser.add_argument("words", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    """Run the management command."""
    with django_with_database("django"):
        from django.core.management import execute_from_command_line

        execute_from_command_line(["webcert django", *options.words])
    return 0
