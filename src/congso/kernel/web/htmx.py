"""Page or fragment from one URL: the same view, the same context, a smaller template."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from congso.kernel.accounts.requests import OfficeRequest


def wants_fragment(request: OfficeRequest) -> bool:
    """Whether the browser asked for a part of the page it already shows."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def render_page(
    request: OfficeRequest, template: str, fragment: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Answer with the whole page, or with the fragment the page includes at the same place."""
    chosen = fragment if wants_fragment(request) else template
    response = render(request, chosen, context, status=status)
    # Without this a browser would show the cached fragment when the person goes back to the page.
    patch_vary_headers(response, ["HX-Request"])
    return response
