"""`GET /metrics` for Prometheus: requests by route, the jobs that wait or have failed, and how far behind the access log is.

Each web worker writes its counts to a memory-mapped file in the run folder (prometheus_client's multi-process mode, chosen by
`PROMETHEUS_MULTIPROC_DIR`), so whichever worker answers gives the sum of all. The rest is asked of the database.
"""

import os
from collections.abc import Iterator

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from webcert.audit.queries import oldest_waiting
from webcert.vocabulary.clock import now

_METHODS = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}

REQUESTS = Histogram(
    "webcert_request_seconds",
    "Time to answer a request",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Add one request. Unknown methods count together, so that nobody outside can invent endless series."""
    REQUESTS.labels(method if method in _METHODS else "other", route, str(status)).observe(seconds)


@require_safe
def page(_request: HttpRequest) -> HttpResponse:
    """Everything in Prometheus' text format."""
    return HttpResponse(_requests() + generate_latest(_Work()), content_type=CONTENT_TYPE_LATEST)


def _requests() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)


class _Work(Collector):
    """What the database knows. Not gauges: those would be kept in the workers' files, too, and told twice."""

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("webcert_jobs", "Background jobs by state", labels=["status"])
        counts = dict.fromkeys(("todo", "doing", "failed"), 0)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT status::text, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY status"
            )
            counts |= dict(cursor.fetchall())
        for status, count in counts.items():
            jobs.add_metric([status], count)
        yield jobs
        oldest = oldest_waiting()
        behind = (now() - oldest).total_seconds() if oldest else 0
        yield GaugeMetricFamily("webcert_access_log_seconds", "Age of the oldest entry that the log service has not got", behind)
