"""The web application that granian's workers load."""

import os

from django.core.wsgi import get_wsgi_application

from webcert.site import logs
from webcert.site.configuration import configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "webcert.site.settings")
logs.configure(configuration().log_format, "web")

application = get_wsgi_application()
