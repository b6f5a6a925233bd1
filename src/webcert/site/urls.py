"""Every room's pages, in one place; `/healthz` and `/metrics` for whoever runs the product; the style guide beside the stand-ins only.

Addresses are tried from the top, so the room that is asked most stands first.
"""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from webcert.site import health, metrics

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("webcert.certificates.urls")),
    path("healthz", health.healthz),
    path("metrics", metrics.page),
    path("", include("webcert.login.urls")),
    path("", include("webcert.staff.urls")),
    path("", include("webcert.patients.urls")),
    path("", include("webcert.code_systems.urls")),
    path("", include("webcert.printing.urls")),
    path("", include("webcert.signing.urls")),
]
if settings.WEBCERT.simulators_url:
    urlpatterns.append(path("", include("webcert.ui.urls")))

handler400 = "webcert.site.errors.bad_request"
handler403 = "webcert.site.errors.forbidden"
handler404 = "webcert.site.errors.not_found"
handler500 = "webcert.site.errors.server_error"
