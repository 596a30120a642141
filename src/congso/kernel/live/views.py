"""Under a server without an event loop (the tests' own) there are no streams; pages then ask as before."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from congso.kernel.accounts.requests import OfficeRequest


@require_GET
def no_streams(request: OfficeRequest) -> HttpResponse:
    """204 tells the browser not to ask again. The web server answers this address itself (config.asgi)."""
    return HttpResponse(status=204)
