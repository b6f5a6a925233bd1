"""Django's settings, made from `configuration.py`. A list of facts; nothing here decides."""

from pathlib import Path
from urllib.parse import urlsplit

from webcert.site.configuration import configuration
from webcert.site.database import NOT_CHOSEN, django_database

WEBCERT = configuration()

_SOURCE = Path(__file__).parent.parent
_ROOMS = ["ui", "staff", "patients", "audit", "code_systems", "login", "certificates", "printing", "signing", "recipients"]

DEBUG = False
SECRET_KEY = WEBCERT.signing_key
SECRET_KEY_FALLBACKS = list(WEBCERT.former_secret_keys)
ROOT_URLCONF = "webcert.site.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    *(f"webcert.{room}" for room in _ROOMS),
    "webcert.site",
    "procrastinate.contrib.django",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
DATABASES = {"default": django_database(WEBCERT.database_url or NOT_CHOSEN)}

# Who may ask, and how much
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", str(urlsplit(WEBCERT.public_url).hostname), *WEBCERT.other_hosts]
CSRF_TRUSTED_ORIGINS = [WEBCERT.public_url]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MIDDLEWARE = [
    "webcert.site.middleware.protect_page",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "webcert.site.middleware.account_for_request",
    "webcert.site.entrance.RefuseMalformed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "webcert.site.middleware.prolong_session",
    "webcert.site.entrance.RefuseForged",
    "webcert.site.entrance.RefuseTooMany",
]

# Sessions: rows in the database, gone when the browser closes, when nobody has worked for a while, or when a working day is over.
# Over TLS the cookies' names make browsers take them from this very host only.
SESSION_ENGINE = "webcert.site.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = WEBCERT.public_url.startswith("https:")
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrf") if SESSION_COOKIE_SECURE else ("session", "csrf")
SESSION_COOKIE_AGE = WEBCERT.session_idle_minutes * 60
SESSION_LIFETIME = WEBCERT.session_hours * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "webcert.site.errors.csrf_failure"

# Language and time
LANGUAGE_CODE = "sv"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

# Pages
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [*(_SOURCE / room / "templates" for room in _ROOMS), _SOURCE / "forms" / "elements"],
        "OPTIONS": {"environment": "webcert.ui.environment.environment"},
    }
]

# Static files: collected when the web starts, served by the product under names that carry a digest
STATIC_URL = "/static/"
STATIC_ROOT = WEBCERT.data_folder / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "webcert.site.static_files.Storage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Logs are set up by the command line (logs.py)
LOGGING_CONFIG = None
