"""Keepers' acts: the draft, its items, a spreadsheet laid into it, publication, and the list's settings."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.apps.catalogues.forms import COLUMN_WORDS, ItemForm, LoadForm, PublishForm, SettingsForm
from congso.kernel.access.principals import Role
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.catalogues.comparing import differences
from congso.kernel.catalogues.models import Catalogue, Item, Version
from congso.kernel.catalogues.queries import draft_of, items_of, last_published
from congso.kernel.catalogues.services import (
    CatalogueRefused,
    change_settings,
    drop_draft,
    publish_draft,
    put_item,
    remove_item,
    start_draft,
)
from congso.kernel.catalogues.services.drafting import keeps
from congso.kernel.catalogues.services.importing import compare_table, read_table, take_table
from congso.kernel.files.sheets import table_rows
from congso.kernel.web.navigation import holds_role
from congso.kernel.web.views import forbidden
from congso.lib.csv_tables import NotATable, csv_lines

SHOWN = 500


def _keeping(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For who keeps the list; the list comes with the request."""

    def checked(request: OfficeRequest, code: str, **more: Any) -> HttpResponse:
        found = get_object_or_404(Catalogue.objects.select_related("keeper"), code=code)
        return view(request, found, **more) if keeps(found) else forbidden(request)

    return checked


def _by(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor.id, "at": timezone.now()}


def _draft(catalogue: Catalogue) -> Version:
    found = draft_of(catalogue)
    if found is None:
        raise Http404
    return found


@login_required
@require_POST
@_keeping
def start(request: OfficeRequest, found: Catalogue) -> HttpResponse:
    """Begin a draft, or go on with the one there is."""
    start_draft(found, **_by(request))
    return redirect("catalogues:draft", found.code)


@login_required
@require_GET
@_keeping
def draft(request: OfficeRequest, found: Catalogue) -> HttpResponse:
    """What the draft changes, and all its codes."""
    standing = draft_of(found)
    if standing is None:
        return redirect("catalogues:catalogue", found.code)
    items = items_of(standing)
    before = last_published(found)
    context = {
        "catalogue": found, "draft": standing, "before": before, "items": items[:SHOWN], "count": len(items),
        "differences": differences(items_of(before), items), "most": SHOWN,
    }  # fmt: skip
    return render(request, "catalogues/draft.html", context)


@login_required
@require_POST
@_keeping
def drop(request: OfficeRequest, found: Catalogue) -> HttpResponse:
    """Give the draft up."""
    drop_draft(_draft(found), **_by(request))
    messages.success(request, _("Đã bỏ bản thảo; danh mục giữ nguyên."))
    return redirect("catalogues:catalogue", found.code)


@login_required
@require_http_methods(["GET", "POST"])
@_keeping
def item(request: OfficeRequest, found: Catalogue, item_code: str = "") -> HttpResponse:
    """Add a code to the draft, or change one."""
    standing = _draft(found)
    one = get_object_or_404(Item, version=standing, code=item_code) if item_code else None
    form = ItemForm(request.POST or None, catalogue=found, item=one)
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        if one is None and Item.objects.filter(version=standing, code=facts.code).exists():
            form.add_error("code", _("Mã này đã có."))
        else:
            try:
                put_item(standing, facts, **_by(request))
            except CatalogueRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Đã ghi mã %(code)s vào bản thảo.") % {"code": facts.code})
                return redirect("catalogues:draft", found.code)
    context = {"item": one, "removable": one is not None and not _was_published(found, one.code)}
    title = _("Sửa mã %(code)s") % {"code": one.code} if one else _("Thêm mã")
    return _asked(request, found, form, title, "catalogues/item.html", **context)


@login_required
@require_POST
@_keeping
def remove(request: OfficeRequest, found: Catalogue, item_code: str) -> HttpResponse:
    """Take a code that was never published out of the draft."""
    try:
        remove_item(_draft(found), item_code, **_by(request))
    except CatalogueRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã xóa mã %(code)s khỏi bản thảo.") % {"code": item_code})
    return redirect("catalogues:draft", found.code)


@login_required
@require_http_methods(["GET", "POST"])
@_keeping
def load(request: OfficeRequest, found: Catalogue) -> HttpResponse:
    """Read a spreadsheet, show what it would change; with `take`, lay it into the draft."""
    standing = _draft(found)
    form = LoadForm(request.POST or None, request.FILES or None)
    columns = ", ".join([COLUMN_WORDS, *(one["name"] for one in found.attributes)])
    context: dict[str, Any] = {"catalogue": found, "draft": standing, "form": form, "columns": columns}
    if request.method != "POST" or not form.is_valid():
        return render(request, "catalogues/load.html", context, status=422 if form.errors else 200)
    data = form.cleaned_data
    closing = data["on"] if data["close_missing"] else None
    try:
        rows = table_rows(data["file"].read() if data["file"] else data["text"].encode())
        table = read_table(found, rows)
        if "take" in request.POST:
            changed = take_table(standing, table, close_missing_on=closing, **_by(request))
            messages.success(request, _("Đã ghi %(count)s mã vào bản thảo.") % {"count": changed})
            return redirect("catalogues:draft", found.code)
    except (NotATable, CatalogueRefused) as refused:
        form.add_error(None, str(refused))
        return render(request, "catalogues/load.html", context, status=422)
    for mistake in table.mistakes[:50]:
        form.add_error(None, mistake)
    if table.mistakes:
        return render(request, "catalogues/load.html", context, status=422)
    context |= {
        "table": table, "differences": compare_table(standing, table, close_missing_on=closing), "compared": True,
        "text": "".join(csv_lines(rows[0], rows[1:])), "on": form["on"].value(), "close_missing": data["close_missing"],
    }  # fmt: skip
    return render(request, "catalogues/load.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@_keeping
def publish(request: OfficeRequest, found: Catalogue) -> HttpResponse:
    """From a day on, by a document, the draft is the list."""
    standing = _draft(found)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publish_draft(standing, on=form.cleaned_data["on"], source=form.cleaned_data["source"], **_by(request))
        except CatalogueRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Đã ban hành phiên bản %(number)s.") % {"number": standing.number})
            return redirect("catalogues:catalogue", found.code)
    title = _("Ban hành phiên bản %(number)s") % {"number": standing.number}
    return _asked(
        request, found, form, title, "catalogues/publish.html", submit_label=_("Ban hành"),
        differences=differences(items_of(last_published(found)), items_of(standing)),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def settings(request: OfficeRequest, code: str) -> HttpResponse:
    """Who keeps the list, whether it is open data: an administrator's decision."""
    found = get_object_or_404(Catalogue.objects.select_related("keeper"), code=code)
    if not holds_role(request, Role.ADMINISTRATOR):
        return forbidden(request)
    initial = {
        "keeper": found.keeper.code if found.keeper else "", "is_open": found.is_open, "licence": found.licence,
    }  # fmt: skip
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_settings(found, **form.cleaned_data, **_by(request))
        messages.success(request, _("Đã lưu thiết đặt."))
        return redirect("catalogues:catalogue", found.code)
    title = _("Thiết đặt danh mục %(name)s") % {"name": found.name}
    return _asked(request, found, form, title, "catalogues/item.html", back="catalogues:catalogue")


def _was_published(catalogue: Catalogue, code: str) -> bool:
    return Item.objects.filter(version=last_published(catalogue), code=code).exists()


def _asked(request: OfficeRequest, found: Catalogue, form: Any, title: str, template: str, **more: Any) -> HttpResponse:
    back = reverse(more.pop("back", "catalogues:draft"), args=[found.code])
    context = {"catalogue": found, "form": form, "title": title, "back_url": back, **more}
    return render(request, template, context, status=422 if form.errors else 200)
