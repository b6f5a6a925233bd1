"""Makes this floor known to Django, so that the wiring is in place before the first request or job."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "webcert.site"
    label = "site"

    def ready(self) -> None:
        import_module("webcert.site.wiring")
