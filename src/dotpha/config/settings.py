"""One settings file plus the environment, read by typed helpers that fail loudly.

Every name the environment may give starts with DOTPHA_; docs/cai-dat.md lists them.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from dotpha.config.environment import database, flag, folder, secret_key, words
from dotpha.interfaces.web.quick import limits

PACKAGE = Path(__file__).resolve().parent.parent
VAR = folder("DOTPHA_VAR", default=Path.cwd() / "var")

DEBUG = flag("DOTPHA_DEBUG", default=False)
SECRET_KEY = secret_key("DOTPHA_SECRET_KEY", kept_in=VAR / "secret-key")
HTTPS = flag("DOTPHA_HTTPS", default=False)
ALLOWED_HOSTS = words("DOTPHA_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "dotpha.core",
    "dotpha.accounts",
    "dotpha.directory",
    "dotpha.documents",
    "dotpha.interfaces.web",
]
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "dotpha.config.urls"
WSGI_APPLICATION = "dotpha.config.wsgi.application"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
        },
    }
]

# SQLite serves one committee for years. synchronous=FULL because NORMAL loses acknowledged commits at a
# power cut; IMMEDIATE because a transaction that must wait should wait at its start (docs/adr/0003).
SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR / "dotpha.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": SQLITE_OPTIONS,
}
DATABASES: dict[str, dict[str, Any]] = {"default": database("DOTPHA_DATABASE_URL", default=SQLITE)}

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# No page asks anything of another host, and none is framed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

DATA_UPLOAD_MAX_NUMBER_FILES = limits.FILES
FILE_UPLOAD_PERMISSIONS = 0o600
