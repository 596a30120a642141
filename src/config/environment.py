"""Every variable the installation knows, read once, typed, failing loudly.

`VARIABLES` is the source of the table in docs/operations.md; a test keeps the two equal.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]


class BadEnvironment(Exception):
    """A variable holds a value the product does not understand."""


@dataclass(frozen=True)
class Variable:
    """One row of the configuration table."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("DATA_DIR", ".data", "folder of files, secrets and the embedded database"),
    Variable("PORT", "8000", "port of the web server"),
    Variable("HOST", "127.0.0.1", "address the web server listens on"),
    Variable("WEB_WORKERS", "", "processes of the web server; empty: one a core, at most four"),
    Variable("DATABASE_URL", "", "PostgreSQL 15+ as the application's role; empty: embedded"),
    Variable("DATABASE_OWNER_URL", "", "the same database as its owner; only migrations get it"),
    Variable("CONGSO_ROLE", "app", "`owner` only for migrate, restore and their checks"),
    Variable("ALLOWED_HOSTS", "localhost,127.0.0.1", "names people type in the browser, with commas"),
    Variable("HTTPS", "0", "1 behind TLS: secure cookies, HSTS, forwarded protocol trusted"),
    Variable("TLS_CERT", "", "certificate with its chain (PEM), when the web server speaks TLS itself"),
    Variable("TLS_KEY", "", "its key (PKCS#8 PEM)"),
    Variable("HTTP_PORT", "", "port that leads to HTTPS when the web server speaks TLS itself; empty: none"),
    Variable("TRUSTED_PROXIES", "0", "how many proxies of ours stand before the web server and add X-Forwarded-For"),
    Variable(
        "SECOND_FACTOR_FOR",
        "administrators,secrecy_officers",
        "who must use a second factor: administrators, readers, auditors, leaders, chiefs, clerks, trackers, "
        "secrecy_officers, staff (everybody with a post) or nobody, with commas",
    ),
    Variable("SESSION_IDLE_MINUTES", "15", "after how many minutes without work one must sign in again"),
    Variable("SESSION_IDLE_MINUTES_ADMINISTRATORS", "5", "the same for administrators"),
    Variable("ACCOUNT_IDLE_DAYS", "45", "after how many days without use an account is closed"),
    Variable(
        "FEED_MOST_CLOSED_PERCENT", "5", "a personnel list that would close more of the accounts must be confirmed"
    ),
    Variable("DEBUG", "0", "1 shows error details; never in an office"),
    Variable(
        "SECRET_DIR",
        "",
        "folder of django.key, access.key, push.key, axis.json, oidc-providers.json, oidc-keys, journal-keys; empty: "
        "DATA_DIR/secrets",
    ),
    Variable("UPLOAD_MAX_MB", "200", "largest file accepted, MB"),
    Variable("SEARCH_BY_MEANING", "1", "0: search finds words alone, and no machine time goes into learning meanings"),
    Variable("SEARCH_PASSAGES_UNDERSTOOD", "40", "of each paper so many passages are learnt by meaning"),
    Variable("OCR_JOBS", "2", "pages read at the same time by one worker"),
    Variable("OCR_ENGINE", "tesseract", "who reads scanned batches: tesseract, aster, or none (pictures only)"),
    Variable("S3_ENDPOINT", "", "S3-compatible service that keeps files: https://host[:port]; empty: DATA_DIR/files"),
    Variable("S3_BUCKET", "congso", "its bucket, made beforehand; keys in SECRET_DIR: s3.access, s3.secret"),
    Variable("S3_REGION", "us-east-1", "its region"),
    Variable("S3_PREFIX", "", "where in the bucket the files lie; empty: at its root"),
    Variable("S3_ENCRYPTION", "", "AES256 or aws:kms: the service encrypts each object; empty: no header is sent"),
    Variable("S3_KMS_KEY", "", "key of the service's key store, with aws:kms"),
    Variable("S3_CHECKSUMS", "1", "0 for old servers that refuse the protocol's checksums"),
    Variable("S3_CA_FILE", "", "roots (PEM) the service's certificate is checked against; empty: the library's own"),
    Variable("VIRUS_SCAN_COMMAND", "", "command given a path; exit 0 clean, 1 infected; empty: off"),
    Variable("CLAMD_ADDRESS", "", "ClamAV's daemon: unix:/path or tcp://host:port; empty: off"),
    Variable(
        "CLAMD_DOWN", "closed", "when it does not answer: `closed` keeps files waiting, `open` takes them unscanned"
    ),
    Variable("WATCH_FOLDER", "", "folder whose `<office code>/` folders are looked through for files; empty: off"),
    Variable("WATCH_AS", "", "as whom they are taken in: office code=user name of a clerk, with commas"),
    Variable("TIMESTAMP_URL", "", "RFC 3161 timestamping authority; empty: signatures stay at level B-B"),
    Variable("TRUST_DIR", "", "folder of trusted roots, see Signing below; empty: DATA_DIR/trust"),
    Variable("PKCS11_MODULES", "", "libraries of tokens and HSMs: name=path, with commas"),
    Variable("REMOTE_SIGNING", "", "remote signing services (CSC API v2): name=address, with commas"),
    Variable(
        "CHECKPOINT_FOLDER", "", "folder each checkpoint of the journal is written to, on other hardware; empty: off"
    ),
    Variable("CHECKPOINT_MAIL_TO", "", "addresses each checkpoint is mailed to, with commas; empty: off"),
    Variable(
        "SIEM_ADDRESS", "", "where the journal is sent: tcp://host:port, tls://host:port or udp://host:port; empty: off"
    ),
    Variable("SIEM_FORMAT", "json", "`json` or `cef`, within RFC 5424 syslog"),
    Variable(
        "SIEM_CA_FILE", "", "certificate of the authority that vouches for a tls:// collector; empty: the system's"
    ),
    Variable(
        "LIVE_STREAMS",
        "8",
        "streams of live notices one person may have open on one web process; 0: pages ask every two minutes instead",
    ),
    Variable(
        "MEETING_URL",
        "",
        "address of online meetings, `{room}` for the room (Jitsi: https://host/{room}); empty: meetings have no link",
    ),
    Variable(
        "OFFLINE",
        "phones",
        "copies of opened papers on people's devices: `phones` by themselves, others when asked there; `all`; `off`",
    ),
    Variable("OFFLINE_DAYS", "7", "after how many days a copy on a device is removed"),
    Variable("OFFLINE_MB", "100", "how much one device keeps, MB; the oldest goes first"),
    Variable("OFFLINE_NOT_FOR", "", "codes of organizations whose records are never kept on devices, with commas"),
    Variable(
        "WEB_PUSH_HOSTS",
        "",
        "push services of browsers the portal may call over the Internet, with commas, `*.` before a domain for all "
        "below it; empty: nobody's device is woken",
    ),
    Variable(
        "GENERATOR_URL",
        "",
        "language model for the assistant, OpenAI-compatible: http(s)://host[:port]/v1; empty: it extracts by itself",
    ),
    Variable("GENERATOR_MODEL", "", "name of the model there"),
    Variable("GENERATOR_HAS_KEY", "0", "1: its key is the file `generator.key` of SECRET_DIR"),
    Variable("GENERATOR_SECONDS", "60", "how long one answer may take; then the assistant extracts"),
    Variable("GENERATOR_DAILY_TOKENS", "2000000", "tokens a day for everybody together; beyond, it extracts"),
    Variable("GENERATOR_CA_FILE", "", "roots (PEM) the endpoint's certificate is checked against; empty: the system's"),
    Variable("SITE_URL", "", "address people open, in letters; empty: the first of ALLOWED_HOSTS"),
    Variable("MAIL_HOST", "", "server that takes letters (SMTP); empty: no letters are sent"),
    Variable("MAIL_PORT", "587", "its port"),
    Variable("MAIL_SECURITY", "starttls", "`starttls`, `tls` (from the first byte, port 465) or `none` (same machine)"),
    Variable("MAIL_USER", "", "account there; its password is the file `mail.password` of SECRET_DIR; empty: none"),
    Variable("MAIL_FROM", "", "sender, like `Cổng Số <congso@example.vn>`"),
    Variable("MAIL_TITLES", "1", "0: letters name kinds and numbers of records, no titles"),
    Variable("LOG_FORMAT", "console", "`console` or `json`"),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}


def text(name: str) -> str:
    """The variable's text; a name missing from the table is a programming error."""
    return os.environ.get(name) or _DEFAULTS[name]


def number(name: str) -> int:
    """The variable as a whole number."""
    value = text(name)
    if not value.isdigit():
        raise BadEnvironment(f"{name}={value!r} must be a whole number")
    return int(value)


def flag(name: str) -> bool:
    """The variable as yes or no: 1 or 0, nothing else."""
    value = text(name)
    if value not in {"0", "1"}:
        raise BadEnvironment(f"{name}={value!r} must be 1 or 0")
    return value == "1"


def choice(name: str, *allowed: str) -> str:
    """The variable as one of the allowed words."""
    value = text(name)
    if value not in allowed:
        raise BadEnvironment(f"{name}={value!r} must be one of {', '.join(allowed)}")
    return value


def names(name: str) -> list[str]:
    """The variable as a list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def pairs(name: str) -> dict[str, str]:
    """The variable as key=value pairs separated by commas."""
    found = dict(part.partition("=")[::2] for part in names(name))
    if not all(key.strip() and value.strip() for key, value in found.items()):
        raise BadEnvironment(f"{name}={text(name)!r} must be KEY=VALUE, with commas between")
    return {key.strip(): value.strip() for key, value in found.items()}


def folder(name: str) -> Path:
    """The variable as a path; a relative one starts at the project's root."""
    return (ROOT / Path(text(name)).expanduser()).resolve()


def secret(filename: str) -> str:
    """A secret from its own file, made at set-up and readable by the service's user alone."""
    path = secret_folder() / filename
    if not path.is_file():
        raise BadEnvironment(f"{path} is missing: run ./congso setup")
    return path.read_text().strip()


def secret_folder() -> Path:
    """Where keys and secrets of this installation are."""
    return folder("SECRET_DIR") if text("SECRET_DIR") else folder("DATA_DIR") / "secrets"


def database(name: str) -> dict[str, object]:
    """A Django DATABASES entry from a postgresql:// address (a socket folder may stand in ?host=)."""
    parts = urlsplit(text(name))
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadEnvironment(f"{name} must be a postgresql:// address; ./congso sets it for the embedded server")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }
