"""Tries one entrance with many messages, and tells what was wrong: a crash, a hang or a hunger."""

import faulthandler
import gc
import resource
import time
import traceback
from dataclasses import dataclass, field
from random import Random

from fuzz.entrance import Entrance
from fuzz.mutation import mutated

LONGEST = 1.0
"""Seconds of processor that one message may cost."""

HANGS = 60
"""Seconds after which a message that is not done yet ends the whole run, with a trace."""

MOST_MEMORY = 200 * 1024
"""Kilobytes by which the process may grow."""


@dataclass
class Outcome:
    """How it went. `findings` is empty when all is well; each tells the number with which `message_of` makes the message again."""

    name: str
    messages: int = 0
    taken: int = 0
    slowest: float = 0.0
    grown: int = 0
    findings: list[str] = field(default_factory=list)


def message_of(entrance: Entrance, number: int) -> bytes:
    """The message with that number, always the same."""
    return mutated(entrance.seeds, Random(number))


def tried(entrance: Entrance, numbers: range) -> Outcome:
    """The outcome of the messages with these numbers."""
    outcome = Outcome(entrance.name)
    for seed in entrance.seeds:
        _take(entrance, seed, outcome, "seed")
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in numbers:
        _take(entrance, message_of(entrance, number), outcome, str(number))
    outcome.grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    if outcome.grown > MOST_MEMORY:
        outcome.findings.append(f"memory grew by {outcome.grown // 1024} MB")
    return outcome


def _take(entrance: Entrance, message: bytes, outcome: Outcome, number: str) -> None:
    faulthandler.dump_traceback_later(HANGS, exit=True)
    begun = time.thread_time()
    try:
        entrance.take(message)
        outcome.taken += 1
    except entrance.refusals:
        pass
    except Exception:
        outcome.findings.append(f"{entrance.name} {number}: {traceback.format_exc(limit=-3)}")
    spent = time.thread_time() - begun
    faulthandler.cancel_dump_traceback_later()
    outcome.messages += 1
    outcome.slowest = max(outcome.slowest, spent)
    if spent > LONGEST:
        outcome.findings.append(f"{entrance.name} {number}: {spent:.1f} s")
