"""Items: written, carried from longer programmes, followed until they are done or slip."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from congso.apps.programme import services
from congso.apps.programme.forms import CarryForm, CompleteForm, ItemForm, PapersForm, PostponeForm, WithdrawForm
from congso.apps.programme.models import Item, Programme
from congso.apps.programme.queries import carriable
from congso.apps.programme.views.requests import can, item_in, opened
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.web.asking import fill, found_or_404, posted, press, who

# What can be done with one item: its word in the address, the act of the flow it belongs to, the page's title.
HOWS = {
    "lui": ("slip", gettext_lazy("Lùi nội dung"), "player-pause"),
    "rut": ("slip", gettext_lazy("Rút nội dung"), "ban"),
    "tai-lieu": ("record", gettext_lazy("Đã nhận tài liệu"), "files"),
    "ket-qua": ("record", gettext_lazy("Đã xem xét"), "circle-check"),
}


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def add(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One more item."""
    programme = _editable(request, pk)
    return _item_page(
        request, programme, ItemForm(posted(request), programme=programme), _("Thêm nội dung"),
        lambda form: services.add_item(programme, form.told(), reason=form.reason_given, **who(request)),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def edit(request: OfficeRequest, pk: int, item: int) -> HttpResponseBase:
    """Say something else of an item."""
    programme = _editable(request, pk)
    found = item_in(programme, item)
    return _item_page(
        request, programme, ItemForm(posted(request), programme=programme, item=found), _("Sửa nội dung"),
        lambda form: services.edit_item(found, form.told(), reason=form.reason_given, **who(request)),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def follow(request: OfficeRequest, pk: int, item: int, how: str) -> HttpResponseBase:
    """Postpone, withdraw, note papers or what came of an item; leave it out of a draft."""
    programme = opened(request, pk)
    found = item_in(programme, item)
    back_url = reverse("programme:detail", args=[pk])
    if how == "bo" and request.method == "POST" and can(request, programme, "edit"):
        words = pgettext("programme", "Đã bỏ khỏi dự thảo.")
        return press(request, lambda: services.drop_item(found, **who(request)), words, back_url)
    if how not in HOWS or not can(request, programme, HOWS[how][0]):
        raise Http404
    form, do = _question(how, found, request)
    return fill(
        request, form, title=HOWS[how][1], act=HOWS[how][1], icon=HOWS[how][2], do=do, done=lambda _made: back_url,
        back_url=back_url, template="programme/item.html", record=programme, item=found,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
@found_or_404
def carry(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """Take items over from longer programmes and from what was postponed to here."""
    programme = _editable(request, pk)
    found = list(carriable(programme)[:300])
    form = CarryForm(posted(request), found=found, programme=programme)
    back_url = reverse("programme:detail", args=[pk])
    return fill(
        request, form, title=_("Lấy từ chương trình khác"), act=_("Lấy vào chương trình"), icon="copy",
        do=lambda told: services.carry_items(
            programme, map(int, told.cleaned_data["items"]), reason=told.cleaned_data.get("reason", ""), **who(request)
        ),
        done=lambda _count: back_url, back_url=back_url, template="programme/carry.html", record=programme, found=found,
    )  # fmt: skip


def _editable(request: OfficeRequest, pk: int) -> Programme:
    programme = opened(request, pk)
    if not can(request, programme, "edit"):
        raise Http404
    return programme


def _item_page(
    request: OfficeRequest, programme: Programme, form: ItemForm, title: str, do: Callable[[Any], Any]
) -> HttpResponseBase:
    back_url = reverse("programme:detail", args=[programme.pk])
    again = reverse("programme:add-item", args=[programme.pk])
    return fill(
        request, form, title=title, act=_("Lưu"), do=do,
        done=lambda _made: again if "more" in request.POST else back_url, back_url=back_url,
        template="programme/item.html", record=programme, may_go_on=True,
    )  # fmt: skip


def _question(how: str, item: Item, request: OfficeRequest) -> tuple[Any, Callable[[Any], Any]]:
    data, acting = posted(request), who(request)
    if how == "lui":
        form = PostponeForm(data, item=item)
        return form, lambda told: services.postpone_item(
            item, to=told.month, reason=told.cleaned_data["reason"], **acting
        )
    if how == "rut":
        return WithdrawForm(data), lambda told: services.withdraw_item(
            item, reason=told.cleaned_data["reason"], **acting
        )
    today = timezone.localdate()
    if how == "tai-lieu":
        return PapersForm(data, initial={"on": today}), lambda told: services.receive_papers(
            item, on=told.cleaned_data["on"], **acting
        )
    return CompleteForm(data, initial={"on": today}), lambda told: services.complete_item(
        item, on=told.cleaned_data["on"], outcome=told.cleaned_data["outcome"], **acting
    )
