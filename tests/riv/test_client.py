"""The client against a small server that answers well, badly, slowly and not at all."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from webcert.riv import soap
from webcert.riv.breaker import CircuitBreaker
from webcert.riv.client import CallFailed, Garbled, Refused, SoapClient, Unreachable

MESSAGE = b'<m:Ask xmlns:m="urn:m"/>'
ANSWER = soap.envelope(b'<m:Answer xmlns:m="urn:m">ja</m:Answer>', logical_address="")
FAULT = soap.envelope(
    b'<s:Fault xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><faultcode>s:Server</faultcode>'
    b"<faultstring>191212121212</faultstring></s:Fault>",
    logical_address="",
)


class Service(ThreadingHTTPServer):
    """Answers each call as its `behaviour` says; remembers the calls."""

    request_queue_size = 32  # so many may knock at once
    behaviour = "good"
    calls: list[bytes]
    headers_seen: dict[str, str]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls = []

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is expected here."""


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.server.calls.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.headers_seen = dict(self.headers)
        getattr(self, self.server.behaviour)()

    def reply(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def good(self) -> None:
        self.reply(200, ANSWER)

    def fault(self) -> None:
        self.reply(500, FAULT)

    def error_page(self) -> None:
        self.reply(500, b"<html>Trasig</html>")

    def unavailable(self) -> None:
        self.reply(503, ANSWER)

    def elsewhere(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def garbage(self) -> None:
        self.reply(200, b"\x00\x01 hej")

    def truncated(self) -> None:
        self.reply(200, ANSWER[:-20])

    def cut_off(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER[:50])
        self.close_connection = True

    def hang_up(self) -> None:
        self.close_connection = True

    def huge(self) -> None:
        self.reply(200, ANSWER.replace(b"ja", b"j" * 200_000))

    def slow(self) -> None:
        time.sleep(1)
        self.good()

    def dripping(self) -> None:
        self.send_response(200)
        self.end_headers()
        for byte in ANSWER:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield service
    service.shutdown()
    service.server_close()


def client_of(service: Service, **settings: object) -> SoapClient:
    settings = {"answer_timeout": 0.3, "answer_limit": 100_000} | settings
    return SoapClient(f"http://127.0.0.1:{service.server_address[1]}/", **settings)  # type: ignore[arg-type]


def ask(client: SoapClient, attempts: int = 1) -> str | None:
    return client.call(MESSAGE, action="urn:m:Ask", logical_address="SE1", attempts=attempts).text


def test_a_good_answer(service: Service) -> None:
    assert ask(client_of(service)) == "ja"
    assert service.calls == [soap.envelope(MESSAGE, logical_address="SE1")]
    assert service.headers_seen["SOAPAction"] == '"urn:m:Ask"'
    assert service.headers_seen["Content-Type"] == "text/xml; charset=utf-8"


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        ("fault", Refused),
        ("error_page", Unreachable),
        ("unavailable", Unreachable),
        ("elsewhere", Unreachable),
        ("cut_off", Unreachable),
        ("hang_up", Unreachable),
        ("slow", Unreachable),
        ("dripping", Unreachable),
        ("garbage", Garbled),
        ("truncated", Garbled),
        ("huge", Garbled),
    ],
)
def test_each_failure_is_told_by_its_kind_and_within_the_time(service: Service, behaviour: str, kind: type[CallFailed]) -> None:
    service.behaviour = behaviour
    begun = time.monotonic()
    with pytest.raises(kind) as failed:
        ask(client_of(service))
    assert type(failed.value) is kind
    assert time.monotonic() - begun < 0.9
    assert "1912" not in str(failed.value)


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(Unreachable):
            ask(SoapClient(f"http://127.0.0.1:{unused.getsockname()[1]}/"))


def test_only_a_call_that_may_be_repeated_is_repeated(service: Service) -> None:
    service.behaviour = "unavailable"
    for attempts in (1, 3):
        service.calls.clear()
        with pytest.raises(Unreachable):
            ask(client_of(service), attempts)
        assert len(service.calls) == attempts


def test_a_slow_service_is_not_asked_again(service: Service) -> None:
    service.behaviour = "slow"
    with pytest.raises(Unreachable):
        ask(client_of(service), attempts=3)
    assert len(service.calls) == 1


@pytest.mark.parametrize("behaviour", ["fault", "garbage"])
def test_an_answer_is_final_also_when_it_is_bad(service: Service, behaviour: str) -> None:
    service.behaviour = behaviour
    with pytest.raises(CallFailed):
        ask(client_of(service), attempts=3)
    assert len(service.calls) == 1


def test_a_service_that_keeps_failing_is_left_alone_and_tried_again_by_one_call(service: Service) -> None:
    client = client_of(service, breaker=CircuitBreaker(failures=3, rest=0.2))
    service.behaviour = "unavailable"
    for _ in range(6):
        with pytest.raises(Unreachable):
            ask(client)
    assert len(service.calls) == 3
    time.sleep(0.25)
    for _ in range(2):
        with pytest.raises(Unreachable):
            ask(client)
    assert len(service.calls) == 4
    service.behaviour = "good"
    time.sleep(0.25)
    assert [ask(client) for _ in range(2)] == ["ja", "ja"]


def test_faults_do_not_open_the_circuit(service: Service) -> None:
    client = client_of(service, breaker=CircuitBreaker(failures=2))
    service.behaviour = "fault"
    for _ in range(4):
        with pytest.raises(Refused):
            ask(client)
    assert len(service.calls) == 4


def test_one_client_serves_many_threads(service: Service) -> None:
    client = client_of(service, answer_timeout=30.0)
    answers: list[str | None] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(client))) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["ja"] * 16
