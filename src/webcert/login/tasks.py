"""What is done in the background for logins: what is over is cleared away, the providers' metadata are renewed before they are needed."""

import structlog
from procrastinate.contrib.django import app

from webcert.login import actions
from webcert.login.providers import ProviderUnavailable, refresh
from webcert.login.registrations import configured
from webcert.staff import provider_sessions

log = structlog.get_logger("webcert.login")


@app.periodic(cron="*/10 * * * *")
@app.task(name="tend_logins", lock="tend_logins")
def tend_logins(timestamp: int) -> None:
    """Forget what is over. Every ten minutes; `timestamp` is given to every periodic job."""
    actions.clear_away()
    provider_sessions.forget_ended()


@app.periodic(cron="17,47 * * * *")
@app.task(name="renew_provider_metadata", lock="renew_provider_metadata")
def renew_provider_metadata(timestamp: int) -> None:
    """Fetch the metadata of every provider that publishes them. What cannot be fetched is kept as it was, and told."""
    for registration in configured():
        if registration.is_published:
            try:
                refresh(registration)
            except ProviderUnavailable as problem:
                log.warning("provider metadata not renewed", registration=registration.name, problem=str(problem))
