"""The web application that granian's workers load."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from webcert.site import logs
from webcert.site.configuration import configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "webcert.site.settings")
logs.configure(configuration().log_format, "web")

application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018  # every page is read now and not in the first request
gc.collect()
gc.freeze()  # what has been read stays, and need not be looked through for garbage
gc.set_threshold(50_000, 20, 50)  # a request leaves next to nothing that refers to itself, so that is looked for more seldom
