"""Runs the whole product: database, stand-ins, worker and web as children with one log; what dies is started again.

All state is the database's. `run/processes.json` in the data folder names the processes, for operators, tests and the next start.
"""

import http.client
import signal
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module

from webcert.site import postgres
from webcert.site.child import Child
from webcert.site.configuration import Configuration, ConfigurationError
from webcert.site.database import embedded, owned, require
from webcert.site.leftovers import end_leftovers, write_list
from webcert.site.listening import own_address, require_free
from webcert.site.log_stream import LogStream

SECONDS_TO_START = 300.0
"""Patience with a child that neither answers nor ends: a large database may take its time to be brought to a new version."""

SECONDS_TO_STOP = 8.0

GLANCE = 0.05
"""Seconds between looks at the children."""

SIMULATED = {
    "pu_url": "/pu",
    "hsa_url": "/hsa",
    "practitioners_url": "/practitioners",
    "forsakringskassan_url": "/fk",
    "transportstyrelsen_url": "/ts",
    "log_url": "/log",
}
"""Where each outside system is found among the stand-ins, when the configuration has no address for it."""

BANKID_FILES = {
    "bankid_certificate": "bankid-rp.crt",
    "bankid_key": "bankid-rp.key",
    "bankid_server_authority": "bankid-tls.crt",
    "bankid_authorities": "bankid-root.crt",
}
"""What BankID's stand-in writes for whoever calls it."""

SIGNING_FILES = {"sign_service_certificates": "sign-service.crt", "signer_authorities": "signers.crt"}
"""What the signing service's stand-in writes for whoever believes its answers."""

IDENTITY_PROVIDERS = ("siths", "eleg")
"""The registrations that the stand-ins have an identity provider for, when the configuration has none."""


class Supervisor:
    """Everything that `webcert up` does."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._process_list = configuration.run_folder / "processes.json"
        self._log = LogStream(configuration.log_format)
        self._children: list[Child] = []
        self._environment: dict[str, str] = {}
        self._told_to_stop = threading.Event()

    def run(self) -> int:
        """Start, watch until told to stop (SIGINT, SIGTERM, SIGHUP), stop; gives the exit code.

        Raises ConfigurationError, with everything stopped again, when something that the operator can put right hinders the start.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self._told_to_stop.set())
        with owned(self._configuration):
            end_leftovers(self._process_list)
            self._require_what_is_needed()
            try:
                self._start()
                while not self._told_to_stop.wait(GLANCE):
                    self._tend()
            finally:
                self._stop()
        return 0

    def _require_what_is_needed(self) -> None:
        configuration = self._configuration
        require_free(configuration.host, configuration.port, "WEBCERT_PORT")
        if configuration.simulators:
            for port, setting in configuration.simulator_ports:
                require_free(configuration.host, port, setting)
        if configuration.database_url:
            require(configuration.database_url)

    def _start(self) -> None:
        """In the order of need; the children are later stopped in the opposite order."""
        if not self._configuration.database_url:
            self._start_database()
        if self._configuration.simulators:
            self._start_simulators()
        self._start_part("web", "--migrate")
        self._wait_for(lambda: self._answers(self._configuration.port, "/healthz"))
        if self._configuration.simulators:
            self._wait_for(lambda: self._answers(self._configuration.simulator_identity_port, "/"))
        self._start_part("worker")
        self._welcome()

    def _start_database(self) -> None:
        server = embedded(self._configuration)
        self._start_child(
            Child(
                "postgres",
                server.command,
                self._log.write,
                account=postgres.as_account(),
                before=server.prepare,
                stop_signal=signal.SIGINT,
            )
        )
        self._wait_for(lambda: postgres.answers(server.url))
        self._environment["DATABASE_URL"] = server.url

    def _start_simulators(self) -> None:
        configuration = self._configuration
        self._start_part("simulators")
        address = f"http://{own_address(configuration.host)}:{configuration.simulator_port}"
        self._environment["WEBCERT_SIMULATORS_URL"] = address
        for name, path in SIMULATED.items():
            self._environment[f"WEBCERT_{name.upper()}"] = getattr(configuration, name) or address + path
        self._use_simulated_identity_providers()
        if configuration.sign_service_url is None:
            self._use_simulated_signing_service()
        if configuration.bankid_url is None:
            self._use_simulated_bankid(f"{address}/bankid/app")

    def _use_simulated_identity_providers(self) -> None:
        configuration = self._configuration
        address = f"http://{own_address(configuration.host)}:{configuration.simulator_identity_port}"
        for name in IDENTITY_PROVIDERS:
            if not getattr(configuration, f"{name}_metadata"):
                setting = f"WEBCERT_{name.upper()}_METADATA"
                self._environment[setting] = f"{address}/{name}/metadata"
                self._environment[f"{setting}_CERTIFICATE"] = str(configuration.data_folder / "simulators" / "pki" / f"idp-{name}.crt")

    def _use_simulated_signing_service(self) -> None:
        configuration = self._configuration
        keys = configuration.data_folder / "simulators" / "pki"
        address = f"http://{own_address(configuration.host)}:{configuration.simulator_identity_port}/sign-service"
        chosen = {name: str(keys / file) for name, file in SIGNING_FILES.items()}
        chosen |= {"sign_service_url": address, "sign_service_entity_id": address}
        self._environment |= {f"WEBCERT_{name.upper()}": value for name, value in chosen.items()}

    def _use_simulated_bankid(self, app_url: str) -> None:
        configuration = self._configuration
        keys = configuration.data_folder / "simulators" / "pki"
        address = f"https://{own_address(configuration.host)}:{configuration.simulator_bankid_port}/rp/v6.0"
        chosen = {name: str(keys / file) for name, file in BANKID_FILES.items()} | {"bankid_url": address, "bankid_app_url": app_url}
        self._environment |= {f"WEBCERT_{name.upper()}": value for name, value in chosen.items()}

    def _start_part(self, name: str, *options: str) -> None:
        command = [sys.executable, "-m", "webcert.site", name, *options]
        self._start_child(Child(name, command, self._log.write, environment=self._environment))

    def _start_child(self, child: Child) -> None:
        self._children.append(child)
        child.start()
        self._note_processes()

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        """Return when the newest child has become useful; during the start a child that ends is not started again."""
        deadline = time.monotonic() + SECONDS_TO_START
        newest = self._children[-1]
        while not condition():
            if self._told_to_stop.wait(GLANCE):
                raise KeyboardInterrupt
            if newest.ended or time.monotonic() > deadline:
                raise ConfigurationError(f"{newest.name} did not start; the log above may tell why")

    def _tend(self) -> None:
        if [child for child in self._children if child.tend()]:
            self._note_processes()

    def _note_processes(self) -> None:
        write_list(self._process_list, {child.name: child.pid for child in self._children if child.pid})

    def _answers(self, port: int, path: str) -> bool:
        connection = http.client.HTTPConnection(own_address(self._configuration.host), port, timeout=2)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _welcome(self) -> None:
        self._log.write("webcert", f"Webcert is ready at {self._configuration.public_url}")
        if self._configuration.simulators:
            self._log.write("webcert", f"Stand-ins for outside systems: {self._environment['WEBCERT_SIMULATORS_URL']}")
            self._log.write("webcert", "Choose “SITHS-kort” on the start page to log in as one of these:")
            for _, name, role, about in import_module("simulators.people").TEST_USERS:
                self._log.write("webcert", f"  {name}, {role.lower()} – {about}")
            self._log.write("webcert", "Choose “E-legitimation” to log in as one of these:")
            for _, name, about in import_module("simulators.practitioners").TEST_USERS:
                self._log.write("webcert", f"  {name} – {about}")
        self._log.write("webcert", "Stop with Ctrl-C")

    def _stop(self) -> None:
        self._log.write("webcert", "Stopping")
        for child in reversed(self._children):
            child.stop(SECONDS_TO_STOP)
        self._process_list.unlink(missing_ok=True)
