"""Django's PostgreSQL with connections that last: the `ENGINE` of the settings."""
