"""The one settings file. Values come from the environment; empty, it is safe.

Without variables the site runs on SQLite in var/, answers only to this machine, and
signs with a key that lasts as long as the process. docs/drift.md lists the variables.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()


def read(kind, name, default):
    """Returns the variable `name` as `kind`; one line that says what is wrong."""
    try:
        return getattr(env, kind)(name, default=default)
    except (ValueError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"the environment variable {name} is not a valid {kind}."
        ) from error


DEBUG = read("bool", "DEBUG", False)
# A fixed key in the code would be a public key: better that sessions end at a restart.
SECRET_KEY = read("str", "SECRET_KEY", "") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = read("list", "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = read("list", "CSRF_TRUSTED_ORIGINS", [])
# For what is made without a request, or kept for all who ask: documents.
SITE_URL = read("str", "SITE_URL", "")

INSTALLED_APPS = [
    "slt",
    "tiltak",
    "moter",
    "evaluering",
    "slt.felles.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_prose_editor",
    "simple_history",
]

MIDDLEWARE = [
    "slt.felles.inntak.InntakMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "slt.felles.hoder.HoderMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "slt.felles.tilgang.TilgangMiddleware",
    "slt.felles.malform.MalformMiddleware",
    "slt.felles.kladd.KladdMiddleware",
    "slt.konto.middleware.InnloggingMiddleware",
    "slt.felles.spor.SporMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "slt.urls"
WSGI_APPLICATION = "slt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------

SQLITE_OPTIONS = {
    # Readers do not wait for the writer; a writer takes its lock at once, so that
    # nobody reads first and is refused when it comes to write.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;"
        "PRAGMA temp_store=MEMORY;"
    ),
}
VAR_DIR.mkdir(exist_ok=True)
DATABASES = {
    "default": read("db_url", "DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
}
match DATABASES["default"].get("ENGINE"):
    case "django.db.backends.sqlite3":
        DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
        # Opening the file anew costs more than all the rest of a kept page.
        DATABASES["default"]["CONN_MAX_AGE"] = None
    case "django.db.backends.postgresql":
        DATABASES["default"]["CONN_MAX_AGE"] = read("int", "CONN_MAX_AGE", 60)
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    case _:
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite: or postgres:.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Kept pages; their key has the content version, so each worker may have its own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
}

# Users --------------------------------------------------------------------------------

AUTH_USER_MODEL = "slt.Bruker"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["epost", "navn"]},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "konto:logg_inn"
LOGIN_REDIRECT_URL = "inn"
LOGOUT_REDIRECT_URL = "forside"

# Links to choose a password; an invitation is one.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

# Mail ---------------------------------------------------------------------------------

vars().update(
    read("email_url", "EMAIL_URL", "consolemail://" if DEBUG else "smtp://localhost:25")
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("str", "EPOST_AVSENDER", "slt@localhost")
# Seconds after which who began to send a mail is taken to be gone: well above what a mail
# server may take to answer each of the things that it is told.
UTSENDING_FRIST = read("int", "UTSENDING_FRIST", 300)

# Language and time --------------------------------------------------------------------

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("bokmål")), ("nn", _("nynorsk"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True

# Files --------------------------------------------------------------------------------

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = read("path", "STATIC_ROOT", BASE_DIR / "statiske")
# Named folders of the packages, never the whole of node_modules.
STATICFILES_DIRS = [
    (f"vendor/{name}", path)
    for name, path in {
        "ds-css": NODE_MODULES / "@digdir/designsystemet-css/dist",
        "ds-web": NODE_MODULES / "@digdir/designsystemet-web/dist/umd",
        "inter": NODE_MODULES / "@fontsource-variable/inter",
        "htmx": NODE_MODULES / "htmx.org/dist",
        "sortable": NODE_MODULES / "sortablejs",
    }.items()
    if path.is_dir()
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

# What is pasted into the text editor passes a script of ours, which adds no tags.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("slt/lim.js")],
        "extensions": {"Lim": lambda utvidelsen, tillatt: None},
    },
    # In the texts that may hold pictures; slt.grunn.riktekst says what is left of them.
    {
        "js": [static_lazy("slt/bilde.js")],
        "extensions": {"Bilde": lambda utvidelsen, tillatt: None},
    },
]

# Security -----------------------------------------------------------------------------

# Behind a proxy that ends TLS, as in production; plain http is for this machine alone.
HTTPS = read("bool", "HTTPS", not DEBUG)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "slt.views.skjema_ikke_sendt"
SESSION_COOKIE_AGE = 14 * 24 * 3600
if HTTPS:
    # No other host of the same domain can set these.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# How many proxies stand before the site and add to X-Forwarded-For.
PROXYER = read("int", "PROXYER", 1 if HTTPS else 0)
# Whom to tell of a weakness, for /.well-known/security.txt: https:… or mailto:…
SIKKERHETSKONTAKT = read("str", "SIKKERHETSKONTAKT", "")
# What a form may hold, its files not counted: slt.felles.opplasting has their limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A thousand steder of six fields are kept on one page.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6500
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
FILE_UPLOAD_HANDLERS = ["slt.felles.opplasting.IMinnet"]
X_FRAME_OPTIONS = "DENY"

# Public pages carry no nonce, so that they can be kept; slt.felles.adminsted adds what the
# admin's text editor needs, on admin pages alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "base-uri": [NONE],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        # Designsystemet draws its icons as data: masks.
        "img-src": [SELF, "data:"],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "worker-src": [SELF],
    }
}

# Whoever looks for help ---------------------------------------------------------------

# Where "Forlat siden" leads: the weather is what everybody looks up, it loads fast, and asks
# for no log-in.
FORLAT_TIL = read("str", "FORLAT_TIL", "https://www.yr.no/")
# Whether browsers keep whom to call for when there is no network; see docs/drift.md.
UTEN_NETT = read("bool", "UTEN_NETT", True)

# Privacy ------------------------------------------------------------------------------

# The rules by which a number counts as a Norwegian national identity number.
IDENTITETSNUMMER_REGLER = read(
    "list",
    "IDENTITETSNUMMER_REGLER",
    ["slt.grunn.identitetsnummer.mod11", "slt.grunn.identitetsnummer.mod11_2032"],
)

# Days after the last access ended until `manage.py rydd` takes away name and address.
OPPBEVAR_BRUKER_DAGER = read("int", "OPPBEVAR_BRUKER_DAGER", 365)

# History ------------------------------------------------------------------------------

SIMPLE_HISTORY_DATE_INDEX = "composite"

# Documents ----------------------------------------------------------------------------

# Finished PDFs: a folder on this machine that may be emptied at any time.
PDF_MAPPE = read("path", "PDF_MAPPE", VAR_DIR / "pdf")
PDF_ANTALL = read("int", "PDF_ANTALL", 500)
PDF_MEGABYTE = read("int", "PDF_MEGABYTE", 250)
# Seconds that the one who makes a document start waits for it, and a thread of the server
# with them; after that it is their browser that waits.
PDF_VENT = read("float", "PDF_VENT", 0)

# Log ----------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "slt.felles.logg.Skjuler",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "slt.sikkerhet": {"level": "INFO"},
        # It writes a line for each request that waits for a thread, if for a moment.
        "waitress.queue": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
