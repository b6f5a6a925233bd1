"""`webcert sessions end --user HSA-ID`: log somebody out everywhere, at once."""

import argparse

from webcert.site.commands import django_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose sessions."""
    tasks = parser.add_subparsers(dest="task", metavar="TASK", required=True)
    end = tasks.add_parser("end", help="end every session of a user; what she has saved stays")
    end.add_argument("--user", required=True, metavar="HSA-ID", help="as it stands in the log, with capitals")


def run(options: argparse.Namespace) -> int:
    """Do it and say how many there were."""
    with django_with_database("sessions"):
        from webcert.monitoring.events import Event, tell
        from webcert.site.sessions import end_all_of

        ended = end_all_of(options.user)
        tell(Event.USER_SESSIONS_ENDED, user=options.user, count=ended)
    print(f"{ended} session{'' if ended == 1 else 's'} ended")
    return 0
