"""The command line: `webcert COMMAND`. One table of commands; each is a module with `add_arguments` and `run`.

Only the chosen command's module is loaded, so that `webcert check` knows nothing of web servers and databases.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module

from webcert.site.configuration import ConfigurationError

COMMANDS = {
    "up": ("webcert.site.commands.up", "start everything: database, web, worker and stand-ins for outside systems"),
    "web": ("webcert.site.commands.web", "serve the pages"),
    "worker": ("webcert.site.commands.worker", "run background jobs"),
    "migrate": ("webcert.site.commands.migrate", "bring the database to this version and load the starter code lists"),
    "import": ("webcert.site.commands.import_codes", "bring in a list of diagnosis codes (icd10 or ksh97)"),
    "simulators": ("webcert.site.commands.simulators", "run the stand-ins for outside systems"),
    "audit": ("webcert.site.commands.audit", "verify or search the access log"),
    "sessions": ("webcert.site.commands.sessions", "end every session of a user"),
    "erase": ("webcert.site.commands.erase", "erase a certificate on the authority's decision, in two steps"),
    "check": ("webcert.site.commands.check", "judge certificates in RegisterCertificate XML"),
    "verify": ("webcert.site.commands.verify", "say whether the signatures of certificates hold"),
    "convert": ("webcert.site.commands.convert", "turn a certificate into xml, json, html or pdf"),
    "django": ("webcert.site.commands.django", "run a Django management command, such as makemigrations"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code. What an operator can put right is told in one line on standard error."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="webcert", description="Electronic medical certificates for Swedish health care.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (module, purpose) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose.capitalize() + ".")
        if given[:1] == [name]:
            import_module(module).add_arguments(command)
    options = parser.parse_args(given)
    try:
        return int(import_module(COMMANDS[options.command][0]).run(options))
    except ConfigurationError as error:
        print(f"webcert: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
