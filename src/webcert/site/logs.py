"""The log: one way in (structlog), one shape out (console or JSON lines), and never a personal identity number.

Standard library loggers (Django, granian, procrastinate) come out the same way.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

MASK = "********-****"

_NUMBERS = re.compile(
    r"""
    (?P<hsa_id> \b [A-Z]{2,8} \d{2}[2-9]\d{7} - [0-9A-Za-z]+ )        # holds an organisation number (third digit 2 or more): kept
    | (?P<uuid> \b [0-9a-f]{8} (?: -[0-9a-f]{4} ){3} -[0-9a-f]{12} \b ) # kept, also when a part of it is all digits
    | (?<!\d) (?:\d{2})? \d{6} [-+]? \d{4} (?!\d)                     # ten or twelve digits: masked
    """,
    re.VERBOSE,
)

_LONG = re.compile(r"\d{6}")
"""Every such number holds as many digits in a row; most texts do not."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")

_QUIET = {
    "django.request": logging.CRITICAL,  # tells raw paths; the request line and errors.py say the same without them
    "django.security": logging.CRITICAL,
    "procrastinate": logging.WARNING,
    "httpx": logging.WARNING,
    "psycopg.pool": logging.ERROR,  # tells every failed attempt; worker.py says the same once
}


def masked(text: str) -> str:
    """The text with everything that looks like a personal identity number hidden."""
    if not _LONG.search(text):
        return text
    return _NUMBERS.sub(lambda found: found.group() if found["hsa_id"] or found["uuid"] else MASK, text)


def mask_numbers(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """structlog processor: hides identity numbers in every value, however deep."""
    return {key: _masked_value(value) for key, value in event.items()}


def keep_on_one_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """structlog processor for the console: a text that ends its line cannot begin one that we have not written. JSON does so by itself."""
    return {**event, "event": _CONTROL.sub(lambda found: repr(found.group())[1:-1], str(event.get("event", "")))}


def _masked_value(value: Any) -> Any:
    match value:
        case str():
            return masked(value)
        case None | bool() | float():
            return value
        case int():
            return value if masked(str(value)) == str(value) else MASK
        case Mapping():
            return {masked(str(key)): _masked_value(inner) for key, inner in value.items()}
        case list() | tuple() | set():
            return [_masked_value(inner) for inner in value]
    return masked(str(value))


def configure(form: Literal["console", "json"], process: str) -> None:
    """Set up logging for this process; `process` is the name that its lines carry."""

    def name_process(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
        return {**event, "process": process}

    collect: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt={"json": "iso", "console": "%H:%M:%S"}[form], utc=form == "json"),
        structlog.processors.format_exc_info,
    ]
    render: list[Any] = {
        "json": [name_process, mask_numbers, structlog.processors.JSONRenderer(ensure_ascii=False)],
        "console": [mask_numbers, keep_on_one_line, structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)],
    }[form]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *collect, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=collect,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
