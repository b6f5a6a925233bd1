"""Addresses that this machine listens at."""

import socket

from webcert.site.configuration import ConfigurationError


def require_free(host: str, port: int, setting: str) -> None:
    """Raises ConfigurationError, naming the setting to change, when nothing new can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"cannot listen at {host} port {port} ({reason}); choose another with {setting} or WEBCERT_HOST") from None


def own_address(host: str) -> str:
    """Where a process on this machine reaches what listens at the host."""
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)
