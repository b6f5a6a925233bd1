"""Around every page: headers, one log line, health and metrics."""

import logging
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from webcert.site import middleware


def test_every_page_carries_the_security_headers(client: Client) -> None:
    answer = client.get("/finns-inte")
    assert answer.status_code == 404
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer


def test_cookies_are_out_of_reach_for_scripts_and_other_sites() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


def test_the_log_line_names_the_route_and_never_the_path(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/patient/191212121212?id=191212121212")
    (line,) = [record.msg for record in caplog.records if record.name == "webcert.request"]
    assert isinstance(line, dict)
    assert line["route"] == "-"
    assert line["status"] == 404
    assert line["method"] == "GET"
    assert "1912" not in str(line)


@pytest.mark.django_db
def test_health_tells_that_the_database_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok"}


@pytest.mark.django_db
def test_metrics_count_requests_by_route_and_jobs_by_state(client: Client) -> None:
    client.get("/healthz")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'x', 'failed')")
    told = client.get("/metrics").content.decode()
    assert 'webcert_request_seconds_count{method="GET",route="healthz",status="200"}' in told
    assert 'webcert_jobs{status="failed"} 1.0' in told
    assert 'webcert_jobs{status="todo"} 0.0' in told


def test_invented_methods_make_no_new_series(client: Client) -> None:
    client.generic("HITTEPÅ".encode().decode("latin-1"), "/healthz")
    from prometheus_client import REGISTRY

    assert REGISTRY.get_sample_value("webcert_request_seconds_count", {"method": "other", "route": "healthz", "status": "405"})


@pytest.mark.django_db
def test_health_and_metrics_need_no_session(client: Client) -> None:
    client.get("/healthz")
    client.get("/metrics")
    assert not client.cookies


@pytest.mark.django_db
def test_work_keeps_the_session_alive_with_one_write_a_minute(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    session = client.session
    session["hsa_id"] = "SE2321000990-2001"
    session.save()
    seen: list[bool] = []

    def view(request: HttpRequest) -> HttpResponse:
        request.session.get("hsa_id")
        return HttpResponse()

    handler = middleware.prolong_session(view)
    for moment in (60.0, 61.0, 121.0):
        monkeypatch.setattr("time.time", lambda moment=moment: moment)
        request = RequestFactory().get(f"/{uuid.uuid4()}")
        request.session = session
        session.modified = False
        handler(request)
        seen.append(session.modified)
    assert seen == [True, False, True]
