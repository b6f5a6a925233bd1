"""`python -m tests.fuzz [--messages N] [--from N] [NAME…]`: hostile messages at every entrance for XML; exit 1 when something is found.

Each message has a number and is the same every time, so that a finding can be made again with `--from NUMBER --messages 1`.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]


def main() -> int:
    """Try what is asked for and print a line for each entrance."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--messages", type=int, default=100_000, help="for each entrance")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="NUMBER", help="number of the first message")
    parser.add_argument("names", nargs="*", metavar="NAME", help="entrances; all when none is named")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.environ |= {"WEBCERT_DATA_FOLDER": folder, "DJANGO_SETTINGS_MODULE": "webcert.site.settings"}
        import django

        django.setup()
        from fuzz.entrances import entrances
        from fuzz.trial import tried

        found = 0
        print(f"{'entrance':<22}{'messages':>9}{'taken in':>9}{'ms each':>9}{'slowest ms':>11}{'grown MB':>9}  findings")
        for entrance in entrances(stack):
            if options.names and entrance.name not in options.names:
                continue
            begun = time.perf_counter()
            outcome = tried(entrance, range(options.first, options.first + options.messages))
            each = (time.perf_counter() - begun) / max(outcome.messages, 1) * 1000
            numbers = f"{outcome.messages:>9}{outcome.taken:>9}{each:>9.2f}{outcome.slowest * 1000:>11.0f}{outcome.grown // 1024:>9}"
            print(f"{outcome.name:<22}{numbers}  {len(outcome.findings) or 'none'}", flush=True)
            print(*outcome.findings[:10], sep="\n") if outcome.findings else None
            found += len(outcome.findings)
    return 1 if found else 0


sys.exit(main())
