"""What an operator can set, read from the environment (`WEBCERT_…` and `DATABASE_URL`) and checked once at start.

Only facts about where and how this installation runs; rules of certificates are never configuration.
"""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class ConfigurationError(Exception):
    """Something that stops the start and that the operator can put right; the text is one line for the operator."""


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("should be an address such as https://webcert.example.se")
    return url.rstrip("/")


def _database_address(url: str) -> str:
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        raise ValueError("should be postgresql://user:password@host:port/database")
    try:
        conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise ValueError("is not a PostgreSQL address") from error
    return url


def _words(given: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(given.split()) if isinstance(given, str) else given


def _absolute(path: Path) -> Path:
    return path.expanduser().resolve()


Folder = Annotated[Path, AfterValidator(_absolute)]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(_database_address)]


class Configuration(BaseSettings):
    """Every setting with its default. Read it with `configuration()`; Django code finds it as `settings.WEBCERT`."""

    model_config = SettingsConfigDict(env_prefix="WEBCERT_", frozen=True, env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: Port = 8000
    base_url: WebAddress | None = None
    """The address users write in their browser, when something stands in front (a proxy that ends TLS, a container)."""

    data_folder: Folder = Field(default=Path("data"), validate_default=True)
    database_url: DatabaseAddress | None = Field(default=None, validation_alias="DATABASE_URL")
    """Any PostgreSQL 14 or later; without it an embedded one runs in the data folder."""

    secret_key: Annotated[str, Field(min_length=32)] | None = None
    """Signs cookies. Made and kept in the data folder when not given; give it when several machines share the work."""

    former_secret_keys: Words = ()
    """Secret keys of before, with spaces between: what was sealed in the access log with them can then still be verified."""

    web_workers: Annotated[int, Field(ge=1, le=64)] = 2
    web_threads: Annotated[int, Field(ge=1, le=64)] = 4
    """Threads in each web worker; each may hold one database connection."""

    log_format: Literal["console", "json"] = "console"
    session_idle_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 30

    simulators: bool = True
    """Whether `webcert up` runs stand-ins and uses them for the outside systems that have no address below."""
    simulator_port: Port = 8010
    simulators_url: WebAddress | None = None
    """Where the stand-ins run; `webcert up` fills it in. While it is set the start page offers the invented staff for login."""

    demo: bool = True
    """Whether an empty database is filled with invented certificates while the stand-ins run."""

    pu_url: WebAddress | None = None
    hsa_url: WebAddress | None = None
    forsakringskassan_url: WebAddress | None = None
    forsakringskassan_address: str = "2021005521"
    """Försäkringskassan's logical address in the national service platform: its organisation number."""
    transportstyrelsen_url: WebAddress | None = None
    transportstyrelsen_address: str = "2021006099"
    """Transportstyrelsen's logical address in the national service platform: its organisation number."""
    log_url: WebAddress | None = None
    """The log service that the access log is delivered to (StoreLog)."""
    log_address: str = "SE165565594230-1000"
    """The log service's logical address in the national service platform."""
    log_system_id: Annotated[str, Field(max_length=32)] = "SE5565594230-B8N"
    """The HSA-id by which the log service knows this installation."""
    outside_timeout_seconds: Seconds = 10
    pu_cache_seconds: Annotated[int, Field(ge=0, le=3600)] = 60

    tstrk1007_version: Literal["7.0", "6.8"] = "7.0"
    tstrk1031_version: Literal["4.2", "2.8"] = "4.2"
    """The version of Transportstyrelsen's certificates that is written here: the one in force, or the one of the manuals (2019)."""

    @property
    def public_url(self) -> str:
        """Where a user's browser reaches the product."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host
        return self.base_url or f"http://{host}:{self.port}"

    @property
    def run_folder(self) -> Path:
        """What belongs to the running processes only: lock, process list, metrics."""
        return self.data_folder / "run"

    @cached_property
    def signing_key(self) -> str:
        """The secret key: the given one, else the kept one, else a new one that is then kept (readable by its owner only)."""
        return self.secret_key or _kept_secret(self.data_folder / "secret-key")


def configuration() -> Configuration:
    """The configuration of this process, with its data folder made.

    Raises ConfigurationError with one line that names each wrong setting. Values that may be secret are not told.
    """
    try:
        chosen = Configuration()
        chosen.run_folder.mkdir(parents=True, exist_ok=True)
    except ValidationError as error:
        raise ConfigurationError("; ".join(_told(problem["loc"], problem["msg"]) for problem in error.errors())) from None
    except OSError as error:
        raise ConfigurationError(f"WEBCERT_DATA_FOLDER: {error.strerror}: {error.filename}") from None
    return chosen


def _told(place: tuple[int | str, ...], message: str) -> str:
    field = str(place[0])
    name = field if field == "DATABASE_URL" else f"WEBCERT_{field.upper()}"
    return f"{name}: {message.removeprefix('Value error, ')}"


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # of several processes that start at once, one wins and all use its key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()
