"""The house-keeping of the site, every few minutes: sessions whose time is out are removed and told, and what was counted is forgotten."""

from procrastinate.contrib.django import app

from webcert.monitoring.events import Event, tell
from webcert.site import counting, sessions


@app.periodic(cron="* * * * *")
@app.task(name="end_expired_sessions", lock="end_expired_sessions")
def end_expired_sessions(timestamp: int) -> None:
    """Remove expired sessions, and tell whose they were. `timestamp` is given to every periodic job."""
    for kept in sessions.end_expired():
        if login := kept.get("login"):
            tell(Event.USER_SESSION_EXPIRY, user=login["user"]["hsa_id"], scheme=login["method"])


@app.periodic(cron="*/5 * * * *")
@app.task(name="forget_counts", lock="forget_counts")
def forget_counts(timestamp: int) -> None:
    """Remove what was counted for limits whose time is over."""
    counting.forget()
