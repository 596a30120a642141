"""The loan desk, by keyboard and scanner; what is out, who waits, the library's book."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from congso.apps.library import queries, services
from congso.apps.library.forms import CopyForm, DamageForm, DeskForm, ReaderForm, WithdrawForm
from congso.apps.library.models import Copy, Loan
from congso.apps.library.views.keeping import libraries_of
from congso.kernel.accounts.requests import OfficeRequest
from congso.kernel.directory.models import Organization, Person
from congso.kernel.web.asking import fill, posted, who
from congso.kernel.web.filters import ChoiceFilter, DateFilter, TextFilter
from congso.kernel.web.lists import Card, Column, Empty, Kind, RecordList, Scope, list_response
from congso.kernel.workflow.services import Refused

MODES = (
    ("muon", _("Cho mượn")), ("tra", _("Nhận trả")), ("gia-han", _("Gia hạn")), ("giu", _("Giữ cho người đặt")),
)  # fmt: skip


def _copy_url(row: Any) -> str:
    return reverse("library:copy", args=[getattr(row, "copy_id", row.pk)])


LOANS = RecordList(
    key="dang-muon",
    title=_("Sách đang cho mượn"),
    official_title=_("Danh sách tài liệu đang cho mượn"),
    columns=(
        Column("copy", _("Số đăng ký cá biệt"), kind=Kind.LINK, value="copy.number", card=Card.TOP, width=16),
        Column("title", _("Nhan đề"), value="card.title", card=Card.TITLE, width=60),
        Column("reader", _("Bạn đọc"), value="reader_label", sort="reader_label", width=30),
        Column("lent_at", _("Ngày mượn"), kind=Kind.MOMENT, sort="lent_at", width=16),
        Column("due_on", _("Hạn trả"), kind=Kind.DUE, sort="due_on", width=16, card=Card.TOP),
        Column("renewals", _("Gia hạn"), kind=Kind.NUMBER, sort="renewals", width=10),
    ),
    filters=(
        TextFilter("q", _("Tìm sách, bạn đọc"), fields=("copy__number", "card__title", "reader_label")),
        DateFilter("due", _("Hạn trả"), lookup="due_on"),
    ),
    scopes=(
        Scope("all", _("Tất cả"), lambda found, request: found),
        Scope("late", _("Quá hạn"), lambda found, request: found.filter(due_on__lt=timezone.localdate())),
    ),
    default_sort="due_on",
    empty=Empty(_("Không có sách nào đang cho mượn")),
    row_url=_copy_url,
)
COPIES = RecordList(
    key="so-dang-ky-ca-biet",
    title=_("Sổ đăng ký cá biệt"),
    official_title=_("SỔ ĐĂNG KÝ CÁ BIỆT"),
    columns=(
        Column("acquired_on", _("Ngày vào sổ"), kind=Kind.DATE, sort="acquired_on", width=14),
        Column("number", _("Số đăng ký cá biệt"), kind=Kind.LINK, sort="number", card=Card.TOP, width=16),
        Column("title", _("Nhan đề"), value="card.title", card=Card.TITLE, width=60),
        Column("year", _("Năm xuất bản"), value="card.year", width=10),
        Column("price", _("Giá (đồng)"), kind=Kind.NUMBER, sort="price", width=14),
        Column("source", _("Nguồn"), value="get_source_display", width=16),
        Column("paper", _("Chứng từ"), width=20),
        Column("shelf", _("Giá, kho"), sort="shelf", width=16),
        Column("state", _("Tình trạng"), value="get_state_display", width=16, card=Card.TOP),
        Column("withdrawn", _("Biên bản thanh lý"), value="withdrawn_by_paper", width=20),
    ),
    filters=(
        TextFilter("q", _("Tìm theo số, nhan đề, chứng từ"), fields=("number", "card__title", "paper", "shelf")),
        ChoiceFilter("state", _("Tình trạng"), lookup="state", choices=Copy.State.choices),
        DateFilter("acquired", _("Ngày vào sổ"), lookup="acquired_on"),
    ),
    default_sort="number",
    empty=Empty(_("Sổ chưa có bản nào"), _("Vào sổ bản giấy từ trang của từng tài liệu.")),
    row_url=_copy_url,
)


@login_required
@require_http_methods(["GET", "POST"])
def desk(request: OfficeRequest) -> HttpResponseBase:
    """Lend, take back, prolong, keep: a mode, a reader where one is needed, then number after number."""
    libraries = libraries_of(request)
    mode = request.GET.get("viec", "muon")
    mode = mode if mode in dict(MODES) else "muon"
    reader = _reader(request)
    if request.method == "POST":
        return _scanned(request, [one.pk for one in libraries], mode, reader)
    context = {
        "modes": MODES, "mode": mode, "reader": reader, "form": DeskForm(), "reader_form": ReaderForm(),
        "needs_reader": mode == "muon" and reader is None,
        "loans": list(queries.loans_kept([one.pk for one in libraries]).filter(reader=reader)[:50]) if reader else [],
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "library/desk.html", context)


def _scanned(request: OfficeRequest, libraries: list[int], mode: str, reader: Person | None) -> HttpResponse:
    back = f"{request.path}?viec={mode}" + (f"&nguoi={reader.pk}" if reader else "")
    if mode == "muon" and reader is None:
        asked = ReaderForm(request.POST)
        if asked.is_valid():
            return redirect(f"{request.path}?viec=muon&nguoi={asked.cleaned_data['reader'].pk}")
        messages.error(request, _t("Hãy chọn một người trong danh sách gợi ý."))
        return redirect(back)
    form = DeskForm(request.POST)
    number = form.cleaned_data["number"] if form.is_valid() else ""
    copy = queries.copy_numbered(libraries, number) if number else None
    if copy is None:
        messages.error(request, _t("Không có bản sách số “%(number)s”.") % {"number": number[:40]})
        return redirect(back)
    try:
        messages.success(request, _carry_out(copy, mode, reader, who(request)))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(back)


def _carry_out(copy: Copy, mode: str, reader: Person | None, by: dict[str, Any]) -> str:
    told = {"number": copy.number, "title": copy.card.title[:80]}
    match mode:
        case "tra":
            _loan, hold = services.return_copy(copy, **by)
            if hold is None:
                return _t("Đã nhận trả %(number)s: %(title)s. Đưa lên giá.") % told
            told |= {"reader": hold.reader_label, "day": f"{hold.until:%d/%m/%Y}"}
            return _t("Đã nhận trả %(number)s. GIỮ LẠI cho %(reader)s đến hết ngày %(day)s.") % told
        case "gia-han":
            loan = Loan.objects.filter(copy=copy, ended_at__isnull=True).first()
            if loan is None:
                raise Refused(f"Bản {copy.number} không ở trong lượt mượn nào.")
            day = services.renew_loan(loan, **by)
            return _t("Đã gia hạn %(number)s đến ngày %(day)s.") % (told | {"day": f"{day:%d/%m/%Y}"})
        case "giu":
            kept = services.keep_copy(copy, **by)
            told |= {"reader": kept.reader_label, "day": f"{kept.until:%d/%m/%Y}"}
            return _t("Giữ %(number)s cho %(reader)s đến hết ngày %(day)s.") % told
    if reader is None:
        raise Refused("Hãy chọn bạn đọc.")
    loan = services.lend_copy(copy, reader=reader, **by)
    return _t("Đã cho mượn %(number)s: %(title)s. Hạn trả %(day)s.") % (told | {"day": f"{loan.due_on:%d/%m/%Y}"})


def _reader(request: OfficeRequest) -> Person | None:
    asked = request.GET.get("nguoi", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 16
    return Person.objects.filter(pk=int(asked)).first() if is_number else None


@login_required
@require_GET
def loans(request: OfficeRequest) -> HttpResponseBase:
    """What is out, the late ones apart; on paper and in Excel too."""
    libraries = libraries_of(request)
    return list_response(request, LOANS, queries.loans_kept([one.pk for one in libraries]), office=libraries[0].name)


@login_required
@require_GET
def copies(request: OfficeRequest) -> HttpResponseBase:
    """The library's book."""
    libraries = libraries_of(request)
    found = queries.copies_kept([one.pk for one in libraries])
    return list_response(request, COPIES, found, template="library/copies.html", office=libraries[0].name)


@login_required
@require_GET
def holds(request: OfficeRequest) -> HttpResponse:
    """Who waits for what, in order."""
    libraries = [one.pk for one in libraries_of(request)]
    return render(request, "library/holds.html", {"holds": list(queries.open_holds(libraries)[:500])})


@login_required
@require_http_methods(["GET", "POST"])
def copy(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """One copy: where it stands and how it came, put right."""
    found = _copy(request, pk)
    names = ("shelf", "is_for_loan", "paper", "price", "note")
    form = CopyForm(posted(request), initial={name: getattr(found, name) for name in names})
    loan = found.loans.filter(ended_at__isnull=True).first()
    return fill(
        request, form, title=_t("Bản %(number)s") % {"number": found.number}, act=_t("Lưu"),
        do=lambda f: services.change_copy(found, dict(f.cleaned_data), **who(request)),
        done=lambda _made: reverse("library:copies"), back_url=reverse("library:copies"), template="library/copy.html",
        copy=found, loan=loan, history=list(found.loans.filter(ended_at__isnull=False).order_by("-ended_at")[:20]),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def damage(request: OfficeRequest, pk: int) -> HttpResponseBase:
    """A copy is lost or damaged, with its record."""
    found, back = _copy(request, pk), reverse("library:copy", args=[pk])
    return fill(
        request, DamageForm(posted(request)), title=_t("Mất, hỏng: bản %(number)s") % {"number": found.number},
        act=_t("Ghi biên bản"), icon="alert-triangle", back_url=back, done=lambda _made: back,
        do=lambda f: services.close_damaged(found, **f.cleaned_data, **who(request)),
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: OfficeRequest) -> HttpResponseBase:
    """Copies leave the book under minutes."""
    libraries = libraries_of(request)
    back = reverse("library:copies")
    return fill(
        request, WithdrawForm(posted(request), libraries=libraries), title=_t("Thanh lý bản sách"),
        act=_t("Thanh lý"), icon="trash", back_url=back, done=lambda _made: f"{back}?state=withdrawn",
        do=lambda f: services.withdraw_copies(
            f.listed, library=f.cleaned_data["library"], paper=f.cleaned_data["paper"], **who(request)
        ),
    )  # fmt: skip


def _copy(request: OfficeRequest, pk: int) -> Copy:
    libraries: list[Organization] = libraries_of(request)
    return get_object_or_404(queries.copies_kept([one.pk for one in libraries]), pk=pk)
