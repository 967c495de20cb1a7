"""One settings file plus the environment, read by typed helpers that fail loudly.

Every name the environment may give starts with DOTPHA_; docs/cai-dat.md lists them.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from dotpha.accounts import security
from dotpha.config.environment import (
    database,
    flag,
    folder,
    number,
    only_on_this_machine,
    origin,
    secret_key,
    text,
    words,
)
from dotpha.interfaces.web.quick import limits

PACKAGE = Path(__file__).resolve().parent.parent
VAR = folder("DOTPHA_VAR", default=Path.cwd() / "var")

DEBUG = flag("DOTPHA_DEBUG", default=False)
SECRET_KEY = secret_key("DOTPHA_SECRET_KEY", kept_in=VAR / "secret-key")
HTTPS = flag("DOTPHA_HTTPS", default=False)
ALLOWED_HOSTS = words("DOTPHA_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
PROXIES = number("DOTPHA_PROXIES", default=0)  # how many of our own stand between the browser and us
DEMO = flag("DOTPHA_DEMO", default=False)  # anybody at this machine signs in as anybody made up
if DEMO:
    only_on_this_machine("DOTPHA_DEMO", https=HTTPS, hosts=ALLOWED_HOSTS, proxies=PROXIES)

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
    "dotpha.registration",
    "dotpha.appraisal",
    "dotpha.documents",
    "dotpha.interfaces",
    "dotpha.interfaces.web",
    # Below ours, so that our templates stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_tasks",
    "django_tasks_db",
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
    "allauth.account.middleware.AccountMiddleware",
    "dotpha.interfaces.web.accounts.middleware.NotKept",
    "dotpha.interfaces.web.accounts.middleware.SignedInUnlessOpen",
    "dotpha.interfaces.web.accounts.middleware.FirstThingsFirst",
    "dotpha.interfaces.web.trail.middleware.RefusalsLeaveATrace",
    "dotpha.interfaces.web.busy.BusyIsTold",
    "axes.middleware.AxesMiddleware",  # last: it replaces the answer of whatever refused a sign-in
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
    "timeout": 30,  # a register of thousands is written in less; who waits longer is told so kindly
    "transaction_mode": "IMMEDIATE",
    # 64 MB of pages stay in memory: with the 2 MB of the default a walk of a long index asks the disk for each page.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
}
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": VAR / "dotpha.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": SQLITE_OPTIONS,
}
DATABASES: dict[str, dict[str, Any]] = {"default": database("DOTPHA_DATABASE_URL", default=SQLITE)}

# Rate limits are counted here, so they hold whichever process answers. The table comes with a migration.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Long work waits in the same database for `dotpha worker`, which `dotpha serve` starts beside itself (docs/adr/0008).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [PACKAGE / "locale"]  # what Django, allauth and axes say and have no Vietnamese for
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

OIDC_SERVER = text("DOTPHA_OIDC_SERVER")
OIDC_ORIGINS = [origin(OIDC_SERVER)] if OIDC_SERVER else []

# No page asks anything of another host, and none is framed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *OIDC_ORIGINS],  # signing in elsewhere starts with a form of ours
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
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_PREFIX = "__Host-" if HTTPS else ""  # a browser then refuses it from any other host, path or plain HTTP
SESSION_COOKIE_NAME = f"{_PREFIX}dotpha"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # at most; FirstThingsFirst ends an idle one much earlier
CSRF_COOKIE_NAME = f"{_PREFIX}dotpha-csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Signing in. Numbers of the standard stand in accounts/security.toml.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is not even asked for a password
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "dotpha.accounts.passwords.LengthAndClasses"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "dotpha.accounts.passwords.NotUsedBefore"},
]

ACCOUNT_ADAPTER = "dotpha.interfaces.web.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": f"{security.WRONG_TRIES}/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

MFA_ADAPTER = "dotpha.interfaces.web.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Đột Phá"
MFA_TOTP_TOLERANCE = 1  # clocks of phones and servers differ
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow it on localhost only

SOCIALACCOUNT_ADAPTER = "dotpha.interfaces.web.accounts.adapters.ElsewhereAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
OIDC_CLAIM = text("DOTPHA_OIDC_CLAIM", default="preferred_username")  # what names the account
OIDC_APP = {
    "provider_id": "oidc",
    "name": text("DOTPHA_OIDC_NAME", default="tài khoản của cơ quan"),
    "client_id": text("DOTPHA_OIDC_CLIENT"),
    "secret": text("DOTPHA_OIDC_SECRET"),
    "settings": {"server_url": OIDC_SERVER, "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [OIDC_APP] if OIDC_SERVER else []}}

AXES_FAILURE_LIMIT = security.WRONG_TRIES
AXES_COOLOFF_TIME = timedelta(minutes=security.LOCK_OUT_MINUTES)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody is kept out for ever by somebody else's tries
AXES_DISABLE_ACCESS_LOG = True  # the trail tells who signed in
AXES_USERNAME_CALLABLE = "dotpha.interfaces.web.accounts.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "dotpha.interfaces.web.accounts.lockout.address"
AXES_LOCKOUT_CALLABLE = "dotpha.interfaces.web.accounts.lockout.answer"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # by name alone: five tries are five, from however many addresses
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password", "code", "csrfmiddlewaretoken"]

DATA_UPLOAD_MAX_NUMBER_FILES = limits.FILES
FILE_UPLOAD_PERMISSIONS = 0o600
