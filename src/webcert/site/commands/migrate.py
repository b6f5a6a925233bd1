"""`webcert migrate`: bring the database to this version. Safe to run from several machines at once."""

import argparse

import psycopg

from webcert.site.commands import django_with_database

_LOCK = 0x5745_4243  # any number that no other program on the same database uses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Apply migrations and load the starter code lists if there are none."""
    with django_with_database("migrate"):
        bring_up_to_date()
    return 0


def bring_up_to_date() -> None:
    """The work itself, in a process where Django is set up; one process at a time does it."""
    from django.core.management import call_command
    from django.db import connection

    from webcert.code_systems.actions import load_starter_lists

    with psycopg.connect(**connection.get_connection_params()) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        call_command("migrate", interactive=False, verbosity=0)
        load_starter_lists()
    connection.close()  # or the web workers would inherit it
