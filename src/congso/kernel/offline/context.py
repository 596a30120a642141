"""What the frame tells the device about keeping."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from congso.kernel.offline.policy import COOKIE, is_on


def offline(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `offline` in every template."""
    return {"offline": {"is_on": is_on(), "policy": settings.OFFLINE, "choice": request.COOKIES.get(COOKIE, "")}}
