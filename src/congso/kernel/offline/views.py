"""The service worker's file, the page of what this device keeps, and what the device asks for."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.notify.push_message import WORDS
from congso.kernel.offline.policy import is_on, kept_records, person_tag

PARTS = ("store.js", "copies.js", "acts.js", "push.js", "main.js")
ASKED_AT_ONCE = 500
FILES_QUEUED_BYTES = 5 * 1024 * 1024
_FOLDER = Path(__file__).parent / "worker"
_STATIC = re.compile(r'(?:href|src)="([^"#]+)')


@never_cache
@require_GET
def worker(request: OfficeRequest) -> HttpResponse:
    """The service worker of this release; where the operator wants none, one that forgets everything and goes."""
    body = _worker() if is_on() else (_FOLDER / "leave.js").read_text()
    return HttpResponse(body, content_type="text/javascript; charset=utf-8")


@require_GET
def manifest(request: OfficeRequest) -> JsonResponse:
    """What a phone shows when the portal is installed. Not a static file: the icons' names carry hashes."""
    png = [
        {"src": static(f"web/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"} for size in (192, 512)
    ]
    facts = {
        "id": "/", "name": "Cổng Số Lào Cai", "short_name": "Cổng Số", "lang": "vi", "start_url": "/", "scope": "/",
        "display": "standalone", "background_color": "#f3f5f8", "theme_color": "#a8141c",
        "icons": [{"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml"}, *png],
        "shortcuts": [{"name": "Đọc khi mất mạng", "url": reverse("offline:page")}] if is_on() else [],
    }  # fmt: skip
    return JsonResponse(facts, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_GET
def page(request: OfficeRequest) -> HttpResponse:
    """What this device keeps and what waits. It names nobody, so the device keeps it for everybody."""
    return render(request, "offline/page.html", {"is_on": is_on(), "days": settings.OFFLINE_DAYS})


@never_cache
@require_GET
def me(request: OfficeRequest) -> JsonResponse:
    """For the device before it sends: who is signed in, a token, and which of its records it may go on keeping."""
    if not is_on() or not request.user.is_authenticated or request.is_factor_pending:
        return JsonResponse({"code": "sign_in", "url": reverse("account_login")}, status=401)
    asked = request.GET.get("ho-so", "").split(",")[:ASKED_AT_ONCE]
    ids = [int(one) for one in asked if one.isascii() and one.isdigit() and len(one) < 19]
    kept = kept_records(ids) if ids else []
    return JsonResponse({"person": person_tag(request.actor.id), "csrf": get_token(request), "kept": kept})


def _worker() -> str:
    facts = _facts()
    source = "\n".join((_FOLDER / part).read_text() for part in PARTS)
    version = hashlib.sha256((json.dumps(facts) + source).encode()).hexdigest()[:12]
    return f"const GIVEN = {json.dumps({**facts, 'version': version})};\n{source}"


@cache
def _shell() -> list[str]:
    """Addresses of the static files the frame of every page is made of; their names carry their content's hash."""
    frame = render_to_string("offline/page.html", {"is_on": True, "days": 1})
    named = [address for address in _STATIC.findall(frame) if address.startswith(settings.STATIC_URL)]
    also = [static(name) for name in ("vendor/htmx.js", "web/js/shell.js", "web/js/forms.js", "web/js/ask.js",
                                      "web/js/viewer.js", "vendor/icons.svg")]  # fmt: skip
    return list(dict.fromkeys([*named, *also]))


def _facts() -> dict[str, Any]:
    return {
        "page": reverse("offline:page"),
        "me": reverse("offline:me"),
        "signOut": reverse("account_logout"),
        "files": "/tep/",
        "static": settings.STATIC_URL,
        "shell": _shell(),
        "days": settings.OFFLINE_DAYS,
        "bytes": settings.OFFLINE_MB * 1024 * 1024,
        "fileBytes": FILES_QUEUED_BYTES,
        "notices": "/thong-bao/",
        "news": WORDS,
        "icon": static("web/icon-192.png"),
    }
