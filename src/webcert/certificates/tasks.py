"""The job of certificates: drafts that are too old are locked, every hour. Pages and actions do not wait for it (models.is_overdue)."""

import structlog
from procrastinate.contrib.django import app

from webcert.certificates import ending

log = structlog.get_logger("webcert.certificates")


@app.periodic(cron="3 * * * *")
@app.task(name="lock_old_drafts", lock="lock_old_drafts", queueing_lock="lock_old_drafts")
def lock_old_drafts(timestamp: int) -> None:
    """Lock the drafts that have become too old (reference/access-and-lifecycle.md §2.5). `timestamp` is given to every periodic job."""
    if count := ending.lock_old_drafts():
        log.info("old drafts locked", count=count)
