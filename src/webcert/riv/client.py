"""The client that every SOAP service outside Webcert is called with, and the connection below it, which other protocols share.

Timeouts, a limit on the answer's size, retries, a circuit breaker and three kinds of failure live here;
what the messages say is the business of each service's own module.
"""

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from lxml import etree

from webcert.riv import soap, xml
from webcert.riv.breaker import CircuitBreaker


class CallFailed(Exception):
    """A call gave no answer that can be used. Never carries the content of a message."""


class Unreachable(CallFailed):
    """No answer: no connection, too slow, an HTTP error, or left alone after repeated failures. May be tried again later."""


class Refused(CallFailed):
    """The service answered with a SOAP fault, whose code it carries."""

    def __init__(self, code: str) -> None:
        super().__init__(f"SOAP fault {code}")
        self.code = code


class Garbled(CallFailed):
    """The service answered with something that is not a message of its protocol."""


@dataclass(frozen=True, slots=True)
class Tls:
    """Our certificate with its key, and the authorities we trust (None: those of the system). PEM files."""

    certificate: Path
    key: Path
    authorities: Path | None = None

    def context(self) -> ssl.SSLContext:
        """Settings that prove who we are and check the other side's certificate and host name."""
        context = ssl.create_default_context(cafile=self.authorities)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certificate, self.key)
        return context


class Connection:
    """Posts to one system, from any number of threads, over pooled connections."""

    def __init__(
        self,
        *,
        connect_timeout: float = 3.0,
        answer_timeout: float = 10.0,
        answer_limit: int = xml.SIZE_LIMIT,
        content_type: str,
        tls: Tls | None = None,
    ) -> None:
        """`connect_timeout` and `answer_timeout` are seconds; the whole answer has to arrive within the latter."""
        self._answer_timeout = answer_timeout
        self._answer_limit = answer_limit
        self._http = httpx.Client(
            timeout=httpx.Timeout(answer_timeout, connect=connect_timeout),
            # Only the address given decides where personal data go: no proxies from the environment.
            trust_env=False,
            verify=tls.context() if tls else True,
            # Compression would let a small answer grow past the limit.
            headers={"Content-Type": content_type, "Accept-Encoding": "identity"},
        )

    def post(self, url: str, content: bytes, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
        """Status and body of the answer, read no longer than the time and the size that are allowed. Raises Unreachable or Garbled."""
        deadline = time.monotonic() + self._answer_timeout
        answer = bytearray()
        try:
            with self._http.stream("POST", url, content=content, headers=headers) as response:
                for chunk in response.iter_raw():
                    answer += chunk
                    if len(answer) > self._answer_limit:
                        raise Garbled(f"answer larger than {self._answer_limit} bytes")
                    if time.monotonic() > deadline:
                        raise Unreachable("answer too slow")
                return response.status_code, bytes(answer)
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from None


class SoapClient:
    """Calls one service at one address, from any number of threads, over pooled connections."""

    def __init__(
        self,
        url: str,
        *,
        connect_timeout: float = 3.0,
        answer_timeout: float = 10.0,
        answer_limit: int = xml.SIZE_LIMIT,
        tls: Tls | None = None,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        """`connect_timeout` and `answer_timeout` are seconds; the whole answer has to arrive within the latter."""
        self._url = url
        self._answer_timeout = answer_timeout
        self._answer_limit = answer_limit
        self._breaker = breaker or CircuitBreaker()
        self._connection = Connection(
            connect_timeout=connect_timeout,
            answer_timeout=answer_timeout,
            answer_limit=answer_limit,
            content_type=soap.CONTENT_TYPE,
            tls=tls,
        )

    def call(self, message: bytes, *, action: str, logical_address: str, attempts: int = 1) -> etree._Element:
        """Send `message` (a serialised element) and give the message in the answer.

        `attempts` above 1 is for calls that do no harm when they arrive twice: a call that failed to get an answer is
        then made again at once, unless the time for the answer is already over. Raises Unreachable, Refused or Garbled.
        """
        request = soap.envelope(message, logical_address=logical_address)
        headers = {"SOAPAction": f'"{action}"'}
        retry_until = time.monotonic() + self._answer_timeout
        for _ in range(attempts - 1):
            try:
                return self._attempt(request, headers)
            except Unreachable:
                if time.monotonic() > retry_until:
                    raise
        return self._attempt(request, headers)

    def _attempt(self, request: bytes, headers: dict[str, str]) -> etree._Element:
        if not self._breaker.may_call():
            raise Unreachable("left alone after repeated failures")
        try:
            answer = self._answer(request, headers)
        except Refused:
            self._breaker.succeeded()
            raise
        except CallFailed:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return answer

    def _answer(self, request: bytes, headers: dict[str, str]) -> etree._Element:
        status, content = self._connection.post(self._url, request, headers)
        try:
            # A SOAP fault comes with HTTP 500; any other status but 200 is the transport's own word.
            if status not in (200, 500):
                raise Unreachable(f"HTTP {status}")
            return soap.unwrap(xml.parse(content, limit=self._answer_limit))
        except soap.Fault as fault:
            raise Refused(fault.code) from None
        except xml.UnreadableXml as error:
            if status == 500:
                raise Unreachable("HTTP 500") from None
            raise Garbled(str(error)) from None
