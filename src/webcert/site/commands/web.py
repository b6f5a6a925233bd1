"""`webcert web`: serve the pages with granian, several worker processes with a few threads each."""

import argparse
import os
import shutil

from webcert.site.commands import django_with_database
from webcert.site.commands.migrate import bring_up_to_date
from webcert.site.listening import require_free


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The configuration says the rest."""
    parser.add_argument("--migrate", action="store_true", help="bring the database to this version first")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from granian.constants import Interfaces
    from granian.server import Server

    with django_with_database("web") as configuration:
        require_free(configuration.host, configuration.port, "WEBCERT_PORT")
        if options.migrate:
            bring_up_to_date()
        _collect_static_files()
        counts = configuration.run_folder / "metrics"
        shutil.rmtree(counts, ignore_errors=True)
        counts.mkdir(parents=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(counts)
        Server(
            "webcert.site.wsgi:application",
            address=configuration.host,
            port=configuration.port,
            interface=Interfaces.WSGI,
            websockets=False,
            workers=configuration.web_workers,
            blocking_threads=configuration.web_threads,
            respawn_failed_workers=True,
            workers_kill_timeout=3,
            log_dictconfig={"handlers": {}, "loggers": {"_granian": {"handlers": [], "propagate": True}}},
        ).serve()
    return 0


def _collect_static_files() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
