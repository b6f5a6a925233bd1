"""Addresses that this machine listens at."""

import socket
import time

from webcert.site.configuration import ConfigurationError

PATIENCE = 1.0
"""Seconds to wait for a port: a program that was just killed may hold it for a moment still."""


def require_free(host: str, port: int, setting: str) -> None:
    """Raises ConfigurationError, naming the setting to change, when nothing new can listen there."""
    deadline = time.monotonic() + PATIENCE
    while problem := _hindrance(host, port):
        if time.monotonic() > deadline:
            raise ConfigurationError(f"cannot listen at {host} port {port} ({problem}); choose another with {setting} or WEBCERT_HOST")
        time.sleep(0.05)


def _hindrance(host: str, port: int) -> str:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def own_address(host: str) -> str:
    """Where a process on this machine reaches what listens at the host."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
