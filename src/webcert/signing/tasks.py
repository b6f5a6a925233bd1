"""What is done in the background for signings: those that are over are forgotten."""

from procrastinate.contrib.django import app

from webcert.signing import actions


@app.periodic(cron="*/10 * * * *")
@app.task(name="clear_away_signings", lock="clear_away_signings")
def clear_away_signings(timestamp: int) -> None:
    """Every ten minutes; `timestamp` is given to every periodic job."""
    actions.clear_away()
