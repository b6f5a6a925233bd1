"""One module for each command: `add_arguments(parser)` says its options, `run(options)` does it and gives the exit code.

What several commands share is here and in `findings`.
"""

import contextlib
import os
from collections.abc import Iterator

from webcert.site import logs
from webcert.site.configuration import Configuration, configuration
from webcert.site.database import found


@contextlib.contextmanager
def django_with_database(process: str) -> Iterator[Configuration]:
    """Django set up beside a database that answers, for the length of a `with` block; `process` names the log lines."""
    chosen = configuration()
    logs.configure(chosen.log_format, process)
    with found(chosen) as url:
        os.environ["DATABASE_URL"] = url
        os.environ["DJANGO_SETTINGS_MODULE"] = "webcert.site.settings"
        import django

        django.setup()
        yield chosen
