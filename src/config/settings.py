"""Django settings. Everything an operator may change comes from `config.environment`."""

from pathlib import Path
from typing import Any

import structlog

from config import environment as env
from config.providers import identity_providers

ROOT = env.ROOT
DATA_DIR = env.folder("DATA_DIR")
DEBUG = env.flag("DEBUG")
HTTPS = env.flag("HTTPS")
SECRET_KEY = env.secret("django.key")
ACCESS_KEY = bytes.fromhex(env.secret("access.key"))
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")

KERNEL = (
    "journal",
    "directory",
    "regulations",
    "catalogues",
    "access",
    "accounts",
    "jobs",
    "personal",
    "records",
    "notify",
    "files",
    "search",
    "papers",
    "composing",
    "indicators",
    "workflow",
    "signing",
    "exchange",
    "api",
    "web",
    "offline",
    "live",
    "manifest",
)
SYSTEMS = (
    "documents",
    "directives",
    "organizations",
    "rights",
    "security",
    "catalogues",
    "personal_data",
    "packets",
    "procedures",
    "party_papers",
    "outgoing",
    "dossiers",
    "reports",
    "plan_board",
    "analytics",
    "assistant",
    "library",
    "programme",
    "schedule",
    "digitization",
    "voting",
    "meetings",
)


def _present(kind: str, names: tuple[str, ...]) -> list[str]:
    return [f"congso.{kind}.{name}" for name in names if (ROOT / "src/congso" / kind / name / "apps.py").exists()]


INSTALLED_APPS = [
    *_present("apps", SYSTEMS),
    *_present("kernel", KERNEL),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
    "django_htmx",
    "ninja",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "congso.kernel.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "congso.kernel.web.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "congso.kernel.accounts.middleware.EnterOffice",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "congso.kernel.accounts.middleware.WatchSession",
    "congso.kernel.accounts.middleware.LeadToSecondFactor",
    "congso.kernel.web.looking.KeepLooks",
    "congso.kernel.offline.middleware.Offline",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "congso.kernel.web.context.shell",
                "congso.kernel.offline.context.offline",
            ],
        },
    },
]

# The role decides what the process may be: people's requests and jobs are never the owner.
IS_OWNER = env.choice("CONGSO_ROLE", "app", "owner") == "owner"
DATABASES: dict[str, dict[str, Any]] = {"default": env.database("DATABASE_OWNER_URL" if IS_OWNER else "DATABASE_URL")}
APP_ROLE = str(env.database("DATABASE_URL")["USER"])
if not IS_OWNER:
    # After the database was away: attempts at most 4 s apart, so that who asks then (15 s of patience) gets an answer.
    # A dead connection found by the check costs a pause of 0, 1, 2, 4, 8 s in turn: with four the answer still comes
    # (measured: 7 s), with five it never does. A web process has four threads and can use no more.
    POOL = {"min_size": 1, "max_size": 4, "timeout": 15, "reconnect_timeout": 10}
    DATABASES["default"]["OPTIONS"] |= {"pool": POOL}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "congso.kernel.accounts.passwords.BreachedPasswordValidator"},
    {"NAME": "congso.kernel.accounts.passwords.GuessablePasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"

# allauth: sign-in, second factors, sessions. What it offers beyond is not in accounts/urls.py and so not served.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "congso.kernel.accounts.adapter.OfficeAccountAdapter"
ACCOUNT_FORMS = {
    "login": "congso.kernel.accounts.forms.SignInForm",
    "change_password": "congso.kernel.accounts.forms.NewPasswordForm",
    "reauthenticate": "congso.kernel.accounts.forms.PasswordAgainForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Failures slow down in steps: the more, the longer. The first figure is for one address, where a whole office may be.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key,10/1h/key,20/12h/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES")
MFA_ADAPTER = "congso.kernel.accounts.factors.OfficeFactorAdapter"
MFA_FORMS = {
    "authenticate": "congso.kernel.accounts.forms.CodeForm",
    "reauthenticate": "congso.kernel.accounts.forms.CodeAgainForm",
    "activate_totp": "congso.kernel.accounts.forms.FirstCodeForm",
    "authenticate_webauthn": "congso.kernel.accounts.forms.PasskeyForm",
    "login_webauthn": "congso.kernel.accounts.forms.PasskeyAloneForm",
    "add_webauthn": "congso.kernel.accounts.forms.NewPasskeyForm",
    "edit_webauthn": "congso.kernel.accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_TOTP_ISSUER = "Cổng Số"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TRUST_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
# Sign-in with other providers (VNeID, the Party's platform): known people only, found by the subject alone.
SOCIALACCOUNT_ADAPTER = "congso.kernel.accounts.federation.OfficeIdentityAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": identity_providers()}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
# The portal as provider for other systems.
IDP_OIDC_ADAPTER = "congso.kernel.accounts.provider.OfficeProviderAdapter"
IDP_OIDC_KEY_DIR = env.secret_folder() / "oidc-keys"
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 12 * 3600
SECOND_FACTOR_FOR = env.names("SECOND_FACTOR_FOR")

SESSION_ENGINE = "congso.kernel.accounts.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES")
SESSION_IDLE_MINUTES_ADMINISTRATORS = env.number("SESSION_IDLE_MINUTES_ADMINISTRATORS")
ACCOUNT_IDLE_DAYS = max(1, env.number("ACCOUNT_IDLE_DAYS"))
FEED_MOST_CLOSED_PERCENT = env.number("FEED_MOST_CLOSED_PERCENT")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# A proxy's word counts only where there is one: not when this process speaks TLS itself.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and not env.text("TLS_CERT") else None
CACHES = {"default": {"BACKEND": "congso.kernel.accounts.counters.Counters"}}
CSRF_FAILURE_VIEW = "congso.kernel.web.views.csrf_failure"

# The journal's book: keys that sign checkpoints, where copies go, whom the lines are told to.
JOURNAL_KEY_DIR: Path = env.secret_folder() / "journal-keys"
CHECKPOINT_FOLDER: Path | None = env.folder("CHECKPOINT_FOLDER") if env.text("CHECKPOINT_FOLDER") else None
CHECKPOINT_MAIL_TO = env.names("CHECKPOINT_MAIL_TO")
SIEM_ADDRESS = env.text("SIEM_ADDRESS")
SIEM_FORMAT = env.choice("SIEM_FORMAT", "json", "cef")
SIEM_CA_FILE = env.text("SIEM_CA_FILE")

# Exchange with other agencies: the axis and our keys on it; no file, no exchange.
AXIS_FILE: Path = env.secret_folder() / "axis.json"

# Letters: what notices tell, to who wants it outside the portal.
SITE_URL = (env.text("SITE_URL") or f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0]}").rstrip("/")
EMAIL_HOST = env.text("MAIL_HOST")
EMAIL_PORT = env.number("MAIL_PORT")
EMAIL_USE_TLS = env.choice("MAIL_SECURITY", "starttls", "tls", "none") == "starttls"
EMAIL_USE_SSL = env.text("MAIL_SECURITY") == "tls"
EMAIL_HOST_USER = env.text("MAIL_USER")
EMAIL_HOST_PASSWORD = env.secret("mail.password") if EMAIL_HOST_USER else ""
EMAIL_TIMEOUT = 20
EMAIL_USE_LOCALTIME = True
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM") or "congso@localhost"
MAIL_TITLES = env.flag("MAIL_TITLES")

# Waking devices: through the makers of browsers, so only where the operator names their services.
WEB_PUSH_HOSTS = [name.lower() for name in env.names("WEB_PUSH_HOSTS")]
PUSH_KEY = env.secret("push.key") if WEB_PUSH_HOSTS else ""

# The assistant's generator: an endpoint of the OpenAI-compatible protocol; without one it extracts.
GENERATOR_URL = env.text("GENERATOR_URL").rstrip("/")
GENERATOR_MODEL = env.text("GENERATOR_MODEL")
GENERATOR_KEY = env.secret("generator.key") if env.flag("GENERATOR_HAS_KEY") else ""
GENERATOR_SECONDS = env.number("GENERATOR_SECONDS")
GENERATOR_DAILY_TOKENS = env.number("GENERATOR_DAILY_TOKENS")
GENERATOR_CA_FILE = env.text("GENERATOR_CA_FILE")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Vietnamese is the language of what is kept and printed; a person may read the screens in English (`web.language`).
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DEMO_PASSWORD_FILE: Path = DATA_DIR / "secrets" / "demo.password"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
LIVE_STREAMS = env.number("LIVE_STREAMS")
# Online meetings: `{room}` is replaced by a key nobody can guess.
MEETING_URL = env.text("MEETING_URL")
OFFLINE = env.choice("OFFLINE", "phones", "all", "off")
OFFLINE_DAYS = env.number("OFFLINE_DAYS")
OFFLINE_MB = env.number("OFFLINE_MB")
OFFLINE_NOT_FOR = env.names("OFFLINE_NOT_FOR")
FILES_DIR: Path = DATA_DIR / "files"
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_MB") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
SEARCH_BY_MEANING = env.flag("SEARCH_BY_MEANING")
SEARCH_PASSAGES_UNDERSTOOD = env.number("SEARCH_PASSAGES_UNDERSTOOD")
OCR_JOBS = env.number("OCR_JOBS")
OCR_ENGINE = env.choice("OCR_ENGINE", "tesseract", "aster", "none")
VIRUS_SCAN_COMMAND = env.text("VIRUS_SCAN_COMMAND")
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS")
CLAMD_DOWN = env.choice("CLAMD_DOWN", "closed", "open")
S3_ENDPOINT = env.text("S3_ENDPOINT")
S3_BUCKET = env.text("S3_BUCKET")
S3_ACCESS_KEY = env.secret("s3.access") if S3_ENDPOINT else ""
S3_SECRET_KEY = env.secret("s3.secret") if S3_ENDPOINT else ""
S3_REGION = env.text("S3_REGION")
S3_PREFIX = env.text("S3_PREFIX")
S3_ENCRYPTION = env.text("S3_ENCRYPTION")
S3_KMS_KEY = env.text("S3_KMS_KEY")
S3_CHECKSUMS = env.flag("S3_CHECKSUMS")
S3_CA_FILE = env.text("S3_CA_FILE")
WATCH_FOLDER: Path | None = env.folder("WATCH_FOLDER") if env.text("WATCH_FOLDER") else None
WATCH_AS = env.pairs("WATCH_AS")

SECRET_DIR: Path = env.secret_folder()
TIMESTAMP_URL = env.text("TIMESTAMP_URL")
TRUST_DIR: Path = env.folder("TRUST_DIR") if env.text("TRUST_DIR") else DATA_DIR / "trust"
PKCS11_MODULES = env.pairs("PKCS11_MODULES")
REMOTE_SIGNING = env.pairs("REMOTE_SIGNING")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "console": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": env.choice("LOG_FORMAT", "console", "json")},
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {name: {"level": "WARNING"} for name in ("procrastinate", "weasyprint", "fontTools")},
}
