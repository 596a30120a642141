"""Changing the chart: each act asks, shows what it moves, and is done when confirmed."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congso.apps.organizations.forms import AbolishForm, EstablishForm, MergeForm, MoveForm, RenameForm, SplitForm
from congso.apps.organizations.queries import moving_with
from congso.apps.organizations.views.rehearsing import ask_and_act
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization
from congso.kernel.directory.services import (
    abolish_organization,
    administers,
    below,
    establish_organization,
    give_new_name,
    merge_organizations,
    place_under,
    split_organization,
)
from congso.kernel.directory.tree import SHOWN, nodes_under, posts_of
from congso.kernel.web.views import forbidden

View = Callable[[OfficeRequest, Organization], HttpResponse]


def _act(*, above: bool) -> Callable[[View], Callable[..., HttpResponse]]:
    """For who administers the organization, or what stands above it."""

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @login_required
        @require_http_methods(["GET", "POST"])
        def checked(request: OfficeRequest, pk: int) -> HttpResponse:
            found = get_object_or_404(Organization.objects.select_related("parent"), pk=pk)
            if not administers(pk, above=above):
                return forbidden(request)
            return view(request, found)

        return checked

    return wrap


def _by(request: OfficeRequest) -> dict[str, Any]:
    return {"by": request.actor.id, "at": timezone.now()}


@_act(above=False)
def establish(request: OfficeRequest, found: Organization) -> HttpResponse:
    """A new organization below this one."""
    form = EstablishForm(request.POST or None)
    return ask_and_act(
        request, form, about=found,
        title=_("Lập tổ chức trực thuộc %(name)s") % {"name": found.short_name},
        carry_out=lambda: establish_organization(form.new(found), decision=form.decided(), **_by(request)),
        done=_("Đã lập tổ chức mới."),
    )  # fmt: skip


@_act(above=True)
def rename(request: OfficeRequest, found: Organization) -> HttpResponse:
    """Another name from a day on."""
    initial = {"name": found.name, "short_name": found.short_name, "symbol": found.symbol}
    form = RenameForm(request.POST or None, initial=initial)

    def carry_out() -> None:
        data = form.cleaned_data
        names = {key: data[key] for key in ("name", "short_name", "symbol")}
        give_new_name(found, decision=form.decided(), **names, **_by(request))

    return ask_and_act(
        request, form, about=found, carry_out=carry_out,
        title=_("Đổi tên %(name)s") % {"name": found.short_name},
        done=_("Đã ghi tên mới; hồ sơ của những ngày trước vẫn mang tên cũ."),
    )  # fmt: skip


@_act(above=True)
def move(request: OfficeRequest, found: Organization) -> HttpResponse:
    """Another superior from a day on."""
    form = MoveForm(request.POST or None)
    return ask_and_act(
        request, form, about=found,
        title=_("Chuyển %(name)s về cấp trên khác") % {"name": found.short_name},
        carry_out=lambda: place_under(
            found, parent=form.cleaned_data["parent"], decision=form.decided(), **_by(request)
        ),
        done=_("Đã ghi cấp trên mới."),
    )  # fmt: skip


@_act(above=True)
def merge(request: OfficeRequest, found: Organization) -> HttpResponse:
    """This one and others become one."""
    same = {name: getattr(found, name) for name in ("kind", "layout_profile", "is_office", "symbol")}
    initial = same | {"predecessors": found.code, "parent": found.parent.code if found.parent else ""}
    form = MergeForm(request.POST or None, initial=initial)
    return ask_and_act(
        request, form, about=found,
        title=_("Hợp nhất, sáp nhập"),
        carry_out=lambda: merge_organizations(
            form.cleaned_data["predecessors"], into=form.heir(), decision=form.decided(), **_by(request)
        ),
        moving=lambda: moving_with(form.cleaned_data["predecessors"], form.cleaned_data["on"]),
        done=_("Đã sáp nhập. Người giữ chức vụ ở tổ chức tiếp nhận thấy ngay hồ sơ của các tổ chức cũ."),
    )  # fmt: skip


@_act(above=True)
def split(request: OfficeRequest, found: Organization) -> HttpResponse:
    """This one becomes several."""
    today = timezone.localdate()
    posts, units = posts_of(found.pk, today), list(nodes_under(found.pk, today)[:SHOWN])
    form = SplitForm(request.POST or None, organization=found, posts=posts, units=units)
    return ask_and_act(
        request, form, about=found,
        title=_("Chia, tách %(name)s") % {"name": found.short_name},
        carry_out=lambda: split_organization(
            found, parts=form.chosen(), decision=form.decided(), **_by(request)
        ),
        moving=lambda: moving_with([found], form.cleaned_data["on"]),
        done=_("Đã chia, tách. Các tổ chức tiếp nhận cùng thấy hồ sơ của tổ chức cũ."),
    )  # fmt: skip


@_act(above=True)
def abolish(request: OfficeRequest, found: Organization) -> HttpResponse:
    """It ends without a successor."""
    form = AbolishForm(request.POST or None)

    def ended() -> list[Organization]:
        return [found, *(below(found, form.cleaned_data["on"]) if form.cleaned_data["with_units"] else ())]

    return ask_and_act(
        request, form, about=found,
        title=_("Kết thúc hoạt động của %(name)s") % {"name": found.short_name},
        carry_out=lambda: abolish_organization(
            found, decision=form.decided(), with_units=form.cleaned_data["with_units"], **_by(request)
        ),
        moving=lambda: moving_with(ended(), form.cleaned_data["on"]),
        done=_("Đã ghi kết thúc hoạt động."),
    )  # fmt: skip
