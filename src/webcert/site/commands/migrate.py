"""`webcert migrate`: bring the database to this version. Safe to run from several machines at once."""

import argparse
from importlib import import_module
from importlib.util import find_spec

import psycopg

from webcert.site.commands import django_with_database

_LOCK = 0x5745_4243  # any number that no other program on the same database uses


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(options: argparse.Namespace) -> int:
    """Apply migrations and load the starter code lists if there are none, one machine at a time."""
    with django_with_database("migrate"):
        from django.core.management import call_command
        from django.db import connection

        with psycopg.connect(**connection.get_connection_params()) as guard:
            guard.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            call_command("migrate", interactive=False, verbosity=0)
            if find_spec("webcert.code_systems.actions"):
                import_module("webcert.code_systems.actions").load_starter_lists()
    return 0
