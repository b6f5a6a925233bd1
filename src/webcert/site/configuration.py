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
File = Annotated[Path, AfterValidator(_absolute)]
Limit = Annotated[int, Field(ge=1, lt=2**31)]
Port = Annotated[int, Field(ge=1, le=65535)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[str, AfterValidator(_database_address)]


REAL_SYSTEMS = ("pu_url", "hsa_url", "practitioners_url", "forsakringskassan_url", "transportstyrelsen_url", "log_url", "bankid_url")
"""The settings that lead to systems with real people in them."""


class Configuration(BaseSettings):
    """Every setting with its default. Read it with `configuration()`; Django code finds it as `settings.WEBCERT`."""

    model_config = SettingsConfigDict(env_prefix="WEBCERT_", frozen=True, env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: Port = 8000
    base_url: WebAddress | None = None
    """The address users write in their browser, when something stands in front (a proxy that ends TLS, a container)."""

    other_hosts: Words = ()
    """Other names by which the product is asked, such as by a load balancer that looks whether it is well."""

    proxies: Annotated[int, Field(ge=0, le=9)] = 0
    """How many proxies stand in front and each add to X-Forwarded-For; the address that the first of them saw is the user's."""

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
    session_hours: Annotated[int, Field(ge=1, le=24)] = 12
    """A session ends then, however much it is used."""

    limit_logins: Limit = 300
    """Logins that may be begun from one network address in a minute."""
    limit_lookups: Limit = 60
    """Patients that one user may look up in a minute."""
    alarm_lookups: Limit = 200
    """Patients that one user looks up in an hour before it is told in the log."""
    limit_signings: Limit = 30
    """Signings that one user may begin in ten minutes."""
    limit_bankid_orders: Limit = 30
    """Signatures with BankID that one user may ask for in ten minutes: as many as she may begin."""

    simulators: bool = True
    """Whether `webcert up` runs stand-ins and uses them for the outside systems that have no address below. Not beside real ones."""
    simulator_port: Port = 8010
    simulator_identity_port: Port = 8011
    simulator_bankid_port: Port = 8012
    simulators_url: WebAddress | None = None
    """Where the stand-ins run; `webcert up` fills it in."""

    demo: bool = True
    """Whether an empty database is filled with invented certificates while the stand-ins run."""

    siths_metadata: str | None = None
    """The metadata of the identity provider for SITHS and Efos cards: an address, or a file."""
    siths_metadata_certificate: File | None = None
    """Who signs the metadata (PEM); needed for an address, while a file is trusted as it is when none is given."""
    siths_provider: str | None = None
    """The provider's entity id, when the metadata describe several."""
    siths_entity_id: str | None = None
    """Our own entity id; the address of our metadata when not given."""
    siths_contexts: Words = ("http://id.sambi.se/loa/loa3", "urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient")
    """The levels of assurance that open Webcert, with spaces between."""

    siths_oidc_issuer: WebAddress | None = None
    """The OpenID provider for SITHS, when that is used instead of SAML; `siths_contexts` then are the levels that it names."""
    siths_oidc_client: str = "webcert"
    siths_oidc_key: File | None = None
    siths_oidc_secret: str | None = None
    """How we prove who we are: a private key (PEM), or a secret that is shared with the provider."""

    eleg_metadata: str | None = None
    eleg_metadata_certificate: File | None = None
    eleg_provider: str | None = None
    eleg_entity_id: str | None = None
    eleg_contexts: Words = (
        "urn:oasis:names:tc:SAML:2.0:ac:classes:SoftwarePKI",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI",
        "urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwofactorContract",
        "http://id.elegnamnden.se/loa/1.0/loa3",
    )
    """The same for e-legitimation: BankID, Mobilt BankID, Telia."""

    saml_key: File | None = None
    saml_certificate: File | None = None
    """The key that we sign with as a service provider, and its certificate (PEM). Made and kept in the data folder when not given;
    give them when several machines share the work."""
    saml_coming_certificate: File | None = None
    """The certificate of the key that takes its place next (PEM): published beside it, so that the providers know it in time."""
    saml_skew_seconds: Annotated[int, Field(ge=0, le=300)] = 60
    login_longest_age_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 120
    """How long ago a user may have proven who she is to the identity provider (single sign-on)."""

    practitioners_url: WebAddress | None = None
    """The register of private practitioners (ValidatePrivatePractitioner, GetPrivatePractitioner)."""
    practitioners_address: str = "SE165565594230-1000"
    """The register's logical address."""

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

    bankid_url: WebAddress | None = None
    """BankID's Relying Party API with its version, such as https://appapi2.bankid.com/rp/v6.0. PEM files go with it:"""
    bankid_certificate: File | None = None
    bankid_key: File | None = None
    """Our certificate as a relying party, and its key."""
    bankid_server_authority: File | None = None
    """The only authority that BankID's own server certificate may come from."""
    bankid_authorities: File | None = None
    """The authorities that the certificates of persons come from; one file may hold several."""
    bankid_app_url: WebAddress | None = None
    """A page that takes the place of the BankID app where nobody has one; `webcert up` fills it in with the stand-in's."""

    sign_service_url: WebAddress | None = None
    """The central signing service: where users' browsers take what is to be signed."""
    sign_service_entity_id: str | None = None
    sign_service_certificates: File | None = None
    """The certificates of its keys, as its metadata give them, in one PEM file."""
    sign_service_provider: str | None = None
    """The identity provider where users prove who they are when they sign, for those whose login told none."""
    signer_authorities: File | None = None
    """The authorities that signers' certificates come from (SITHS, Efos, the signing service's), one PEM file with all of them."""

    outside_timeout_seconds: Seconds = 10
    pu_cache_seconds: Annotated[int, Field(ge=0, le=3600)] = 5
    """For how long what PU has told of a person is good. PU is to be asked each time that something is created or opened (manual S 8); in
    these seconds fall a search and what follows from it."""
    test_patients: bool = False
    """Whether certificates can be written for persons that PU marks as existing for tests only (testindikerade). These are told from real
    ones everywhere, can never be sent, and leave nothing in the access log. Without it nobody finds such a person."""

    tstrk1007_version: Literal["7.0", "6.8"] = "7.0"
    tstrk1031_version: Literal["4.2", "2.8"] = "4.2"
    """The version of Transportstyrelsen's certificates that is written here: the one in force, or the one of the manuals (2019)."""

    @property
    def public_url(self) -> str:
        """Where a user's browser reaches the product."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host
        return self.base_url or f"http://{host}:{self.port}"

    @property
    def simulator_ports(self) -> tuple[tuple[int, str], ...]:
        """Where the stand-ins listen, each with the name of its setting: SOAP services, identity and signing, BankID."""
        return (
            (self.simulator_port, "WEBCERT_SIMULATOR_PORT"),
            (self.simulator_identity_port, "WEBCERT_SIMULATOR_IDENTITY_PORT"),
            (self.simulator_bankid_port, "WEBCERT_SIMULATOR_BANKID_PORT"),
        )

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
    _require_stand_ins_alone(chosen)
    return chosen


def _require_stand_ins_alone(chosen: Configuration) -> None:
    """Whoever is let in by a stand-in of the identity provider must meet nothing but stand-ins."""
    here = (chosen.host, "localhost", "127.0.0.1", "::1")
    real = [name for name in REAL_SYSTEMS if (url := getattr(chosen, name)) and urlsplit(url).hostname not in here]
    if chosen.simulators and real:
        names = ", ".join(f"WEBCERT_{name.upper()}" for name in real)
        raise ConfigurationError(f"WEBCERT_SIMULATORS: stand-ins do not run beside real systems ({names}); set it to false")


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
