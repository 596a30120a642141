"""The public part of the catalogue for e-readers (OPDS). The rest is under the API, for who brings a token."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congso.apps.library.services.feeds import SEARCH, Addresses, search_description
from congso.apps.library.services.shelves import MOST_PAGES, TITLE, NoShelf, feed
from congso.kernel.accounts.requests import OfficeRequest


@require_safe
def catalogue(request: OfficeRequest, name: str = "") -> HttpResponseBase:
    """A feed by its name."""
    asked = request.GET.get("trang", "1")
    page = min(int(asked), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    try:
        body, kind = feed(name.strip("/"), _addresses(request), words=words, page=max(1, page), at=timezone.now())
    except NoShelf as missing:
        raise Http404 from missing
    return HttpResponse(body, content_type=f"{kind};charset=utf-8")


@require_safe
def collection(request: OfficeRequest, number: int) -> HttpResponseBase:
    """One collection's works."""
    return catalogue(request, f"bo-suu-tap/{number}")


@require_safe
def description(request: OfficeRequest) -> HttpResponse:
    """How an e-reader searches."""
    template = f"{request.build_absolute_uri(reverse('library:opds'))}tim/?q={{searchTerms}}"
    return HttpResponse(search_description(TITLE, template), content_type=f"{SEARCH};charset=utf-8")


def _addresses(request: OfficeRequest) -> Addresses:
    def whole(name: str, *args: int) -> str:
        return request.build_absolute_uri(reverse(f"library:{name}", args=args))

    return Addresses(
        host=request.get_host().partition(":")[0], root=whole("opds"), search=whole("opds-search"),
        work=whole("card", 0).replace("/0/", "/%d/"), cover=whole("cover", 0).replace("/0/", "/%d/"),
        file=whole("take", 0).replace("/0/", "/%d/"),
    )  # fmt: skip
