from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse

from congso.lib.nul import is_about_nul

# No inline script or style anywhere, nothing from outside, nothing embeds us (architecture, rule 10).
CONTENT_POLICY: Final = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


class SecurityHeaders:
    """Every answer carries the strict headers; what a signed-in person sees stays out of shared caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if targets := getattr(request, "form_targets", []):  # whom the person lets know who she is
            allowed = " ".join(["form-action 'self'", *targets])
            response.headers["Content-Security-Policy"] = CONTENT_POLICY.replace("form-action 'self'", allowed)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A NUL sent in an address or a form is the sender's fault, not ours: 400."""
        from congso.kernel.web.views import bad_request

        return bad_request(request) if is_about_nul(exception) else None  # type: ignore[arg-type]
