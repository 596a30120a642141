"""Looking: all lists, one list as of a day, one version beside the one before it."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.code_lists import code_list, code_lists
from congso.kernel.catalogues.comparing import differences
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import catalogues, draft_of, items_of, version_on, versions_of
from congso.kernel.catalogues.services.drafting import keeps
from congso.kernel.web.filters import TextFilter, read_date
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, list_response
from congso.kernel.web.navigation import holds_role


def _validity(item: Item) -> str:
    start = f"{item.valid_from:%d/%m/%Y}" if item.valid_from else ""
    return f"{start} – {item.valid_to:%d/%m/%Y}" if item.valid_to else start


def _facts(item: Item) -> str:
    return " · ".join(item.told(item.version.catalogue))


ITEMS = RecordList(
    key="danh-muc",
    title=_("Danh mục dùng chung"),
    columns=(
        Column("place", _("Thứ tự"), kind=Kind.NUMBER, sort="place", width=8, card=Card.NONE),
        Column("code", _("Mã"), sort="code", width=22, card=Card.TOP),
        Column("name", _("Tên"), sort="name", width=44, card=Card.TITLE),
        Column("parent", _("Mã cha"), "parent_code", width=16),
        Column("facts", _("Thuộc tính"), _facts, width=30, card=Card.LINE),
        Column("validity", _("Hiệu lực của mã"), _validity, width=22, template="catalogues/_validity.html"),
    ),
    filters=(TextFilter("q", _("Tìm mã, tên"), fields=("code", "name")),),
    default_sort="place",
    empty=Empty(_("Danh mục chưa có mục nào vào ngày này")),
)


@login_required
@require_GET
def index(request: OfficeRequest) -> HttpResponse:
    """Every list: those the office changes, and those the program stands on."""
    return render(request, "catalogues/index.html", {"catalogues": catalogues(), "code_lists": code_lists()})


@login_required
@require_GET
def catalogue(request: OfficeRequest, code: str) -> HttpResponseBase:
    """A list as of a day; one of the program's own is shown as it is."""
    fixed = code_list(code)
    if fixed is not None:
        return render(request, "catalogues/code_list.html", {"list": fixed})
    found = get_object_or_404(Catalogue.objects.select_related("keeper"), code=code)
    day = shown_day(request)
    version = version_on(found, day)
    return list_response(
        request,
        ITEMS,
        Item.objects.filter(version=version).select_related("version__catalogue") if version else Item.objects.none(),
        template="catalogues/catalogue.html",
        context={
            "catalogue": found, "version": version, "day": day, "today": timezone.localdate(),
            "versions": list(versions_of(found)[:30]), "keeps": keeps(found), "draft": draft_of(found),
            "may_settle": holds_role(request, Role.ADMINISTRATOR), "open_url": _open_url(request, found),
        },
    )  # fmt: skip


@login_required
@require_GET
def version(request: OfficeRequest, code: str, number: int) -> HttpResponse:
    """What one version changed against the one before it."""
    chosen = Version.objects.filter(catalogue__code=code, state=Version.State.PUBLISHED)
    found = get_object_or_404(chosen.select_related("catalogue", "published_by"), number=number)
    before = chosen.filter(number__lt=number).order_by("-number").first()
    items = items_of(found)
    context = {
        "catalogue": found.catalogue, "version": found, "before": before, "count": len(items),
        "differences": differences(items_of(before), items) if before else [],
    }  # fmt: skip
    return render(request, "catalogues/version.html", context)


def shown_day(request: OfficeRequest) -> date:
    """As of which day (`?ngay=`); today for none or nonsense."""
    return read_date(request.GET.get("ngay", "")) or timezone.localdate()


def _open_url(request: OfficeRequest, found: Catalogue) -> dict[str, Any]:
    if not found.is_open:
        return {}
    return {
        kind: request.build_absolute_uri(reverse("open_data:catalogue", args=[found.code, kind]))
        for kind in ("csv", "json")
    }
