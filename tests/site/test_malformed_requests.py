"""Requests that no browser sends, against the real server: a clear refusal, never a trace, and the server goes on."""

import http.client
import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from running import Running

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

REFUSED = [
    ("POST", "/healthz", {"Content-Type": "application/x-www-form-urlencoded; charset=utf-7"}, b"a=1", 400),
    ("POST", "/healthz", {"Content-Type": "application/x-www-form-urlencoded; charset=latin-1"}, "a=å".encode("latin-1"), 400),
    ("POST", "/healthz", FORM, b"a=%E5", 400),
    ("POST", "/healthz", FORM, b"a=%00", 400),
    ("POST", "/healthz", FORM, b"a=\xff\xfe", 400),
    ("POST", "/healthz", FORM, b"a=" + b"x" * (3 * 1024 * 1024), 413),
    ("POST", "/healthz", FORM, b"&".join(b"a%d=1" % i for i in range(3000)), 403),
    ("POST", "/healthz", {"Content-Type": "text/plain"}, b"a=1", 415),
    ("GET", "/healthz", {"Host": "elak.example"}, b"", 400),
    ("GET", "/healthz?q=%00", {}, b"", 400),
    ("GET", "/healthz?q=%E5", {}, b"", 400),
    ("GET", "/%00", {}, b"", 400),
    ("GET", "/%E5%E4", {}, b"", 400),
    ("DELETE", "/healthz", {}, b"", 403),
    ("OPTIONS", "/healthz", {}, b"", 405),
    ("GET", "/" + "x" * 5000, {}, b"", 404),
]


@pytest.mark.parametrize(("method", "path", "headers", "body", "status"), REFUSED)
def test_is_refused_with_a_calm_page(running: Running, method: str, path: str, headers: dict[str, str], body: bytes, status: int) -> None:
    answer = httpx.request(method, running.url + path, headers=headers, content=body, timeout=10)
    assert answer.status_code == status
    assert "Traceback" not in answer.text
    assert "django" not in answer.text.lower()
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Server"] == "Webcert"
    if status not in (405,):
        assert re.search(r"[a-p]{12}", answer.text), "an id to quote"


@pytest.mark.parametrize(
    "raw",
    [
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: abc\r\n\r\n",
        b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_broken_http_does_not_hurt_the_server(running: Running, raw: bytes) -> None:
    address = urlsplit(running.url)
    with socket.create_connection(("127.0.0.1", address.port or 80), timeout=5) as wire:
        wire.settimeout(2)
        try:
            wire.sendall(raw)
            answer = wire.recv(65536)
        except (TimeoutError, ConnectionError):
            answer = b""
    assert b"Traceback" not in answer
    assert running.healthy()


def test_a_form_from_another_place_is_refused(running: Running) -> None:
    answer = httpx.post(f"{running.url}/healthz", data={"a": "1"}, headers={"Origin": "https://elak.example"}, timeout=10)
    assert answer.status_code == 403
    assert "Behörighet saknas" in answer.text


def test_an_unfinished_body_is_not_waited_for_by_others(running: Running) -> None:
    address = urlsplit(running.url)
    slow = http.client.HTTPConnection("127.0.0.1", address.port, timeout=5)
    slow.putrequest("POST", "/healthz")
    slow.putheader("Content-Length", "1000")
    slow.putheader("Content-Type", FORM["Content-Type"])
    slow.endheaders(b"a=1")
    assert running.healthy()
    slow.close()
    assert running.healthy()
