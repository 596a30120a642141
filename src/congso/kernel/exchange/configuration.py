"""Which axis, for which codes: `axis.json` in the folder of secrets, `{"url": "https://…", "systems": {code: key}}`.

`"signatures": "required"` there takes no packet without a valid signature; without it such packets are marked alone.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from congso.kernel.directory.models import Organization, valid_on
from congso.kernel.exchange.axis import Axis
from congso.kernel.exchange.rest_axis import RestAxis


class BadConfiguration(Exception):
    """The file is there and cannot be understood."""


@dataclass(frozen=True)
class Connection:
    """The axis and the codes we answer for on it."""

    axis: Axis
    codes: tuple[str, ...]


def connection() -> Connection | None:
    """The configured connection; None without a file: exchange is off. Raises BadConfiguration."""
    path = Path(settings.AXIS_FILE)
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        url, systems = str(told["url"]), {str(code): str(key) for code, key in told["systems"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadConfiguration(f'{path.name}: {{"url": "https://…", "systems": {{"code": "key"}}}}') from error
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise BadConfiguration(f"{path.name}: url must be https://")
    return Connection(RestAxis(url, systems), tuple(systems))


def is_signature_required() -> bool:
    """Whether packets without a valid signature are kept from the clerk (`"signatures": "required"`)."""
    try:
        told = json.loads(Path(settings.AXIS_FILE).read_text(encoding="utf-8"))
        return bool(told.get("signatures") == "required")
    except (OSError, ValueError, AttributeError):
        return False


def signing_folder() -> Path:
    """`axis-signing/<code>.pem` beside the file: the key of an agency's system and its certificates, the own first."""
    return Path(settings.AXIS_FILE).parent / "axis-signing"


def offices_of(codes: tuple[str, ...], day: date) -> QuerySet[Organization]:
    """Our organizations that carry one of the codes on the day."""
    return Organization.objects.filter(valid_on(day), official_code__in=codes)
