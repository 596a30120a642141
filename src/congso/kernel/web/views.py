"""The portal's own pages: home, notices, menu of a phone, appearance, errors."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.accounts.sessions import seconds_left
from congso.kernel.notify.queries import notices_for
from congso.kernel.records.work import SHOWN, Nearness, waiting_for, work_groups
from congso.kernel.web.context import THEMES
from congso.kernel.web.dashboard import Line, Part, bars
from congso.kernel.web.home import HATS, Hat, blocks_for, hats_of
from congso.kernel.web.htmx import render_page, wants_fragment
from congso.kernel.web.navigation import public_places, quick_acts_for

HOME_NOTICES = 6
NEAR = (
    Part(Nearness.OVERDUE.name, Nearness.OVERDUE.value, "bad"),
    Part(Nearness.TODAY.name, Nearness.TODAY.value, "warn"),
    Part(Nearness.THIS_WEEK.name, Nearness.THIS_WEEK.value, "act"),
    Part(Nearness.LATER.name, Nearness.LATER.value, "good"),
    Part(Nearness.OPEN_ENDED.name, Nearness.OPEN_ENDED.value, "calm"),
)
YEAR = 365 * 24 * 3600


@require_GET
def home(request: OfficeRequest) -> HttpResponse:
    """What waits for the person, what her systems show her at a glance, what is new; else the front page."""
    if not request.user.is_authenticated:
        return render(request, "web/front.html", {"places": public_places()})
    today = timezone.localdate()
    groups = work_groups(request.principals, today)
    counts = {group.nearness: len(group.records) for group in groups}
    shown = sum(counts.values())
    context = {"groups": groups, "overdue": Nearness.OVERDUE, "shown": shown}
    context["total"] = shown if shown < SHOWN else waiting_for(request.principals).count()
    if wants_fragment(request):
        return render_page(request, "web/home.html", "web/_work.html", context)
    worn = hats_of(request)
    hat = _hat(request, worn)
    near = bars(_("Việc theo độ gần hạn"), "", NEAR, [Line("", {key.name: n for key, n in counts.items()}, {})])
    context |= {
        "hats": [(one.value, HATS[one]) for one in worn],
        "hat": hat,
        "blocks": blocks_for(request, [hat] if hat else worn, today),
        "nearness": near if shown else None,
        "near_parts": [(part, figure) for part, figure in zip(NEAR, near.rows[0].figures, strict=True) if figure.value],
        "notices": notices_for(request.actor.id)[:HOME_NOTICES],
        "quick_acts": quick_acts_for(request),
        "today": today,
    }
    return render_page(request, "web/home.html", "web/_work.html", context)


def _hat(request: OfficeRequest, worn: list[Hat]) -> Hat | None:
    """The hat whose home alone the person wants, kept for the session; None: all together."""
    asked = request.GET.get("hat")
    if asked is not None and asked != request.session.get("hat", ""):
        request.session["hat"] = asked if asked in list(Hat) else ""
    kept = request.session.get("hat", "")
    return Hat(kept) if kept in worn and len(worn) > 1 else None


@login_required
@require_GET
def bell(request: OfficeRequest) -> HttpResponse:
    """The bell's figure alone, fetched again now and then."""
    return render(request, "web/_bell.html")


@login_required
@require_GET
def session(request: OfficeRequest) -> HttpResponse:
    """How many seconds the session has left. Asking is work, unless the page asks by itself (`X-Idle`)."""
    left = seconds_left(request, request.principals, at=timezone.now())
    return JsonResponse({"left": max(0, round(left, 1))}, headers={"Cache-Control": "no-store"})


@require_POST
def choose_theme(request: OfficeRequest) -> HttpResponse:
    """Remember light, dark or as the system, on this device."""
    back = request.POST.get("back", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def error_page(status: int, title: str, words: str, *, code: str = "", back_url: str = "") -> HttpResponse:
    """A problem in plain words with a way on. It asks the database nothing: the fault may be there."""
    context = {"status": status, "title": title, "words": words, "code": code, "back_url": back_url}
    return HttpResponse(render_to_string("web/error.html", context), status=status)


def bad_request(request: OfficeRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for what is larger than a form may be."""
    if isinstance(exception, RequestDataTooBig):
        return error_page(
            413,
            _("Nội dung gửi lên quá lớn"),
            _("Hãy chia nhỏ nội dung, hoặc gửi phần dài thành tệp đính kèm."),
        )
    return error_page(
        400,
        _("Yêu cầu không đọc được"),
        _("Địa chỉ hoặc dữ liệu gửi lên không hợp lệ. Hãy quay lại trang trước và làm lại."),
    )


def forbidden(request: OfficeRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return error_page(
        403,
        _("Bạn không có quyền làm việc này"),
        _("Việc này dành cho người khác, hoặc đã chuyển sang bước khác. Cần quyền, hãy báo văn phòng cơ quan."),
    )


def csrf_failure(request: OfficeRequest, reason: str = "") -> HttpResponse:
    """403 for a form that stayed open too long or came from elsewhere."""
    return error_page(
        403,
        _("Biểu mẫu đã hết hiệu lực"),
        _("Trang mở quá lâu hoặc bạn đã đăng nhập lại ở thẻ khác. Nội dung vừa soạn vẫn còn: mở lại biểu mẫu rồi gửi."),
        back_url=_form_page(request),
    )


def _form_page(request: OfficeRequest) -> str:
    """The page the form stood on, when it is one of ours."""
    came = request.headers.get("Referer", "")
    return came if url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()}) else ""


def not_found(request: OfficeRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there and not yours look alike."""
    return error_page(
        404,
        _("Không tìm thấy"),
        _("Mục này không có, đã chuyển đi, hoặc không thuộc phạm vi bạn được xem. Hãy thử tìm kiếm."),
    )


def server_error(request: OfficeRequest, **_more: Any) -> HttpResponse:
    """500."""
    return error_page(
        500,
        _("Hệ thống gặp lỗi"),
        _("Việc vừa làm chưa được ghi nhận. Hãy thử lại sau ít phút; nếu vẫn lỗi, báo bộ phận tin học."),
    )
